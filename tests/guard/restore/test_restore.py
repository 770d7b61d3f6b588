"""What is restored and to what; what is left, and how both are counted."""

from __future__ import annotations

import pytest
from tests.guard.restore.pairs import PAIRS, TABLE, pair

from discretion.guard.restore import RestoreCounts, RestoreTable
from discretion.records import Kind

RESTORED = [
    ("Mara", "Jess", "alone"),
    ("“Mara,” he said", "“Jess,” he said", "typographic quotes"),
    ('"Mara"', '"Jess"', "plain quotes"),
    ("*Mara leans in*", "*Jess leans in*", "an action"),
    ("**Mara**", "**Jess**", "bold"),
    ("_Mara_ and __Mara__ and ___Mara___", "_Jess_ and __Jess__ and ___Jess___", "underscores as emphasis"),
    ("_Mara smiles_", "_Jess smiles_", "emphasis over more than the name"),
    ("Mara’s hand, Mara's hand", "Jess’s hand, Jess's hand", "possessives, both apostrophes"),
    ("Mara'll and Mara’d", "Jess'll and Jess’d", "contractions"),
    ("Mara-like, half-Mara", "Jess-like, half-Jess", "a hyphen is a border"),
    ("Mara—no, Mara…", "Jess—no, Jess…", "dash and dots"),
    ("Mara.Then", "Jess.Then", "no blank behind the stop"),
    ("@mara, #mara, (Mara)", "@jess, #jess, (Jess)", "signs before and behind"),
    ("MARA!", "JESS!", "capitals"),
    ("mara?", "jess?", "small letters"),
    ("MARA'S", "JESS'S", "capitals with a possessive"),
    ("Mara Halloran", "Jess Kowalski", "the full name"),
    ("Mara Mara Halloran", "Jess Jess Kowalski", "the longest at each place"),
    ("MARA HALLORAN mara halloran", "JESS KOWALSKI jess kowalski", "the full name in other cases"),
    ("MARA Halloran", "JESS Kowalski", "mixed cases, part by part"),
    ("Alex, Alexandra, Alex Rivers", "Marguerite, Philippa, Marguerite Ortiz", "one begins another"),
    ("Alex\nRivers, Alex\u00a0Rivers", "Marguerite\nOrtiz, Marguerite\u00a0Ortiz", "the blank as it came"),
    ("the Hallorans and the Hallorans' dog", "the Kowalskis and the Kowalskis' dog", "a family"),
    ("THE HALLORANS", "THE KOWALSKIS", "a family in capitals"),
    ("two Maras", "two Jesses", "the plural of a name that ends in s"),
    ("Tamsin TAMSIN tamsin", "McKenna MCKENNA mckenna", "inner capitals are the real value's own"),
    ("Ferris's", "O'Neill's", "an apostrophe in the real value"),
    ("Zoë Zoe\u0308", "Anaïs Anaïs", "the same letters, composed or not"),
    ("(503) 555-0142.", "(918) 555-0177.", "a number that begins with a bracket"),
    ("(503) 555\u20110142", "(918) 555-0177", "a hyphen that is typeset"),
    ("call +44 20 7946 0123, ok?", "call +44 20 7946 0958, ok?", "a number that begins with a plus"),
    ("mara.h@mail.example's", "jess.k@post.example's", "an address of mail"),
    ("(mara.h@mail.example). @mara_h.", "(jess.k@post.example). @jess_k.", "a stop behind both"),
    ("<mara.h@mail.example>", "<jess.k@post.example>", "an address of mail in brackets"),
    ("Mara.h@mail.example", "Jess.k@post.example", "a capital at the beginning of a sentence"),
    ("@mara_h is mara", "@jess_k is jess", "a handle, and the name in it"),
    ("in Port Ellery.", "in Tulsa.", "two words for one"),
    ("Port\n Ellery PORT ELLERY", "Tulsa TULSA", "two words for one, parted and in capitals"),
    ("Cedar \n Falls", "Lake \n Oswego", "two words for two"),
    ("17 Maple St., 17 Maple St.!", "22 Oakfield Rd., 22 Oakfield Rd.!", "it ends in a stop of its own"),
    ("at Kestrel Hall", 'at Bar "Zum Hirsch" \\ Co', "quotes and backslashes in the real value"),
    ("Hope smiles", "Gus smiles", "an everyday word with a capital"),
    ("Maraは笑った。", "Jessは笑った。", "a script that writes no blanks"),
    ("Mara\u200b smiles \ufeffMara", "Jess\u200b smiles \ufeffJess", "a border that is not seen"),
    ("Mara😀Mara", "Jess😀Jess", "a picture between"),
    ("Mara\0Mara\ud800", "Jess\0Jess\ud800", "what is no character is a border"),
    ("37 years, 37-year-old, 37 yo", "34 years, 34-year-old, 34 yo", "an age behind which years stand"),
    ("aged 37 and turning 37 today", "aged 34 and turning 34 today", "an age behind a word for it"),
    ("You’re 37. I'm 37, right? she is 37", "You’re 34. I'm 34, right? she is 34", "an age that somebody is"),
    ("McKenna Jess", "McKenna Jess", "real values come back as they are"),
]  # fmt: skip

