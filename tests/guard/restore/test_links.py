"""Nothing is restored inside of an address, which a client may open by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.restore.pairs import TABLE, pair

from discretion.guard.restore import RestoreTable
from discretion.records import Kind

CASES = [
    ("![](https://a.example/?q=Mara) Mara", "![](https://a.example/?q=Mara) Jess", "a picture"),
    ("![Mara](/m.png)", "![Jess](/m.png)", "the words of a picture are text"),
    ("![](https://a.example/a(Mara)Mara)Mara", "![](https://a.example/a(Mara)Mara)Jess", "brackets in it"),
    (r"![](https://a.example/\)Mara)", r"![](https://a.example/\)Mara)", "an escaped bracket in it"),
    (r"![](https:\\a.example\Mara)", r"![](https:\\a.example\Mara)", "browsers read backslashes as slashes"),
    ("![](<https://a.example/ Mara>)", "![](<https://a.example/ Mara>)", "angle brackets allow blanks"),
    ("![](&#104;ttps:/Mara)", "![](&#104;ttps:/Mara)", "entities are read in a destination"),
    ("![](https://a.example/<>Mara)", "![](https://a.example/<>Mara)", "angle brackets inside of one"),
    (
        "![](https://a.example/\u00a0Mara)",
        "![](https://a.example/\u00a0Mara)",
        "that blank is none in markdown",
    ),
    ("![](https://a.example/\0Mara)", "![](https://a.example/\0Mara)", "a null in it"),
    ("[1]: https://a.example/)Mara\nMara", "[1]: https://a.example/)Mara\nJess", "a reference"),
    ("[1]:\n  &#104;ttps:&sol;&sol;Mara", "[1]:\n  &#104;ttps:&sol;&sol;Mara", "a reference with entities"),
    ("[Narrator]: Mara smiles", "[Narrator]: Jess smiles", "a speaker, no reference"),
    ("<img src='https://a.example/?Mara'>Mara", "<img src='https://a.example/?Mara'>Jess", "a tag"),
    ('<img alt=">" src="&#47;&#47;Mara">', '<img alt=">" src="&#47;&#47;Mara">', "> in quotes ends no tag"),
    ("<Mara> hi, Mara", "<Jess> hi, Jess", "a speaker, no tag"),
    ("<OOC: can Mara stay?>", "<OOC: can Jess stay?>", "words in angle brackets, no tag"),
    ("<https://a.example/ Mara>", "<https://a.example/ Mara>", "an address in angle brackets"),
    ("<svg:image href=Mara>", "<svg:image href=Mara>", "a tag of a namespace"),
    ("i <3 Mara", "i <3 Jess", "a heart"),
    ("see https://a.example/Mara. Mara", "see https://a.example/Mara. Jess", "a bare address"),
    ("(at https://a.example/x)Mara", "(at https://a.example/x)Jess", "a bare address in brackets"),
    ("//a.example/Mara", "//a.example/Mara", "an address without a scheme"),
    ("www.a.example/Mara", "www.a.example/Mara", "an address without both"),
    ("a { background: URL(x/Mara) }", "a { background: URL(x/Mara) }", "style sheets load pictures"),
    ("HTTPS:Mara", "HTTPS:Mara", "browsers read it as an address"),
    ("Mara: and/or, 1:2, Mara?", "Jess: and/or, 1:2, Jess?", "colons and slashes in prose"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[case[2] for case in CASES])
def test_an_address_keeps_its_stand_ins(text: str, expected: str, reason: str) -> None:
    restored, counts = TABLE.restore_counted(text)
    assert restored == expected, reason
    assert counts.restored + counts.missed == text.count("Mara")


def test_an_address_that_was_handed_out_is_restored_from_its_beginning() -> None:
    table = RestoreTable([
        pair("https://social.example/jess_k", "https://social.example/mara_h", Kind.USERNAME),
        pair("Jess", "Mara"),
    ])  # fmt: skip
    text = "https://social.example/mara_h?by=Mara and ![](https://a.example/?u=https://social.example/mara_h)"
    expected = "https://social.example/jess_k?by=Mara and " + text[42:]
    assert table.restore(text) == expected


def test_every_string_of_json_ends_its_address() -> None:
    restorer = TABLE.restorer(json_source=True)
    source = '{"url": "https://a.example/Mara", "who": "Mara"}'
    assert restorer.feed_text(source) + restorer.finish_text() == source.replace('"Mara"', '"Jess"')


@given(
    st.lists(st.sampled_from(["Mara", "(Mara)", "<", ">", '"', "'", "//", "]", "\\)", "=", " ", "&", "<b "]))
)
def test_no_destination_of_a_picture_holds_a_real_value(parts: list[str]) -> None:
    assert "Jess" not in TABLE.restore("![](https://a.example/?" + "".join(parts))
