"""The exposure report as JSON, schema ``discretion.exposure/1``."""

from __future__ import annotations

import json
from datetime import datetime

from discretion.records import Estimate, Exposure, ExposureReport, LearntFact

SCHEMA = "discretion.exposure/1"


def document(report: ExposureReport, *, show_values: bool) -> str:
    """One JSON document; masked, it holds kinds, numbers and days, and nothing that says which value."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "as_of": report.as_of.isoformat(),
            "asked": report.asked,
            "sentence": report.sentence,
            "values_shown": show_values,
            "known": list(report.known),
            "platforms": [_exposure(one, show_values) for one in report.platforms],
            "together": _exposure(report.together, show_values) if report.together else None,
        },
        separators=(",", ":"),
        allow_nan=False,
    )


def _exposure(one: Exposure, show_values: bool) -> dict[str, object]:
    return {
        "platform": one.platform,
        "personas": list(one.personas),
        "facts_known": one.facts_known,
        "told": one.told,
        "by_kind": {kind.value: count for kind, count in one.by_kind},
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "estimate": _estimate(one.estimate, show_values),
        "without_direct": _estimate(one.besides, show_values),
        "direct": [{"kind": kind.value, "since": day.isoformat()} for kind, day in one.direct],
        "steps": [
            {
                "day": step.day.isoformat(),
                "is_told_day": step.is_told_day,
                "k": step.k,
                "k_low": step.k_low,
                "k_high": step.k_high,
                "facts": step.facts,
                "new": [kind.value for kind in step.new],
            }
            for step in one.steps
        ],
        "has_steps": not one.is_brief,
        "facts": [_fact(fact, show_values) for fact in one.facts],
        "facts_left_out": one.facts_left_out,
        "advice": [
            {
                "kind": advice.fact,
                "how": "coarser" if advice.say_instead else "leave_out",
                "say_instead": advice.say_instead if show_values else None,
                "k_after": advice.k_after,
            }
            for advice in one.besides.advice
        ],
        "leave_out_together": (
            {"kinds": [kind.value for kind in one.leave_out.kinds], "k_after": one.leave_out.k_after}
            if one.leave_out
            else None
        ),
        "not_checked": [{"what": lack.what, "reason": lack.reason} for lack in one.not_checked],
    }


def _estimate(estimate: Estimate, show_values: bool) -> dict[str, object]:
    population = estimate.population
    return {
        "status": estimate.status,
        "reason": estimate.reason,
        "k": estimate.k,
        "k_low": estimate.k_low,
        "k_high": estimate.k_high,
        "bits": estimate.bits,
        "population": (
            {"id": population.id, "size": population.size, "as_of": population.as_of} if show_values else None
        ),
    }


def _fact(fact: LearntFact, show_values: bool) -> dict[str, object]:
    return {
        "kind": fact.kind.value,
        "label": fact.label if show_values else None,
        "severity": fact.severity.value,
        "frames": [frame.value for frame in fact.frames],
        "sources": [source.value for source in fact.sources],
        "personas": list(fact.personas),
        "platforms": list(fact.platforms),
        "is_own": fact.is_own,
        "times": fact.times,
        "first_at": _at(fact.first_at),
        "last_at": _at(fact.last_at),
        "noted_at": _at(fact.noted_at),
        "share": fact.share,
        "bits": fact.bits,
        "tables": fact.tables if show_values else None,
        "is_direct": fact.is_direct,
        "not_checked": fact.not_checked,
        "rows": list(fact.numbers),
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