LEFT = [
    ("Maria Marathon Samara xMara", 0, 0, "other words"),
    ("mara2 2Mara Mara2", 0, 0, "digits belong to a word"),
    ("snake_mara mara_case Mara_and", 0, 0, "names of programs"),
    ("____Mara____", 1, 0, "a line to be filled in"),
    ("Mara\u0301 Mará", 2, 0, "another letter at the end"),
    ("Maraaa Maaara MMara", 3, 0, "stretched"),
    ("Mar-a M-ara Ma\u00adra Ma\u200dra", 4, 0, "taken apart"),
    ("M**ar**a Ma~~ra~~", 2, 0, "markup in it"),
    ("mArA MAra", 2, 0, "a case that was not handed out"),
    ("Zoe Zoé", 2, 0, "accents that were lost or exchanged"),
    ("mara@home.example", 1, 0, "an address of mail that was not handed out"),
    ("a.mara.h@mail.example mara.h@mail.example.org", 2, 0, "a longer address of mail"),
    ("@mara_h.official", 1, 0, "a longer handle"),
    ("(503) 555-01422, (503) 555-0142-7", 0, 0, "a longer number"),
    ("1.(503) 555", 0, 0, "half a number"),
    ("+44 20 7946 0123.5", 0, 0, "a number with a fraction"),
    ("Port  Elle ry, Port", 0, 0, "half a name of two words"),
    ("Alex         Rivers".replace("Alex", "Cedar").replace("Rivers", "Falls"), 0, 0, "too wide a gap"),
    ("37 Maple Ave, 37% of 37", 0, 0, "a number that is no age"),
    ("you're 37 minutes late, room 37.", 0, 0, "a number of something else"),
    ("37 yearnings, 37 yolks", 0, 0, "words that begin like years"),
    ("hope hopes Hopes", 0, 1, "an everyday word"),
    ("another Mara, a different Mara, the other Mara", 0, 3, "another bearer, expressly"),
    ("Some other\nMara Halloran", 0, 1, "another bearer of a full name"),
    ("Danny", 0, 0, "nothing of it"),
    ("", 0, 0, "nothing at all"),
]

COLLIDED = [
    ("a girl named Mara", "a girl named Jess", "brought in under that name"),
    ("An old woman called Mara", "An old woman called Jess", "with a word between"),
    ("some guy who goes by Mara", "some guy who goes by Jess", "with other words"),
    ("Mara Delgado", "Jess Delgado", "with a family name that was not handed out"),
    ("Mara Delgado's", "Jess Delgado's", "its possessive"),
    ("O'Mara", "O'Jess", "with a beginning that was not handed out"),
    ("“Another Mara", "“Another Mara", "expressly another, in quotes: left"),
    ("another Mara", "another Mara", "expressly another: left"),
]
NO_COLLISION = [
    ("Psycho’Mara", "an apostrophe behind another word"),
    ("my friend named Mara", "one's own friend"),
    ("his name is Mara", "said of the person"),
    ("Mara Then she left", "an everyday word with a capital"),
    ("Mara Halloran", "her own family name"),
    ("Mara, Delgado", "not one name"),
    ("another day, Mara", "another of something else"),
    ("the other (503) 555-0142", "a number has one bearer"),
]


def names(cases: list[tuple[object, ...]]) -> list[str]:
    return [str(case[-1]) for case in cases]


@pytest.mark.parametrize(("text", "expected", "reason"), RESTORED, ids=[case[-1] for case in RESTORED])
def test_stand_ins_are_restored_as_they_are_written(text: str, expected: str, reason: str) -> None:
    restored, counts = TABLE.restore_counted(text)
    assert restored == expected, reason
    assert (counts.missed, counts.collisions) == (0, 0)


@pytest.mark.parametrize(("text", "missed", "collisions", "reason"), LEFT, ids=[case[-1] for case in LEFT])
def test_everything_else_is_left(text: str, missed: int, collisions: int, reason: str) -> None:
    assert TABLE.restore_counted(text) == (text, RestoreCounts(0, missed, collisions)), reason


@pytest.mark.parametrize(("text", "expected", "reason"), COLLIDED, ids=[case[-1] for case in COLLIDED])
def test_another_bearer_is_counted(text: str, expected: str, reason: str) -> None:
    restored, counts = TABLE.restore_counted(text)
    assert (restored, counts.collisions) == (expected, 1), reason


@pytest.mark.parametrize(("text", "reason"), NO_COLLISION, ids=[case[-1] for case in NO_COLLISION])
def test_the_same_bearer_is_not(text: str, reason: str) -> None:
    assert TABLE.restore_counted(text)[1].collisions == 0, reason


