"""Hypothesis strategies for chats and damaged exports, shared by the tests and `make fuzz`."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

SAMPLES = Path(__file__).parent / "exports" / "samples"

FRAGMENTS = (
    "im", "i'm", "my name is", "jess", "Mike Danvers", "call me", "at", "gmail", "dot", "com", "@",
    "(at)", "five five five", "0142", "555-0142", "+44 20 7946 0958", "4111 1111 1111 1111",
    "GB82 WEST 1234 5698 7654 32", "22 oakfield rd", "SW1A 1AA", "sk-", "password is", "AKIA", "*",
    "**", "_", '"', "“", "”", "((", "))", "(ooc:", "[", "]", "34", "16", "years old", "turns 18",
    "year nine", "high school", "my husband", "two kids", "nurse", "mercy general",
    "type 1 diabetic", "tulsa", "married 16 years", "home alone till 6", "born on", "march 3rd",
    "1.2.3.4", "::1", "51.5074, -0.1278", "0x52908400098527886E0F7030069857D2E4169EE7", "bc1q",
    "😀", "\u200b", "\u202e", "ﬁ", "İ", "ß", "ｊｅｓｓ", "јess", "j e s s", "\n", "\t", "\x00",
    "\ud800", "ñ", "e\u0301", "…", "—", "lol", "brb", "be", "harry", "kiss", "how do i",
    "without her knowing", "dont want to be alive", "i live in", "not from",
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=30).map("".join),
)
"""Anything that could stand in a message, rich in what the detectors look for."""


def sample_files() -> list[Path]:
    """The sample exports of every format."""
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.stat().st_size < 100_000)


@st.composite
def damaged_exports(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sample export with its name, bytes flipped, cut, doubled, or values of its JSON swapped."""
    path = draw(st.sampled_from(sample_files()))
    content = path.read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        content = draw(st.sampled_from((_flip, _cut, _double, _insert, _swap)))(draw, content)
    return path.name, content


def _place(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, max(0, len(content) - 1)))


def _flip(draw: st.DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]


def _cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _double(draw: st.DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + content[at : at + 200] + content[at:]


def _insert(draw: st.DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    odd = draw(
        st.sampled_from((b"\x00", b"\xff\xfe", b"]", b"{", b'"', b"null", b"1e999", b"[" * 40, b"\n", b"-1"))
    )
    return content[:at] + odd + content[at:]


_ODD_VALUES: tuple[object, ...] = (
    None,
    5,
    -1,
    1e30,
    "",
    "x",
    [],
    {},
    [[]],
    {"text": {}},
    True,
    "9" * 30,
    ["a", {"b": 1}],
)


def _swap(draw: st.DrawFn, content: bytes) -> bytes:
    """Put an odd value where another stood in the JSON, so that the form is whole and the types are wrong."""
    rows = content.split(b"\n") if content.count(b"\n") > 1 else [content]
    at = draw(st.integers(0, len(rows) - 1))
    try:
        tree = json.loads(rows[at])
    except (ValueError, RecursionError):
        return content
    holder, key = None, None
    node = tree
    while isinstance(node, dict | list) and node:
        holder, key = node, draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
        node = node[key]
        if draw(st.booleans()) and draw(st.booleans()):
            break
    if holder is None:
        return content
    holder[key] = draw(st.sampled_from(_ODD_VALUES))  # type: ignore[index]
    rows[at] = json.dumps(tree).encode()
    return b"\n".join(rows)
