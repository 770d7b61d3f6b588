"""What is counted on one line of the user: every measure is a share of such counts, added up.

Counts are kept by name so that conversations can be added, left out or drawn again (``bootstrap``) without
looking at a line twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.corpus import Gold, Line
from benchmarks.prediction import Found, Prediction
from discretion.records import IDENTIFIERS, Frame, Kind, Limit, Verdict

Row = tuple[Line, Prediction]
Tally = Counter[str]

CONTACTS = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.STREET_ADDRESS,
        Kind.GOVERNMENT_ID,
        Kind.PAYMENT_CARD,
        Kind.BANK_ACCOUNT,
        Kind.SECRET,
    }
)
"""What reaches, opens or robs a person by itself."""
BINS = 10
"""Bins of equal width for the calibration of confidences (Guo et al. 2017 use 15 on far more answers)."""


def tally(row: Row) -> Tally:
    """The counts of one line."""
    line, answer = row
    counts: Tally = Counter(lines=1, gold=len(line.gold), findings=len(answer.found))
    counts["unchecked_lines"] = answer.is_unchecked
    _spans(row, counts)
    _frames(row, counts)
    _limits(row, counts)
    if line.is_clean:
        counts["clean_lines"] = 1
        counts["clean_alarmed"] = bool(answer.found)
        counts["clean_asked"] = answer.verdict is Verdict.ASK
        counts["clean_asked_carried"] = answer.verdict is Verdict.ASK and _is_carried(answer.held, answer)
    return Counter({name: int(count) for name, count in counts.items()})


def total(rows: Iterable[Row]) -> Tally:
    """The counts of many lines together."""
    return added(map(tally, rows))


def added(tallies: Iterable[Mapping[str, int]]) -> Tally:
    """Counts added up by name."""
    counts: Tally = Counter()
    for one in tallies:
        counts.update(one)
    return counts


def by_conversation(rows: Iterable[Row]) -> list[Tally]:
    """The counts of each conversation, in the order of the first lines."""
    conversations: dict[str, Tally] = {}
    for row in rows:
        conversations.setdefault(row[0].conversation, Counter()).update(tally(row))
    return list(conversations.values())


def over_stopping(row: Row) -> dict[Limit, frozenset[str]]:
    """The limits that a line is blocked or asked for and does not touch, with the places of the reasons.

    A line held only by an earlier statement of the user's own age has no limit of its own and a reason that
    points to that statement: it is no over-stop.
    """
    line, answer = row
    wrong = {kind: places for kind, places in answer.held.items() if kind not in line.limits}
    return {kind: places for kind, places in wrong.items() if not _is_own_age_before(kind, places, row)}


def is_false_alarm(found: Found, line: Line) -> bool:
    """Whether a finding overlaps no gold span of any kind."""
    return not any(found.span.overlaps(gold.span) for gold in line.gold)


def is_same(found: Found, gold: Gold) -> bool:
    """Whether a finding and a gold span are of one kind and overlap."""
    return found.kind is gold.kind and found.span.overlaps(gold.span)


def _spans(row: Row, counts: Tally) -> None:
    line, answer = row
    for found in answer.found:
        right = any(is_same(found, gold) for gold in line.gold)
        counts[f"predicted {found.kind}"] += 1
        counts[f"right {found.kind}"] += right
        if found.confidence is not None:
            bin_ = min(BINS - 1, int(found.confidence * BINS))
            counts[f"judged {bin_}"] += 1
            counts[f"judged right {bin_}"] += right
            counts[f"judged millionths {bin_}"] += round(1e6 * found.confidence)
    for gold in line.gold:
        reached = any(is_same(found, gold) for found in answer.found)
        groups = [str(gold.kind), "identifiers" if gold.kind in IDENTIFIERS else "disclosures"]
        groups += ["contacts"] * (gold.kind in CONTACTS)
        groups += ["own names"] * (gold.kind is Kind.NAME and gold.frame is Frame.SELF)
        for group in groups:
            counts[f"sought {group}"] += 1
            counts[f"reached {group}"] += reached


def _frames(row: Row, counts: Tally) -> None:
    line, answer = row
    counts[f"lines {line.frame}"] = 1
    counts[f"framed {line.frame}"] = answer.frame is line.frame
    counts[f"alarms {line.frame}"] = sum(is_false_alarm(found, line) for found in answer.found)


def _limits(row: Row, counts: Tally) -> None:
    line, answer = row
    for limit in line.limits:
        counts[f"touching {limit}"] = 1
        counts[f"caught {limit}"] = limit in answer.held
    for limit, role in line.roles:
        counts[f"role {limit} {role}"] = 1
        counts[f"role held {limit} {role}"] = limit in answer.held
    wrong = over_stopping(row)
    counts["over_stopped"] = bool(wrong)
    counts["over_stopped_carried"] = bool(wrong) and _is_carried(wrong, answer)
    for limit in wrong:
        counts[f"over_stopped {limit}"] = 1


def _is_carried(held: Mapping[Limit, frozenset[str]], answer: Prediction) -> bool:
    """Whether nothing in the message itself holds it: each reason points elsewhere in the conversation."""
    return bool(held) and not any(kind in answer.own or "message" in places for kind, places in held.items())


def _is_own_age_before(kind: Limit, places: frozenset[str], row: Row) -> bool:
    line, answer = row
    return kind is Limit.MINOR and kind not in answer.own and places <= line.own_age_turns