SOURCES = [
    (r'{"who": "Mara"}', r'{"who": "Jess"}', "plain"),
    (r'{"who": "\u004d\u0061ra"}', r'{"who": "Jess"}', "escaped letters"),
    (r'{"at": "Kestrel Hall"}', r'{"at": "Bar \"Zum Hirsch\" \\ Co"}', "what is put in is escaped"),
    (r'{"a": "Port\nEllery", "b": "Cedar\u00a0Falls"}', '{"a": "Tulsa", "b": "Lake\u00a0Oswego"}', "gaps"),
    (r'{"say": "\"Mara\"\\Mara"}', r'{"say": "\"Jess\"\\Jess"}', "beside escapes"),
    (r'{"Mara": 1}', r'{"Jess": 1}', "a key"),
    (r'{"a": "\\u004dara"}', r'{"a": "\\u004dara"}', "an escaped backslash begins no letter"),
    (r'{"a": "Mar", "a": ""}', r'{"a": "Mar", "a": ""}', "never over the end of a string"),
    (r'{"a": "\ud83d\ude00Mara\ud83d"}', r'{"a": "\ud83d\ude00Jess\ud83d"}', "pairs and halves of pairs"),
    (r'{"a": "\u0000Mara\q\u00', r'{"a": "\u0000Jess\q\u00', "no JSON any more"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected", "reason"), SOURCES, ids=[case[-1] for case in SOURCES])
def test_json_source_stays_json(source: str, expected: str, reason: str) -> None:
    restorer = TABLE.restorer(json_source=True)
    assert restorer.feed_text(source) + restorer.finish_text() == expected, reason


def test_a_bare_number_of_json_is_restored_by_a_number_only() -> None:
    table = RestoreTable([
        pair("9185550177", "5035550142", Kind.PHONE),
        pair("0044", "5035550143", Kind.PHONE),
    ])  # fmt: skip
    restorer = table.restorer(json_source=True)
    source = '{"a": 5035550142, "b": 5035550143, "c": "5035550143", "d": 15035550142}'
    expected = '{"a": 9185550177, "b": 5035550143, "c": "0044", "d": 15035550142}'
    assert restorer.feed_text(source) + restorer.finish_text() == expected
    assert restorer.counts == RestoreCounts(restored=2, missed=1)


def test_a_retired_stand_in_still_restores() -> None:
    table = RestoreTable([pair("Jess", "Mara", retired=True), pair("Jess", "Nadia", day=1)])
    assert table.restore("Mara, Nadia") == "Jess, Jess"


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_pairs_with_one_stand_in_the_newest_that_is_active_counts(order: int) -> None:
    pairs = [
        pair("Oldest", "Mara"),
        pair("Newer", "Mara", day=1),
        pair("Newest", "Mara", day=2, retired=True),
    ]
    assert RestoreTable(pairs[::order]).restore("Mara") == "Newer"


def test_what_was_put_in_is_not_looked_at_again() -> None:
    table = RestoreTable([pair("Mara", "Nadia"), pair("Jess", "Mara")])
    assert table.restore("Nadia Mara") == "Mara Jess"


def test_an_exact_notation_comes_before_a_derived_one() -> None:
    table = RestoreTable([pair("Kim", "Wood"), pair("Lee", "Woods"), pair("Ann", "BO"), pair("Liz", "Bo")])
    assert table.restore("Woods BO Bo") == "Lee Ann Liz"


def test_a_plural_that_is_a_name_of_its_own_is_left() -> None:
    table = RestoreTable([pair("Jess", "Robert"), pair("Danvers", "Schooley")])
    assert table.restore("Julia Roberts, the Schooleys") == "Julia Roberts, the Danverses"


def test_nothing_handed_out_means_nothing_done() -> None:
    empty = RestoreTable([])
    assert empty.longest == 0
    assert empty.restore("Mara") == "Mara"
    assert RestoreTable([pair("Jess", " "), pair("Gus", "a\0b")]).restore(" a\0b ") == " a\0b "


def test_values_hide_when_printed() -> None:
    restorer = TABLE.restorer()
    restorer.feed_text("Mara Hallora")
    for one in (one for one in PAIRS if len(one.real) > 2):
        assert one.real not in f"{TABLE!r} {restorer!r} {restorer.counts!r}"


def test_of_two_spellings_the_later_one_comes_back() -> None:
    """A pair whose real value was spelled with more care since is told after it ("McKenna")."""
    table = RestoreTable((pair("Mckenna", "Anabel"), pair("McKenna", "Anabel")))
    assert table.restore("Anabel") == "McKenna"


def test_a_town_with_the_s_of_an_owner_comes_back() -> None:
    assert RestoreTable((pair("Macon", "Syosset", Kind.LOCATION),)).restore("syossets hot") == "macons hot"


def test_a_pet_of_a_persons_name_has_a_plural() -> None:
    assert RestoreTable((pair("Kevin", "Quentin", Kind.PET),)).restore("two Quentins!") == "two Kevins!"
