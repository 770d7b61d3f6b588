"""Names: the author's own, people they know, and what only looks like a name."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.name import name

FOUND = [
    ("im jess btw", ("jess",), "lower case, as typed"),
    ("My name is Oluwaseun Adeyemi and I'm tired", ("Oluwaseun Adeyemi",), "full name after the cue"),
    ("my name's tom", ("tom",), "the 's is no part of it"),
    ("call me Biscuit", ("Biscuit",), "a nickname that is a word, after a strong cue"),
    ("Hana here, back again", ("Hana",), "signs at the start"),
    ("my boss Tom Brandt is away", ("Tom Brandt",), "beside somebody known"),
    ("my ex mike danvers texted", ("mike danvers",), "given and family name in lower case"),
    ("my sister lindani says hi", ("lindani",), "no listed name, but beside kin"),
    ("told karen about it today", ("karen",), "after a verb of telling"),
    ("Mr Okonkwo from upstairs knocked", ("Okonkwo",), "the title stays outside"),
    ("dr mehta called", ("mehta",), "a title in lower case"),
    ("that is priya's coat", ("priya",), "the owner's mark stays outside"),
    ("Grace from my office rang", ("Grace",), "an everyday word, but she rings"),
    ("my brothers are Ivo, Petr and Luka", ("Ivo", "Petr", "Luka"), "a row of names"),
    ("i met Siobhán at the gym", ("Siobhán",), "diacritics"),
    (
        "my sisters are Ivka, Joy and Lulu",
        ("Ivka", "Joy", "Lulu"),
        "beside kin a row may hold everyday words",
    ),
    ("my girl's Sienika, shes five", ("Sienika",), "kin with an 's that is a verb"),
    ("my late wife, Myrwenna, sang", ("Myrwenna",), "an unlisted name between commas beside kin"),
    ("my flat mate lwazir snores", ("lwazir",), "a word between the owner and the acquaintance"),
    ("karen from accounting is mad", ("karen",), "told apart by where one knows her from"),
    ("so karen says no", ("karen",), "so opens a sentence, it calls nobody"),
    ("me and priya are off", ("priya",), "joined with the author"),
    ("GRACE IS MY REAL NAME OK", ("GRACE",), "an everyday word, shouted, said to be the name"),
    ("mckenna is my name", ("mckenna",), "the name before the cue"),
    ("my name is mckenna rose kowalski-smith", ("mckenna rose kowalski-smith",), "a middle name"),
    ("mike danvers, my ex, called", ("mike danvers",), "a surname of no list before who that is"),
    ("Hi, I'm Jess Halloran from Tulsa", ("Jess Halloran",), "the town is no part of it"),
    ("im naz", ("naz",), "short and in no list of words"),
    ("my names oluchi", ("oluchi",), "the apostrophe is missing"),
    ("Wiebrecht over and out", ("Wiebrecht",), "how radio talk signs off"),
    ("Sandy, that's me", ("Sandy",), "the name first, whose it is after"),
    ("goodnight from priya", ("priya",), "signed with from"),
    ("Yours, Carys", ("Carys",), "signed as a letter"),
    ("Marisol, 29, from Cebu", ("Marisol",), "an age after the name"),
    ("a temp called sue", ("sue",), "familiar, after called"),
    ("the granddaughter, Ginevra, says so", ("Ginevra",), "between commas beside kin"),
    ("ask my Desmond about it", ("Desmond",), "owned, with a capital"),
    ("my therapist, Dr. Alvarez, says so", ("Alvarez",), "a full stop after a title ends no sentence"),
    ("i told my sister (anita) it", ("anita",), "between brackets beside kin"),
    ("picking up noah from school", ("noah",), "a school further on makes no street"),
    ("dont tell priyanka", ("priyanka",), "what is told is told to somebody"),
    ("my surname is Okafor", ("Okafor",), "the surname alone"),
    ("Rusty fired me", ("Rusty",), "an everyday word that does what people do"),
    ("Marguerite", ("Marguerite",), "an answer of one word"),
    ("yours truly, Bartholomew", ("Bartholomew",), "signed as a letter"),
    ("you simply spoke like karen does", ("karen",), "a comparison with somebody who acts"),
    ("write me a poem for my wife Dana", ("Dana",), "asked to be written, but for the author's own wife"),
    ("its not Jess its Tom", ("Tom",), "after the denied name the asserted one"),
    ("i'm a character performer and my boss Tom is away", ("Tom",), "a trade, no invented character"),
    ("he's 3, Theo, teething", ("Theo",), "told with an age"),
    (
        "Mila (6) and Anton (9)",
        (
            "Mila",
            "Anton",
        ),
        "ages in brackets",
    ),
    ("im Rowan Pettibone, 22 Oakfield Road", ("Rowan Pettibone",), "before an address"),
    ("I told you my name is Karen", ("Karen",), "said, not denied"),
]

NOT = [
    ("i will call you in may", "months and helping verbs"),
    ("hello Rosalind, how are you", "called out to the character"),
    ("thanks Rosalind", "thanked by name, the listener"),
    ("im so tired and im hungry", "what the author feels"),
    ("im from Austin", "a place that is also a name"),
    ("i am grace under fire, honestly", "the word, not the name"),
    ("im Polish", "a people"),
    ("my mum is nice", "kin without a name"),
    ("we drove down Leslie street", "a street"),
    ("look at bit.ly/2x and t.co/Marcy", "parts of links"),
    ("thanks to @marcus and #karen", "a handle and a hashtag"),
    ("best hero ever :D", "a smiley"),
    ("i'm FERAL for this", "stress by capitals"),
    ("the NADRA line is long", "an acronym"),
    ("Win A Bag Today With Marnie And Great Prizes For You", "a headline"),
    ("i love the new Jane Austen film", "a public figure beside a work"),
    ("we sat near Lorne all day", "after near it is a place"),
    ("There's no more. We've left", "short forms of verbs"),
    ("im not karen", "denied"),
    ("you sound like karen", "a comparison"),
    ("nice to meet you, Sarah", "the listener, greeted"),
    ("uptime was good", "an unlisted word that only was"),
    ("it is on me on the phone", "a pronoun before a place"),
    ("they called my sister", "called is a verb"),
    ("a double decker at the depot", "a word before a place"),
    ("Marguerite!", "called out"),
    ("my wife doesnt know", "a short form without its apostrophe"),
    ("call me daddy", "a pet name"),
    ("call me Baby", "a pet name with a capital"),
    ("call me sir", "a title"),
    ("call me mistress", "a title"),
    ("call me angel", "a pet name that could be a name, in lower case"),
    ("call me later", "a time"),
    ("call me crazy", "a state"),
    ("my name isnt jess", "denied"),
    ("dont call me jess", "denied"),
    ("Paris is beautiful in spring", "a city that is something"),
    ("i love Dr Pepper", "a brand with a title"),
    ("Have you read Jane Austen?", "a public figure"),
    ("i'm listening to Taylor Swift", "a public figure"),
    ("my character is a nurse named Ellie", "told of an invented character"),
    ("my OC Maya is 22 and lives in Tokyo", "told of an invented character"),
    ("write me a bio for Sam, 28, accountant", "asked to be written"),
    ("write a short story about Dana Whitlock", "asked to be written"),
    ("Chapter (6) and page (9)", "numbers of parts"),
    ("i never said my name was Karen", "denied further before"),
    ("can you make a backstory for Ilsa, 31, smuggler from Hull", "asked to be written"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in name.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert tuple(sorted(spans(text))) == tuple(sorted(expected)), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
