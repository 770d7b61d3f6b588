"""A leak as one JSON document, schema ``discretion.leak/1``: kinds, counts and numbers of rows, no value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from discretion.exposure.leak import graph
from discretion.records import Cited, Evidence, Leak, Link, Reach, Read

SCHEMA = "discretion.leak/1"


def document(leak: Leak) -> str:
    """The whole leak; ``graph`` is networkx' node-link data (``networkx.node_link_graph`` reads it)."""
    import networkx as nx

    return json.dumps(
        {
            "schema": SCHEMA,
            "platform": leak.platform,
            "as_of": leak.today.isoformat(),
            "is_known": leak.is_known,
            "is_intimate": leak.is_intimate,
            "accounts": leak.accounts,
            "estimate": {"status": leak.status, "k": leak.k, "bits": leak.bits} if leak.status else None,
            "reads": [_read(one) for one in leak.reads],
            "links": [_link(one) for one in leak.links],
            "reaches": [_reach(one) for one in leak.reaches],
            "onlookers": [{"id": one.id, "who": one.who, "why": one.why} for one in leak.onlookers],
            "harms": [
                {
                    "id": one.id,
                    "name": one.name,
                    "level": one.level.value,
                    "why": one.why,
                    "claims": _claims(one.claims),
                }
                for one in leak.harms
            ],
            "actions": [
                {
                    "id": one.id,
                    "when": one.when,
                    "do": one.what,
                    "because": one.because,
                    "harms": list(one.harms),
                    "claims": _claims(one.claims),
                }
                for one in leak.actions
            ],
            "not_checked": [{"what": one.what, "reason": one.reason} for one in leak.not_checked],
            "graph": nx.node_link_data(graph(leak), edges="edges"),
        },
        separators=(",", ":"),
        allow_nan=False,
    )


def _read(one: Read) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind.value if one.kind else None,
        "severity": one.severity.value,
        "times": one.times,
        "facts": one.facts,
        "frames": {frame.value: n for frame, n in one.frames},
        "sources": [source.value for source in one.sources],
        "given": one.given,
        "own": one.own,
        "is_invented": one.is_invented,
        "first_at": _at(one.first_at),
        "last_at": _at(one.last_at),
        "evidence": _evidence(one.evidence),
    }


def _link(one: Link) -> dict[str, Any]:
    return {
        "basis": one.basis,
        "label": one.label,
        "kinds": [kind.value for kind in one.kinds],
        "strength": one.strength.value,
        "to_person": one.to_person.value if one.to_person else None,
        "reason": one.reason,
        "between": list(one.between),
        "facts": one.facts,
        "evidence": _evidence(one.evidence),
    }


def _reach(one: Reach) -> dict[str, Any]:
    return {
        "target": one.target,
        "strength": one.strength.value,
        "path": list(one.path),
        "links": list(one.links),
        "words": one.words,
    }


def _evidence(one: Evidence) -> dict[str, list[int]]:
    return {"disclosures": list(one.disclosures), "given": list(one.given)}


def _claims(claims: Iterable[Cited]) -> list[dict[str, str]]:
    return [
        {"says": one.says, "source": one.source, "as_of": one.as_of, "quote": one.quote} for one in claims
    ]


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
