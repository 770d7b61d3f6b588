"""Credentials that their issuers give a shape of its own: API keys, tokens, private keys."""

from __future__ import annotations

import re

# Own list of shapes, still to be compared with the issuers' pages on key formats (AWS, GitHub, GitLab, Slack,
# Stripe, Google, OpenAI, Anthropic, npm, Hugging Face, SendGrid, Shopify, DigitalOcean, Telegram, Discord);
# JWT by RFC 7519, PEM by RFC 7468.
KEYS = re.compile(
    r"(?<![\w-])(?:"
    r"(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12,20}"
    r"|gh[pousr]_\w{16,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}"
    r"|xox[abeprs]-[\w-]{10,250}|xapp-[\w-]{10,250}"
    r"|(?:sk|pk|rk)_(?:live|test)_\w{10,250}|whsec_\w{16,250}"
    r"|sk-(?:proj-|ant-|svcacct-|or-)?[\w-]{16,250}"
    r"|AIza[\w-]{30,45}|ya29\.[\w-]{20,250}"
    r"|npm_\w{30,64}|hf_\w{20,64}|SG\.[\w-]{16,64}\.[\w-]{16,64}|shp(?:at|ca|pa"
    r"|ss)_[0-9a-fA-F]{32}|dop_v1_[0-9a-f]{40,80}"
    r"|r8_\w{30,45}|pypi-[\w-]{40,250}|AGE-SECRET-KEY-1[0-9A-Z]{50,64}"
    r"|\d{8,10}:AA[\w-]{30,40}"
    r"|[MNO][\w-]{22,28}\.[\w-]{6}\.[\w-]{25,45}"
    r"|eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}(?:\.[\w-]{0,1000})?"
    r"|(?=[A-Za-z/+]{0,39}\d)(?=[a-z\d/+]{0,39}[A-Z])(?=[A-Z\d/+]{0,39}[a-z])[A-Za-z0-9/+]{40}"
    r"|[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112}|[5KL][1-9A-HJ-NP-Za-km-z]{50,51}"
    r")(?![\w-])"
)
PEM = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[\sA-Za-z0-9+/=:,.-]{0,8000}?----"
    r"-END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|(?:\s{1,2}[A-Za-z0-9+/=]{16,100}(?![\w-])){0,100}"
    r"(?:\s{1,2}[\w+/]{1,15}={1,2})?)"
)
BEARER = re.compile(r"\b[Bb]earer:?\s{1,3}([\w.~+/=-]{12,2000})")
URL_LOGIN = re.compile(r"://[^\s:/@]{0,64}:([^\s@/]{1,128})@")
ASSIGNED = re.compile(
    r"(?<![a-z])(?:[\w.-]{0,40}?)(?:passwo?r?d|passwd|pwd|secret|token|api[_-]?key"
    r"|access[_-]?key|private[_-]?key|auth|credential|_key|_pass)[\w.-]{0,30}"
    r"[\"']?\s{0,3}(?::=|=>|=|:)\s{0,3}[\"']?([^\s\"',;]{6,256})",
    re.IGNORECASE,
)
