"""The guard reviews a message from end to end."""

from discretion.guard import Guard
from discretion.records import Kind


def test_a_plain_address_is_found_with_its_offsets() -> None:
    text = "mail me at Jess.k@mail.example ok"
    (finding,) = Guard().review(text).findings
    assert finding.kind is Kind.EMAIL
    assert finding.span.of(text) == "Jess.k@mail.example"
