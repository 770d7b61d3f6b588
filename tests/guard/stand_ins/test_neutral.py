"""Neutral phrases: the value goes, the sentence stays whole, nothing comes back."""

from __future__ import annotations

import pytest
from tests.guard.stand_ins.told import SECRET, marked, sent

from discretion.guard.stand_ins import StandIns
from discretion.guard.stand_ins._neutral import missing_phrase
from discretion.records import Kind

SENTENCES = [
    # The sentence, what leaves, why.
    ("my password is [secret:hunter2]", "my password is on file", "after is"),
    ("My password's [secret:hunter2].", "My password's on file.", "after 's"),
    ("password: [secret:hunter2]", "password: on file", "after a colon"),
    ("pw = [secret:hunter2] ok?", "pw = on file ok?", "after a sign"),
    ('my password is "[secret:hunter2]"', 'my password is "on file"', "in quotation marks"),
    ("the password [secret:hunter2] works", "the password on file works", "beside its noun"),
    ("my [secret:hunter2] password", "my private password", "before its noun"),
    ("[secret:hunter2] is my password", "that is my password", "as the subject"),
    ("[secret:hunter2]", "my password", "alone"),
    ("use [secret:hunter2] for the wifi", "use my password for the wifi", "as the object"),
    ("Ok. [secret:hunter2] opens it", "Ok. My password opens it", "at the start of a sentence"),
    ("he logs in with [secret:hunter2]", "he logs in with his password", "somebody else's"),
    ("we all use [secret:hunter2]", "we all use our password", "everybody's"),
    ("my pin, just type [secret:4821]", "my pin, just type my PIN", "called what it was called before"),
    ("my pin is [secret:4821]", "my pin is on file", "a number"),
    ("the code [secret:482913] came", "the code on file came", "a code"),
    ("from [secret:hunter2] to [secret:hunter3]", "from my password to my other password", "two of a kind"),
    ("ssn [government_id:078-05-1120]", "ssn on file", "beside a short noun"),
    ("my social is [government_id:078-05-1120] lol", "my social is on file lol", "a number of papers"),
    ("passport number [government_id:X1234567]", "passport number on file", "a passport"),
    ("they want [government_id:078-05-1120] again", "they want their ID number again", "no noun"),
    (
        "charge my card [payment_card:4111 1111 1111 1111] exp 04/30",
        "charge my card on file exp 04/30",
        "a card",
    ),
    ("charge [payment_card:4111 1111 1111 1111] please", "charge my card please", "no noun"),
    ("put it on my [payment_card:4111111111111111] card", "put it on my private card", "before its noun"),
    ("put it on my [payment_card:4111111111111111]", "put it on my card", "after its owner"),
    ("cvv [secret:123]", "cvv on file", "the number on the back"),
    (
        "routing [bank_account:021000021] account [bank_account:123456789]",
        "routing on file account on file",
        "two numbers beside their nouns",
    ),
    ("send it to [bank_account:GB82WEST12345698765432]", "send it to my account number", "an account"),
    ("IBAN: [bank_account:GB82WEST12345698765432]", "IBAN: on file", "an IBAN"),
    ("*she whispers* the key is [secret:sk-12345]", "*she whispers* the key is on file", "in a story"),
]


@pytest.mark.parametrize(("sentence", "left", "reason"), SENTENCES)
def test_the_sentence_stays_whole(sentence: str, left: str, reason: str) -> None:
    assert sent(StandIns(secret=SECRET), sentence) == left, reason


def test_nothing_is_kept_of_such_a_value() -> None:
    stand_ins = StandIns(secret=SECRET)
    text, findings = marked("my password is [secret:hunter2]")
    (replaced,) = stand_ins.replace(text, findings)
    assert replaced.pair is None
    assert stand_ins.pairs == ()
    assert stand_ins.version == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_phrase_where_nothing_can_stand_in(kind: Kind) -> None:
    assert missing_phrase(kind, "at ", 3).isprintable()


NO_STAND_IN = [
    # What stands before the value, its kind, the phrase, why.
    ("write to ", Kind.EMAIL, "my email address", "whose it is and what"),
    ("my birthday is ", Kind.DATE_OF_BIRTH, "private", "its noun stands there already"),
    ("address: ", Kind.STREET_ADDRESS, "private", "with a colon"),
    ("ask my ", Kind.PET, "pet", "its owner stands there already"),
    ("The end. ", Kind.PHONE, "my number", "another sentence's end"),
]


@pytest.mark.parametrize(("before", "kind", "phrase", "why"), NO_STAND_IN)
def test_a_phrase_fits_what_stands_before(before: str, kind: Kind, phrase: str, why: str) -> None:
    assert missing_phrase(kind, f"{before}\ud800", len(before)) == phrase, why
