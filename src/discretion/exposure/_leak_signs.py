"""The signs that the rules of the blast radius speak of, and what could not be checked.

- ``kind:K``: a thief reads that kind, and it is neither a persona's nor told in stories alone; ``own:K``: and
  it is the user's own.
- ``field:N``: a field of that name was filled in; a persona's counts where it is an e-mail or a payment, a
  photo where it is the user's own.
- ``link:B``: this account is joined to another, or to the person, on that basis.
- ``person:S``, ``accounts:S``: the person, or another account, is reached with at least that strength.
- ``few:N``: at most N people fit all that was told, besides what names one person by itself.
- ``read:any``; ``read:much``: five kinds or more; ``read:grave``: one of high severity.
- ``intimate``; ``missing:passwords``: no account was looked at; later ``who:I`` and ``harm:I``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretion.exposure._leak_holdings import Holdings
from discretion.records import (
    PERSON,
    Estimate,
    Frame,
    Link,
    NotChecked,
    Origin,
    PasswordGroup,
    Reach,
    Read,
    Severity,
    Strength,
)

FEW = (1, 100, 1000)
"""Numbers of people that rules speak of."""
_MUCH = 5
_EVEN_INVENTED = frozenset({"email", "payment"})


def signs_of(
    platform: str,
    held: Holdings,
    read: Sequence[Read],
    links: Sequence[Link],
    reaches: Sequence[Reach],
    *,
    passwords: Sequence[PasswordGroup],
    estimate: Estimate | None,
    is_intimate: bool,
) -> set[str]:
    """The signs of one platform; those of onlookers and harms are added by whoever finds them."""
    real = [one for one in read if not one.is_invented and not _is_story(one)]
    signs = {f"kind:{one.name}" for one in real if one.kind}
    signs |= {f"own:{one.name}" for one in real if one.kind and one.own}
    signs |= {
        f"field:{one.name}"
        for one in held.given
        if one.platform == platform
        and (one.origin is not Origin.PERSONA or one.name in _EVEN_INVENTED)
        and (one.origin is Origin.OWN or one.name != "photo")
    }
    signs |= {f"link:{one.basis}" for one in links if platform in one.between}
    for reach in reaches:
        what = "person" if reach.target == PERSON else "accounts"
        signs |= {f"{what}:{one.value}" for one in Strength if one.rank <= reach.strength.rank}
    if estimate and estimate.k is not None and estimate.status == "estimated":
        signs |= {f"few:{most}" for most in FEW if estimate.k <= most}
    if real:
        signs.add("read:any")
    if len(real) >= _MUCH:
        signs.add("read:much")
    if any(one.severity.rank >= Severity.HIGH.rank for one in real):
        signs.add("read:grave")
    if is_intimate:
        signs.add("intimate")
    if not passwords:
        signs.add("missing:passwords")
    return signs


def _is_story(read: Read) -> bool:
    """Whether everything of a kind was told in stories, and none of it is known to be true."""
    return not read.given and not read.own and {frame for frame, _ in read.frames} == {Frame.FICTION}


def unchecked(
    platform: str, held: Holdings, *, passwords: Sequence[PasswordGroup], estimate: Estimate | None
) -> tuple[NotChecked, ...]:
    """What is not known and would change the answer."""
    return tuple(NotChecked(what, reason) for what, reason in _unchecked(platform, held, passwords, estimate))


def _unchecked(
    platform: str, held: Holdings, passwords: Sequence[PasswordGroup], estimate: Estimate | None
) -> Iterator[tuple[str, str]]:
    told = [one for one in held.disclosures if one.platform == platform]
    if not told:
        yield (
            "what was told there",
            "nothing was imported: discretion check EXPORT --keep PLATFORM reads a chat export",
        )
    elif any(one.first_at is None for one in told):
        yield "when some of it was told", "the export has no times for it"
    if not any(one.platform == platform for one in held.given):
        yield (
            "what was filled in there",
            "no field was recorded: discretion persona given keeps what sign-up and profile were given",
        )
    personas = {one.persona for one in told}
    personas.update(one.persona for one in held.given if one.platform == platform)
    if len(personas - {""}) > 1:
        yield (
            "each persona's account there by itself",
            "several personas are noted there, and all of it is taken for one account: what one was told may "
            "be counted to another. A persona for each platform keeps them apart",
        )
    if not held.own:
        yield (
            "which of it is truly yours",
            "no fact of your own is kept: discretion vault facts add lets links to you be seen",
        )
    if not passwords:
        yield "passwords used twice", "no account was looked at for its password yet"
    if told and any(not one.is_value_kept for one in told):
        yield "how rare what was told is", "values not kept"
    elif told and estimate is None:
        yield "how rare what was told is", "no estimate was made"
    elif estimate and estimate.status == "not_checked":
        yield "how rare what was told is", estimate.reason or "nothing could be counted"
    yield (
        "what the platform gathers by itself",
        "addresses, devices and payments that it records are not in the ledger",
    )
