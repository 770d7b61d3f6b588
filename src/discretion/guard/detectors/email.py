"""E-mail addresses: plain, without their ending at the big providers, and written in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._reading import read
from discretion.records import Kind

# Dot-atom local part and a dotted domain (RFC 5322 section 3.4.1 without quoted strings and literals; letters
# beyond ASCII by RFC 6531), each piece bounded so that no input makes the search slow.
_ATOM = r"[^\W_][\w!#$%&'*+/=?^`{|}~.-]{0,63}"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PLAIN = re.compile(rf"(?<![\w.+@/-])({_ATOM})(?:@|\s@\s)((?:{_LABEL}\.){{1,6}}[^\W\d_]{{2,24}})(?![\w@-])")
_MIRRORED = re.compile(
    r"(?<![\w.@])(?:moc|ten|gro|ed|ku|oi|ude|elpmaxe)\.[\w.-]{1,63}@[\w.+-]{2,64}(?![\w@])"
)
# What stands between a link's scheme and its @ is a login ("http://user:pw@host.example").
_IN_LOGIN = re.compile(r"://[^\s/@]{0,128}$")
# Letter by letter: single characters with one space between each.
_APART = re.compile(r"(?<!\S)(?:[^\s] ){5,120}[^\s](?!\S)")
_CUE = re.compile(
    r"\b(?:e-?mails?|mail|inbox|gmail|write|reach|contact|address|invite|paypal|zelle|apple id|interac|cc)\b"
)
_SPELLED_BEFORE = re.compile(
    r"(?:(?:(?:e-?mails?|mail|write|inbox|address|goes|plan|reminders"
    r"|bookings)\b[^.!?\n]{0,40}?\b(?:to|is|it'?s|me|as|at)"
    r"|(?:from|give|use|is|it'?s|to|me|as|mine|:|,))[\s:,]{1,2})"
)
# A message that begins with the last piece of an address, sent line by line.
_ENDING_ALONE = re.compile(r"dot (?:com|org|net|edu|co|uk|io|de|fr)\b(?! bubble| boom| era| crash| in\b)")
_DECORATIONS = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55]")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return sections("email_words.txt")


@cache
def _provider() -> re.Pattern[str]:
    at = either([word for word in _words()["at"] if word != "@"])
    big = either(_words()["provider"])
    return re.compile(
        rf"(?<![\w.+@/-])([^\W_][\w.+-]{{1,63}}(?:\s(?:dot|underscore|point|dash)\s[\w.+-]{{1,30}}){{0,4}})"
        rf"(\s?@\s?|\s{{1,2}}{at}\s{{1,2}}|(?<=\w)[(\[]at[)\]]){big}(?![\w@.-]*[\w@-])"
    )


@cache
def _spelled() -> re.Pattern[str]:
    """A local part, an "at" and a domain in words; the local part is widened afterwards."""
    words = _words()
    at, dot, ending = either(words["at"]), either(words["dot"]), either(words["ending"])
    label = r"[^\W_][\w-]{0,40}"
    return re.compile(
        rf"(?<![\w@])(?P<local>[\w.+'-]{{1,64}})[\s,]{{0,2}}(?P<at>(?<=[\s,]){at}(?=\s)|[(\[{{<]("
        rf"?:at|a|@)[)\]}}>]|@)\s{{0,2}}"
        rf"(?P<host>{label}(?:\s{{1,2}}{label}){{0,3}}?)"
        rf"(?P<tail>(?:(?:\s{{0,2}}[(\[{{<](?:dot|\.)[)\]}}>]\s{{0,2}}"
        rf"|\s{{1,2}}{dot}\s{{1,2}}){label}){{0,3}}?"
        rf"(?:\s{{0,2}}[(\[{{<](?:dot|\.)[)\]}}>]\s{{0,2}}|\s{{1,2}}{dot}\s{{1,2}}|\.){ending})(?![\w@-])"
    )


@detector("email", {Kind.EMAIL}, Scope.FORM)
def email(view: View) -> Iterator[Hit]:
    """Addresses with an @, with a word for it, and with nothing after a big provider's name."""
    text = view.folded.text
    reading = read(view)
    words = reading.words
    has_at = "@" in text
    in_words = not words.isdisjoint(_words()["at"]) or "(at" in text or "[at" in text or "at⭐" in text
    if not has_at and not in_words and "dot" not in text:
        return
    if match := _ENDING_ALONE.match(text):
        yield _hit(view, match.start(), match.end(), 0.6, "the end of an e-mail address")
    if has_at:
        for match in _PLAIN.finditer(text):
            if _is_real(match[1], match[2]) and not _IN_LOGIN.search(text[: match.start()][-200:]):
                start = match.start()
                if len(match[1]) == 1:
                    start = _widened(text, start, _words()["common"])
                yield _hit(view, start, match.end(), 0.99, "an e-mail address")
        if " @ " in text:
            yield from _letter_by_letter(view)
        for match in _MIRRORED.finditer(text):
            yield _hit(view, match.start(), match.end(), 0.85, "an e-mail address written backwards")
    if has_at or in_words:
        for match in _provider().finditer(text):
            if _may_be_local(match[1], match[2], text[max(0, match.start() - 40) : match.start()]):
                yield _hit(view, match.start(), match.end(), 0.85, "an e-mail address without its ending")
    plain = _DECORATIONS.sub(" ", text) if not text.isascii() else text
    if in_words or plain is not text or "(dot" in text or "[dot" in text:
        yield from _in_words(view, plain)


