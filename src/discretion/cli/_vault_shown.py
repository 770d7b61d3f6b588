"""How the vault's state, its audit trail and a passphrase's strength are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from discretion.cli._called import as_called

if TYPE_CHECKING:
    from discretion.vault import Strength, Trail

_STATUS = "discretion.vault-status/1"


def shown_strength(told: Strength) -> str:
    """One to three lines on a passphrase: the estimate in bits and in time, and what would help."""
    if told.years >= 1e6:
        time = "more than a million years"
    elif told.years >= 1:
        time = f"about {told.years:,.0f} years"
    elif told.years * 365.25 >= 1:
        time = f"about {told.years * 365.25:,.0f} days"
    else:
        time = "less than a day"
    lines = [
        f"Strength: about {told.bits:.0f} bits, an estimate; at 10,000 guesses a second {time}."
        f"{' Weak.' if told.is_weak else ''}"
    ]
    lines += [line for line in (told.warning, " ".join(told.suggestions)) if line and told.is_weak]
    return "\n".join(lines)


def shown_status(*, as_json: bool, is_checked: bool) -> str:
    """Where the vault is and how it stands; ``is_checked`` where every page was just authenticated."""
    from discretion.vault import home, is_held, is_there, key_state

    folder = home()
    if not is_there():
        if as_json:
            return json.dumps({"schema": _STATUS, "folder": str(folder), "vault": False})
        return as_called(f"There is no vault in {folder}. Make one: discretion vault init")
    cost, both_whole = key_state(folder / "vault.key")
    told: dict[str, object] = {
        "schema": _STATUS,
        "folder": str(folder),
        "vault": True,
        "unlocked": is_held(),
        "database_bytes": (folder / "vault.db").stat().st_size if (folder / "vault.db").exists() else None,
        "key_copies_whole": both_whole,
        "argon2id": {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
        "every_page_checked": is_checked,
    }
    if as_json:
        return json.dumps(told)
    size = told["database_bytes"]
    lines = [
        f"Vault:  {folder / 'vault.db'} ({'missing' if size is None else f'{size:,} bytes'})",
        f"State:  {'unlocked' if told['unlocked'] else 'locked'}",
        f"Guess:  each guess at the passphrase costs {cost.memory_kib // 1024} MiB of memory, "
        f"{cost.passes} passes (Argon2id)",
    ]
    if is_checked:
        lines.append("Check:  every page is as it was written")
    if not both_whole:
        told_of = "Key:    one of its two copies is damaged; mend it: discretion vault passphrase"
        lines.append(as_called(told_of))
    return "\n".join(lines)


def shown_audit(trail: Trail, *, as_json: bool) -> str:
    """The trail's rows and whether they hold."""
    if as_json:
        rows = [
            {
                "number": row.number,
                "at": row.at.isoformat(),
                "verb": row.verb,
                "entry": row.entry,
                "kinds": list(row.kinds),
                "count": row.count,
            }
            for row in trail.rows
        ]
        head = {"number": trail.head.number, "mac": trail.head.mac.hex()}
        return json.dumps(
            {"schema": "discretion.audit/1", "broken_at": trail.broken_at, "head": head, "rows": rows}
        )
    lines = [
        f"{row.number:>5}  {row.at:%Y-%m-%d %H:%M:%S} UTC  {row.entry}  {row.verb}: "
        f"{row.count} ({', '.join(row.kinds) or 'none'})"
        for row in trail.rows
    ]
    if trail.broken_at is None:
        lines.append(f"The chain of {len(trail.rows)} rows holds; it ends in {trail.head.mac.hex()[:16]}.")
        lines.append("It cannot show what somebody with the passphrase wrote anew; a backup can: --against")
    else:
        lines.append(f"The chain is broken at row {trail.broken_at}: changed, removed or cut off there.")
    return "\n".join(lines)
