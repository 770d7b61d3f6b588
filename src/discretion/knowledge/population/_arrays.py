"""From bands of age to single years, and from the shape of one table to the margins of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.float64]
"""Numbers by sex and single year of age, shape (2, 101); or by age alone, shape (101,)."""
SEXES = ("female", "male")
AGES = 101
"""Single years of age; the last is 100 and over."""
ROUNDS = 12


def fitted(bands: Mapping[str, float], shape: Cells) -> Cells:
    """People by single year of age from counts by band (first year → people), spread as ``shape`` spreads.

    The last band is open; years before the first have nobody.
    """
    firsts = sorted(map(int, bands))
    found = np.zeros(AGES)
    for first, after in zip(firsts, [*firsts[1:], AGES], strict=True):
        part = shape[first:after]
        total = part.sum()
        spread = part / total if total > 0 else np.full(after - first, 1 / (after - first))
        found[first:after] = bands[str(first)] * spread
    return found


def stepped(bands: Mapping[str, float]) -> Cells:
    """A share by single year of age from shares by band; zero before the first band."""
    firsts = sorted(map(int, bands))
    found = np.zeros(AGES)
    for first, after in zip(firsts, [*firsts[1:], AGES], strict=True):
        found[first:after] = bands[str(first)]
    return found


def raked(
    shares: Mapping[str, Cells],
    people: Cells,
    margins: Sequence[tuple[Sequence[str], float]],
) -> dict[str, Cells]:
    """Shares of states by cell, moved until the groups of states have the shares of people in ``margins``.

    Iterative proportional fitting (Deming and Stephan 1940): the pattern by age of one table, the totals of
    another. ``people`` are those whom the margins count.
    """
    found = {state: cells.copy() for state, cells in shares.items()}
    counted = people.sum()
    everybody = sum(found.values(), np.zeros_like(people))
    for _ in range(ROUNDS):
        for states, wanted in margins:
            now = sum(float((found[state] * people).sum()) for state in states) / counted
            for state in states:
                found[state] = found[state] * (wanted / now if now > 0 else 0)
        total = sum(found.values(), np.zeros_like(people))
        scale = np.divide(everybody, total, out=np.zeros_like(total), where=total > 0)
        found = {state: cells * scale for state, cells in found.items()}
    return found
