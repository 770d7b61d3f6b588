"""Secrets by their own shape, by being called so, or both."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.secret import FORM, secret

FOUND = [
    ("my password is saltmarrow", "saltmarrow", "one word, called so"),
    ("pw: Tr0ub4dor&3", "Tr0ub4dor&3", "called so, in a credential's form"),
    ("passphrase is correct horse battery staple", "correct horse battery staple", "several words"),
    ('the password is "open up slowly"', "open up slowly", "quoted"),
    ("set the wifi to mannequin_4u!", "mannequin_4u!", "wifi"),
    ("reset my apple id to Plum_7702", "Plum_7702", "an account"),
    ("my pin is 4829", "4829", "a PIN"),
    ("banking pin on a sticky, 4829", "4829", "a PIN, further on"),
    ("the code is 493021", "493021", "a one-time code"),
    ("2fa came over, its 718-204", "718-204", "a one-time code in two groups"),
    ("door code, its 2580#", "2580#", "a keypad"),
    ("alarm is 7719 then star", "7719 then star", "a keypad, in words"),
    ("code is one three five seven", "one three five seven", "in words"),
    ("locker is 24 right 6 left 38 right", "24 right 6 left 38 right", "a dial"),
    ("cvv 123", "123", "a card's verification value"),
    ("three digits on the back, 737", "737", "a card's verification value, described"),
    ("backup code 5501-4299", "5501-4299", "a recovery code"),
    ("setup key JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP", "a key for one-time codes"),
    ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "AWS, its own example"),
    ("sk-proj-9vTq2LmX0eRb77aKc", "sk-proj-9vTq2LmX0eRb77aKc", "a model provider"),
    ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "random"),
    ("it wants q7#Zt0-Lm!pW92vB ok", "q7#Zt0-Lm!pW92vB", "as only passwords are"),
    ("postgres://bob:hunter22x@db.example/x", "hunter22x", "in a link"),
    ("DB_PASSWORD=plum77x", "plum77x", "in a setting"),
    ("legal winner thank year wave sausage worth useful legal winner thank yellow",
     "legal winner thank year wave sausage worth useful legal winner thank yellow", "BIP-39's own vector"),
    ("seed phrase: legal winner thank year wave sausage worth useful",
     "legal winner thank year wave sausage worth useful", "cut off, but called so"),
    ("recovery phrase: walnut-tractor-sunday-blue", "walnut-tractor-sunday-blue", "joined words"),
    ("4111 1111 1111 1111, exp 09/29", "09/29", "a card's expiry"),
    ("http://user:pw@host.example/", "pw", "a short one in a link"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nab==\n-----END RSA PRIVATE KEY-----",
     "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nab==\n-----END RSA PRIVATE KEY-----", "a block"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nab==",
     "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nab==", "a key's block without its end"),
    ("key is -----BEGIN PRIVATE KEY----- and so on", "-----BEGIN PRIVATE KEY-----", "its first line"),
    ("p a s s w o r d is hunter2", "hunter2", "the cue letter by letter"),
    ("my p i n is 4829", "4829", "a PIN, its cue letter by letter"),
    ("my p.a.s.s.w.o.r.d is hunter2", "hunter2", "the cue with dots"),
    ("set it to a pin of 1412", "1412", "a PIN that could be a year"),
    ("*opens the chest* The code is 7-7-3. Inside lies the map of 1412.", "7-7-3", "the year is none"),
]  # fmt: skip

NOT = [
    ("*he opens the door to room 2217*", "a star that closes a stage direction"),
    ("my password is wrong again", "no value"),
    ("the password is on the fridge", "a place"),
    ("say the password, please", "no value"),
    ("zip code 74999", "a postal code"),
    ("dress code is black tie", "clothes"),
    ("error code 404", "an error"),
    ("promo code SAVE20NOW", "a voucher"),
    ("gate 12 at 9", "a gate"),
    ("locker 204", "a locker"),
    ("lock the door at 10 pm", "a time"),
    ("the alarm goes at 630 am", "a time"),
    ("keys on the hook, 2 of them", "keys"),
    ("the alarm code isn't 1234", "denied"),
    ("wi-fi is slow since 2019", "a year"),
    ("a well-known half-eaten pass", "hyphens"),
    ("the code of 1412 kings", "a code of conduct"),
    ("what's the code?", "a question"),
    ("LOL!!! OMG this is SO good!!!", "shouting"),
    ("exp 09/29 on the milk", "no card"),
    ("hit ctrl+s, my secret hobby", "a shortcut"),
    ("RTX3080 in my account", "a product"),
    ("M62 is shut, use the door", "a road"),
]


def confidence(text: str) -> float:
    return max(hit.confidence for hit in secret.find(View(text)))


@pytest.mark.parametrize(
    "text", ["the password is saltmarrow", "say it: the password is plover", "The code is 7-7-3."]
)
def test_a_cue_alone_stays_below_the_form(text: str) -> None:
    assert confidence(text) < FORM


@pytest.mark.parametrize(
    "text", ["pw: Tr0ub4dor&3", "my pin is 4829", "AKIAIOSFODNN7EXAMPLE", "it wants q7#Zt0-Lm!pW92vB"]
)
def test_a_credentials_form_reaches_it(text: str) -> None:
    assert confidence(text) >= FORM


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in secret.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
