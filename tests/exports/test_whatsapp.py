"""WhatsApp's exports: both sides by name, times only where the file shows which number is the day."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.exports.reading import from_bytes, reasons, rows

from discretion.exports import NotReadable

TWO = "{0} - Me: a\n{1} - Ines: b\n"
BOXED = "[{0}] You: a\n[{1}] Ines: b\n"

TIMES = [
    (TWO, "12/03/2026, 20:11", "13/03/2026, 20:11", datetime(2026, 3, 12, 20, 11), "a day comes first"),
    (TWO, "3/12/26, 8:11 PM", "3/13/26, 8:11 PM", datetime(2026, 3, 12, 20, 11), "a day comes second"),
    (TWO, "3/4/26, 12:11 am", "3/13/26, 8:11\u202fpm", datetime(2026, 3, 4, 0, 11), "midnight, by halves"),
    (TWO, "12/03/2026, 20:11", "12/03/2026, 20:12", None, "either could be the day"),
    (TWO, "13/03/2026, 20:11", "03/13/2026, 20:12", None, "the file contradicts itself"),
    (TWO, "26/03/12, 20:11", "26/03/13, 20:12", None, "the third number is the day, or three years passed"),
    (TWO, "2026-03-02, 20:11", "2026-03-02, 20:12", datetime(2026, 3, 2, 20, 11), "the year first"),
    (TWO, "31/02/2026, 20:11", "13/03/2026, 20:12", None, "no such day"),
    (TWO, "12.03.26, 20:11", "13.03.26, 20:12", datetime(2026, 3, 12, 20, 11), "dots"),
    (TWO, "١٢/٠٣/٢٠٢٦, ٢٠:١١", "١٣/٠٣/٢٠٢٦, ٢٠:١٢", datetime(2026, 3, 12, 20, 11), "other figures"),
    (BOXED, "12/03/2026, 20:11:02", "13/03/2026, 20:12:00", datetime(2026, 3, 12, 20, 11, 2), "in brackets"),
    (BOXED, "3/4/26, 8:11:02 PM", "3/4/26, 8:12:02 PM", None, "in brackets, either could be the day"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "first", "second", "when", "reason"), TIMES, ids=[one[4] for one in TIMES])
def test_a_time_is_read_only_where_it_is_sure(
    form: str, first: str, second: str, when: datetime | None, reason: str
) -> None:
    export = from_bytes(form.format(first, second).encode(), "x.txt")
    messages = list(export)
    assert [(one.author.value[0], one.text) for one in messages] == [("u", "a"), ("a", "b")], reason
    assert messages[0].sent_at == (when.astimezone() if when else None), reason
    assert export.format == "whatsapp"


NAMED = (
    "13/03/2026, 20:11 - Tess K.: a\n13/03/2026, 20:12 - Ines 🌊: b\nc: d\n13/03/2026, 20:13 - Tess K.: e\n"
)

SIDES = [
    ("x.txt", "tess k.", "the name that was given"),
    ("WhatsApp Chat with Ines 🌊.txt", None, "the file is named after the other one"),
    ("WhatsApp Chat - Ines 🌊.zip/_chat.txt", None, "so is the archive"),
]


@pytest.mark.parametrize(("name", "me", "reason"), SIDES, ids=[one[2] for one in SIDES])
def test_whose_side_is_whose(name: str, me: str | None, reason: str) -> None:
    export = from_bytes(NAMED.encode(), name, me)
    messages = list(export)
    found = [(one.author.value[0], one.text) for one in messages]
    assert found == [("u", "a"), ("a", "b\nc: d"), ("u", "e")], reason
    assert (messages[0].setting.user_name, messages[0].setting.character) == ("Tess K.", "Ines 🌊")


def test_two_names_without_a_known_side_are_refused_without_a_name() -> None:
    with pytest.raises(NotReadable, match="pass --me NAME") as caught:
        list(from_bytes(NAMED.encode(), "x.txt"))
    assert "Tess" not in str(caught.value)


def test_notices_end_a_message_and_lines_before_the_first_date_are_said() -> None:
    content = (
        "a title\n13/03/2026, 20:11 - Me: a\n13/03/2026, 20:12 - Ines left\nx\n13/03/2026, 20:13 - Me: b\n"
    )
    export = from_bytes(content.encode(), "x.txt")
    assert [text for *_, text in rows(export)] == ["a", "b"]
    assert "line 1: a line before the first date" in reasons(export)
