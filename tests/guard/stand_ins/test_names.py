"""Names in sentences: which part gets which stand-in, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.stand_ins.told import SECRET, finding, marked, sent, wanted

from discretion.guard._fact_forms import nicknames
from discretion.guard.stand_ins import StandIns, applied
from discretion.guard.stand_ins._bearers import (
    bearers_of,
    family_candidates,
    given_candidates,
    paired_candidates,
    sex_told,
)
from discretion.guard.stand_ins._parts import parts_of
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places
from discretion.records import Kind

SENTENCES = [
    # What was said before, the sentence, what leaves, and why.
    ((), "hey im [jess]", "hey im {jess}", "small letters stay small"),
    ((), "I am [Jess].", "I am {Jess}.", "a capital stays"),
    ((), "I AM [JESS]!!", "I AM {JESS}!!", "shouting stays"),
    (("ex [Mike Danvers]",), "mike never called", "{mike} never called", "the given name alone"),
    (("ex [Mike Danvers]",), "MIKE never called", "{MIKE} never called", "the given name shouted"),
    (("ex [Mike Danvers]",), "Danvers again", "{Danvers} again", "the family name alone"),
    (("ex [Mike Danvers]",), "Mike's car, mike’s dog", "{Mike}'s car, {mike}’s dog", "an owner's s stays"),
    (("ex [Mike Danvers]",), "danvers, mike", "{danvers}, {mike}", "turned round"),
    (("[mike]",), "my ex [Mike Danvers]", "my ex {Mike} {Danvers}", "the first name was known"),
    (("[Danvers] called",), "my ex [Mike Danvers]", "my ex {Mike} {Danvers}", "the family name was known"),
    (("im [jess]",), "jesssss come back", "{jess} come back", "drawn out: the run that carries it"),
    ((), "ask for [jesssss]", "ask for {jess}", "drawn out at first sight"),
    (("im [jess]",), "Jess's, jess' and jessica", "{Jess}'s, {jess}' and jessica", "no longer word is it"),
    (("[Sam Kowalski]",), "the Kowalskis came", "the {Kowalski}s came", "the s of a family stays"),
    (("im [jess]",), "_Jess_ and *Jess*", "_{Jess}_ and *{Jess}*", "marks of narration are no letters"),
    (("im [jess]",), "jess_k on there", "jess_k on there", "a handle is another value"),
    ((), "[Mr. Danvers] is here", "Mr. {Danvers} is here", "a title inside the span stays"),
    ((), "[Anne-Marie] did", "{Anne-Marie} did", "a hyphenated name is one name"),
    (("[Anne-Marie]",), "anne marie did", "{anne-marie} did", "and is the same without its hyphen"),
    ((), "[Mary Ann McKenna]", "{Mary} {Ann} {McKenna}", "two given names and a capital inside"),
    (("[mckenna]",), "[McKenna] it is", "{McKenna} it is", "later with more care"),
    ((), "[Shaun O'Neill]", "{Shaun} {O'Neill}", "an apostrophe inside"),
    (("[Shaun O'Neill]",), "O’Neill, oneill", "{O'Neill}, {o'neill}", "and in other spellings"),
    ((), "[Ana de la Cruz]", "{Ana} de la {Cruz}", "particles stay"),
    ((), "[José]", "{José}", "accents"),
    (("[José]",), "jose, JOSÉ, Jose\u0301", "{josé}, {JOSÉ}, {José}", "with and without, in either form"),
    ((), "[J. Kowalski] signed", "{J. Kowalski} signed", "an initial goes with its name"),
    ((), "[Jess K.] signed", "{Jess K}. signed", "an initial after it too"),
    ((), "[J. R. Harlan]", "{J. R. Harlan}", "two initials"),
    (("[Jess Kowalski]",), "[J. Kowalski]", "{J. Kowalski}", "an initial of a known name"),
    ((), "[j e s s] is me", "{jess} is me", "letters apart"),
    ((), "[Ｊｅｓｓ] is me", "{Jess} is me", "full width"),
    ((), "[J]", "J", "an initial alone names nobody"),
    ((), "[Zorvik]", "{Zorvik}", "a name in no list"),
    ((), "[Иван]", "{Иван}", "another script"),
    (("aunt [Grace]",), "grace under fire", "grace under fire", "the word, not the aunt"),
    (("aunt [Grace]",), "i miss Grace so", "i miss {Grace} so", "a capital inside the sentence"),
    (("aunt [Grace]",), "Grace? Are you there", "{Grace}? Are you there", "called by name"),
    (("aunt [Grace]",), "my aunt grace's house, dear grace", "my aunt {grace}'s house, dear {grace}", "cues"),
    (("aunt [Grace]",), "With grace. Grace is a virtue", "With grace. Grace is a virtue", "the word twice"),
    (("uncle [Will]",), "he will. Will you?", "he will. Will you?", "the verb"),
    (("uncle [Will Marsh]",), "so will marsh say", "so {will} {marsh} say", "two everyday words of one name"),
    (("[Will] and [Grace]",), "grace will come", "grace will come", "two people's, in a sentence"),
    (("[bob] did",), "bob says hi", "{bob} says hi", "a word that nobody means"),
    (("[Shaun O'Neill]",), "O'[Neill]'s pub", "{O'Neill}'s pub", "a piece of a known name"),
    (("[Shaun O'Neill]",), "the [workplace:O'Neills]", "the {O'Neill}s", "found as something else"),
    (("[Ana-Maria]",), "[Ana] [Maria] did", "{Ana-Maria} did", "found in two"),
    (("[location:Stoke-on-Trent]",), "stoke on [trent]", "{stoke-on-trent}", "a piece of a place"),
    ((), "[kevins] dog, kevin", "{kevin}s dog, {kevin}", "an owner's s without its apostrophe"),
    ((), "[kevin]s dog", "{kevin}s dog", "the same outside of the span"),
    ((), "[James] and [Chris]", "{James} and {Chris}", "names that end in s"),
    (("[李雷]",), "我是李雷说", "我是{李雷}说", "a script that writes no blanks"),
    (("[macisaac]",), "tell Dr MacIsaac", "tell Dr {MacIsaac}", "with more care where nobody found it"),
    ((), "[Sgt]. [Mike] [Torres]", "Sgt. {Mike} {Torres}", "nor does a rank"),
    ((), "[Officer Daniels]", "Officer {Daniels}", "which stays inside, too"),
    ((), "[Savaş] and [debs]", "{Savaş} and {debs}", "no owner's s"),
    ((), "[Khadija B], [Khadija M]", "{Khadija B}, {Khadija M}", "two initials, two stand-ins"),
    ((), "my rabbit [pet:Sir Hops-a-]lot", "my rabbit {Sir Hops-a-lot}", "a finding that ends at a hyphen"),
    ((), "[Mr]. said", "Mr. said", "a title alone names nobody"),
    ((), "my cat [pet:Mr]. [pet:Whiskers]", "my cat Mr. {Whiskers}", "nor is one a pet's name"),
    (("[Kowalski]",), "it was [Kowalskj]", "it was {Kowalski}", "a misspelling of a known name"),
]


@pytest.mark.parametrize(("before", "sentence", "pattern", "reason"), SENTENCES, ids=lambda _: "")
def test_a_sentence_leaves_with_stand_ins(
    before: tuple[str, ...], sentence: str, pattern: str, reason: str
) -> None:
    stand_ins = StandIns(secret=SECRET)
    for one in before:
        sent(stand_ins, one)
    assert sent(stand_ins, sentence) == wanted(pattern, stand_ins.pairs), reason


SHORT_FORMS = [
    # Said first, said later, why.
    ("Jessica", "Jess", "the short form after the name"),
    ("Jess", "Jessica", "the name after its short form"),
    ("Mike", "Michael", "a man's"),
    ("Katherine", "Kate", "a name that could itself be a stand-in"),
    ("Elizabeth", "Beth", "a short form with another initial"),
    ("William", "Bill", "and another"),
]


@pytest.mark.parametrize(("first", "later", "reason"), SHORT_FORMS)
def test_short_forms_of_one_person_stand_in_for_each_other(first: str, later: str, reason: str) -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, f"[{first}]")
    assert [pair.real for pair in stand_ins.pairs] == [first], "the other form is not handed out unasked"
    sent(stand_ins, f"[{later}]")
    one, other = stand_ins.pairs
    assert one.group == other.group, reason
    a, b = one.stand_in.lower(), other.stand_in.lower()
    short, _ = nicknames()
    forms = {frozenset((row.name, one)) for row in paired_candidates() for one in short.get(row.name, ())}
    forms |= {frozenset((row.name, one)) for row in paired_candidates() for one in row.shorts}
    assert {a, b} in forms, f"{reason}: a name and its own short form"


MANY_FORMS = [
    ("Jess", "Jessie", "Jessica"),
    ("Jennifer", "Jen", "Jenny"),
    ("Steven", "Steve", "Stevie"),
    ("Robert", "Bob", "Bobby"),
    ("Katherine", "Kate", "Katie"),
]


@pytest.mark.parametrize("said", MANY_FORMS)
def test_three_forms_of_one_name_are_forms_of_one_stand_in(said: tuple[str, ...]) -> None:
    short, full = nicknames()
    for seed in range(8):
        stand_ins = StandIns(secret=bytes([seed]) * 32)
        for one in said:
            sent(stand_ins, f"[{one}]")
        stood = {pair.stand_in.lower() for pair in stand_ins.pairs}
        fulls = set.intersection(*({one, *full.get(one, ())} for one in stood))
        assert len(stood) == len(said), "each its own"
        assert any(stood <= {one, *short.get(one, ())} for one in fulls), "all of one name"


def test_a_family_name_behind_a_particle_is_one() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "[Maria] de la [Cruz]")
    assert stand_ins.pairs[1].stand_in.lower() in {row.name for row in family_candidates()}


def test_people_keep_apart() -> None:
    stand_ins = StandIns(secret=SECRET)
    for one in ("[Jess Kowalski]", "[Mike Danvers]", "[Sarah Kowalski]", "[Jess]"):
        sent(stand_ins, one)
    groups = {pair.real: pair.group for pair in stand_ins.pairs}
    assert groups["Jess"] == groups["Kowalski"], "one person"
    assert groups["Mike"] == groups["Danvers"] != groups["Jess"], "another"
    assert groups["Sarah"] not in (groups["Jess"], groups["Mike"]), "a third, of the same family"
    assert len(stand_ins.pairs) == 5, "nobody twice"


SEXES = [
    ("my friend [Jessica] came", "f", "the table of names"),
    ("my friend [Gary] came", "m", "the table of names"),
    ("my friend [Zorvik], she came", "f", "a pronoun after an unknown name"),
    ("my brother [Zorvik] came", "m", "kin before an unknown name"),
    ("my best friend [Alex] moved away, she is great", "f", "a short form of either's"),
    ("my cousin [Zorvika] came", "f", "nearly all names that end so are a woman's"),
    ("my cousin [Zorvard] came", "m", "or a man's"),
    ("he told [Jessica] again", "f", "he is somebody else"),
    ("oh sir [Percy] of nowhere", "m", "a title with a first name behind"),
    ("my wife [Jordan] came", "f", "kin before a name that either bears"),
]


@pytest.mark.parametrize(("sentence", "sex", "reason"), SEXES)
def test_the_stand_in_is_of_the_same_sex(sentence: str, sex: str, reason: str) -> None:
    for seed in range(6):
        stand_ins = StandIns(secret=bytes([seed]) * 32)
        sent(stand_ins, sentence)
        assert bearers_of(stand_ins.pairs[0].stand_in.lower()).sex == sex, reason


def test_nobody_is_told_of_where_nothing_says() -> None:
    assert sex_told("i met ", " at the shop") == "n"
    assert sex_told("", "") == "n"


@pytest.mark.parametrize("name", ["Dorothy", "Gary", "Kayla", "Aiden"])
def test_the_stand_in_is_of_the_same_generation(name: str) -> None:
    apart = []
    for seed in range(12):
        stand_ins = StandIns(secret=bytes([seed]) * 32)
        sent(stand_ins, f"[{name}]")
        year, other = (bearers_of(one.lower()).year for one in (name, stand_ins.pairs[0].stand_in))
        apart.append(abs((year or 0) - (other or 0)))
    assert sorted(apart)[len(apart) // 2] <= 15


@pytest.mark.parametrize(
    "name",
    ["Juli", "Mark", "Ethan", "Jess", "Priya", "Dave", "Maddie", "Connie", "Alexander", "Mike", "Kowalski"],
)
def test_nobody_can_work_a_name_out_from_its_stand_in(name: str) -> None:
    """The same name gets other stand-ins under other secrets, and none of them more often than half."""
    drawn = []
    for seed in range(40):
        stand_ins = StandIns(secret=bytes([seed]) * 32)
        sent(stand_ins, f"[{name}]")
        drawn.append(stand_ins.pairs[0].stand_in)
    assert len(set(drawn)) >= 6
    assert max(map(drawn.count, drawn)) <= 20


def test_names_that_may_stand_in_are_names_alone() -> None:
    for row in (*given_candidates(), *family_candidates()):
        assert row.name not in ordinary_words()
        assert row.name not in places()
        assert row.name.isascii()
        assert row.name.isalpha()
    for row in paired_candidates():
        assert row.shorts
        assert not ordinary_words() & set(row.shorts)


def test_no_name_is_drawn_that_stories_are_full_of() -> None:
    for name in ("elara", "mara", "thorne", "voss", "lyra", "chen", "sarah", "kael", "aria"):
        assert name not in {row.name for row in (*given_candidates(), *family_candidates())}


def test_parts_say_where_they_stand() -> None:
    text = "cc Dr. J. K. van der Berg-Ruiz's, ok"
    (part,) = parts_of(text, 3, text.index(", ok"))
    assert text[part.start : part.end].startswith("J. K. ") or text[slice(*part.name)] == "Berg-Ruiz"
    assert text[slice(*part.name)] == "Berg-Ruiz"


listed = st.sampled_from(
    sorted(name for name in (given_names() | family_names()) - ordinary_words() if len(name) > 2)
)
people = st.lists(st.tuples(listed, listed), min_size=1, max_size=6)


@given(people, st.binary(min_size=32, max_size=32))
def test_no_two_names_share_a_stand_in(names: list[tuple[str, str]], secret: bytes) -> None:
    stand_ins = StandIns(secret=secret)
    for first, last in names:
        text = f"so {first.title()} {last.title()} came by"
        stand_ins.replace(text, [finding(Kind.NAME, 3, len(text) - 8)])
    active = [pair for pair in stand_ins.pairs if pair.is_active]
    reals = {pair.real.lower() for pair in active}
    stood = [pair.stand_in.lower() for pair in active]
    assert len(reals) == len(active)
    assert len(set(stood)) == len(stood)
    assert reals.isdisjoint(stood)
    short, _ = nicknames()
    for pair in active:
        assert pair.stand_in[0].lower() != pair.real[0].lower()
        assert pair.stand_in.isascii()
        assert pair.stand_in.lower() not in ordinary_words()
        assert reals.isdisjoint(short.get(pair.stand_in.lower(), ()))


@given(people, st.lists(st.integers(0, 11), max_size=8))
def test_a_real_name_never_leaves_once_it_is_known(names: list[tuple[str, str]], order: list[int]) -> None:
    stand_ins = StandIns(secret=SECRET)
    told = [f"{first} {last}" for first, last in names]
    for one in told:
        sent(stand_ins, f"with [{one.title()}] again")
    words = [word for one in told for word in one.split()]
    said = " / ".join(["then", *(words[at % len(words)] for at in order), "left"])
    left = applied(said, stand_ins.replace(said, ()))
    assert not set(words) & set(left.split()), "as a word"


def test_hostile_names_do_no_harm() -> None:
    for name in (
        "",
        " ",
        "'",
        "-",
        "''s",
        "J",
        "J.",
        "\u200b",
        "\ud800x",
        "a" * 5000,
        "🙂",
        "3",
        "Mr.",
        "x\ny",
    ):
        stand_ins = StandIns(secret=SECRET)
        text = f"a {name} b"
        replaced = stand_ins.replace(text, [finding(Kind.NAME, 2, 2 + len(name))])
        assert applied(text, replaced).startswith("a ")


def test_marks_are_read_as_meant() -> None:
    text, findings = marked("im [jess] of [location:Tulsa]")
    assert [(text[one.start : one.end], one.kind) for one in findings] == [
        ("jess", Kind.NAME),
        ("Tulsa", Kind.LOCATION),
    ]