def _hit(view: View, start: int, end: int, confidence: float, reason: str) -> Hit:
    span = view.given(start, end)
    before = view.folded.text[max(0, start - 40) : start]
    own = 0.7 if re.search(r"\b(?:my|mine|me|i'?m)\b", before) and _CUE.search(before) else 0.1
    return Hit(Kind.EMAIL, span.start, span.end, confidence, reason, own)


def _letter_by_letter(view: View) -> Iterator[Hit]:
    for run in _APART.finditer(view.folded.text):
        for match in _PLAIN.finditer(run.group()[::2]):
            start, end = run.start() + 2 * match.start(), run.start() + 2 * match.end() - 1
            yield _hit(view, start, end, 0.95, "an e-mail address letter by letter")


def _is_real(local: str, domain: str) -> bool:
    return ".." not in local and not local.endswith(".") and not domain.rsplit(".", 1)[-1].isdigit()


def _may_be_local(local: str, at: str, before: str) -> bool:
    """Whether ``local`` before "at gmail" is an address and not a verb or a pronoun."""
    if at.strip() == "@":
        return True
    if local in _words()["common"]:
        return False
    return bool(set("._+0123456789") & set(local) or " " in local or _CUE.search(before))


def _in_words(view: View, plain: str) -> Iterator[Hit]:
    common = _words()["common"]
    at_most = 50
    for match in _spelled().finditer(plain):
        at_most -= 1
        if at_most < 0:
            return
        local, at = match["local"].strip(".,'"), match["at"].strip()
        sure = at != "at" and at != "@"
        hosts = match["host"].split()
        if not sure and len(hosts) > 1:
            continue
        if at == "@" and match["tail"].startswith("."):
            continue
        if any(host in {"is", "the", "was", "my", "a"} for host in hosts):
            continue
        start = _widened(plain, match.start("local"), common)
        if local in common and start == match.start("local") and not sure:
            continue
        yield _hit(
            view,
            start,
            match.end(),
            0.9 if sure or local not in common else 0.7,
            "an e-mail address in words",
        )


def _widened(text: str, start: int, common: tuple[str, ...]) -> int:
    """Take in what stands before over joints ("dot", "underscore", "plus") and spelled single letters."""
    joints = _words()["joint"]
    while True:
        before = text[:start].rstrip()
        if start - len(before) > 2 or not before or before[-1] in ".!?:;\n":
            return start
        cut = before.rfind(" ") + 1
        word = before[cut:].strip("()[]{}")
        if word in joints:
            further = before[:cut].rstrip()
            if not further:
                return start
            inner = further.rfind(" ") + 1
            if not further[inner:].strip(",.()"):
                return start
            start = inner
        elif len(word) == 1 and word.isalpha() and word not in {"i", "a"}:
            start = cut
        else:
            return start
