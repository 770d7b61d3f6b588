"""The vault's side of a gateway: what is read when it starts, and what is written in one transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from discretion.gateway._keeping import Loaded
from discretion.gateway._pending import Decision
from discretion.gateway._settings import Mode, Settings, Treatment
from discretion.gateway._waiting import TOLD, Waiting
from discretion.guard import Fact
from discretion.guard.stand_ins import keep_pairs, read_pairs, stand_ins_of_others
from discretion.identity import NoSuchPersona, persona_named, persona_settings
from discretion.records import Pair, Session, Source
from discretion.vault import Asker, Vault, read_facts

if TYPE_CHECKING:
    from discretion.exposure.ledger import Keeper

ASKER = Asker("gateway", "gateway")


class Writer:
    """An open vault, for one persona and one platform; used by one thread alone."""

    def __init__(self, vault: Vault, persona: str, platform: str) -> None:
        self._vault = vault
        self._persona = persona
        self._platform = platform
        self._keeper: Keeper | None = None
        self._facts: tuple[Fact, ...] = ()

    def load(self, asked: Settings, *, mode_is_given: bool) -> Loaded:
        """Everything that the gateway starts from; leaves rows in the audit trail."""
        vault = self._vault
        with vault.transaction():
            kept = read_facts(vault, ASKER)
            self._facts = tuple(Fact(fact.kind, fact.value, fact.aliases) for fact in kept)
            return Loaded(
                self._settings(asked, mode_is_given=mode_is_given),
                vault.subkey("gateway digests"),
                vault.subkey("gateway stand-ins"),
                self._facts,
                read_pairs(vault, ASKER, self._persona),
                self._decisions(),
                self._stops(),
                self._told(),
                stand_ins_of_others(vault, self._persona),
            )

    def write(self, waiting: Waiting) -> tuple[Pair, ...]:
        """Keep it all or nothing; returns the pairs with their numbers. Raises ``VaultError``."""
        vault, now = self._vault, datetime.now(UTC).isoformat(timespec="seconds")
        with vault.transaction():
            kept = keep_pairs(vault, waiting.pairs) if waiting.pairs else ()
            vault.run_many(
                "INSERT INTO message_decision (persona, digest, decision, decided_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (persona, digest) DO UPDATE SET decision = excluded.decision",
                [[self._persona, digest, value, now] for digest, value in waiting.decisions.items()],
            )
            for digest, document in waiting.stops.items():
                self._put_stop(digest, document, now)
            if waiting.told:
                self._ledger().keep(waiting.told)
            for session in waiting.sessions.values():
                self._put_session(session)
        return kept

    def close(self) -> None:
        """Let the vault go."""
        self._vault.close()

    def _settings(self, asked: Settings, *, mode_is_given: bool) -> Settings:
        kept = persona_settings(self._vault, self._persona)
        mode = asked.mode if mode_is_given or kept.mode is None else Mode(kept.mode)
        is_everyday, locale = asked.is_everyday, asked.locale
        if self._persona:
            try:
                persona = persona_named(self._vault, ASKER, self._persona)
            except NoSuchPersona:
                pass
            else:
                is_everyday, locale = persona.is_everyday, persona.locale
        return replace(
            asked,
            mode=mode,
            kinds={kind: Treatment(value) for kind, value in kept.kinds.items()},
            is_everyday=is_everyday,
            locale=locale,
            replaces_ages=asked.replaces_ages or kept.replaces_ages,
        )

    def _told(self) -> frozenset[bytes]:
        sql = "SELECT digest FROM message_decision WHERE persona = ? AND decision = ?"
        return frozenset(digest for (digest,) in self._vault.rows(sql, [self._persona, TOLD]))

    def _decisions(self) -> dict[bytes, Decision]:
        rows = self._vault.rows(
            "SELECT digest, decision FROM message_decision WHERE persona = ?", [self._persona]
        )
        return {digest: Decision(decision) for digest, decision in rows if decision in set(Decision)}

    def _stops(self) -> dict[bytes, str]:
        return dict(
            self._vault.rows(
                "SELECT digest, document FROM conversation_stop WHERE persona = ?", [self._persona]
            )
        )

    def _put_stop(self, digest: bytes, document: str | None, now: str) -> None:
        if document is None:
            self._vault.rows(
                "DELETE FROM conversation_stop WHERE persona = ? AND digest = ?", [self._persona, digest]
            )
            return
        json.loads(document)
        self._vault.rows(
            "INSERT INTO conversation_stop (persona, digest, document, noted_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (persona, digest) DO UPDATE SET document = excluded.document",
            [self._persona, digest, document, now],
        )

    def _ledger(self) -> Keeper:
        if self._keeper is None:
            from discretion.exposure.ledger import Keeper

            self._keeper = Keeper(
                self._vault,
                platform=self._platform,
                persona=self._persona,
                source=Source.GATEWAY,
                own=[(fact.kind, words) for fact in self._facts for words in (fact.value, *fact.aliases)],
            )
        return self._keeper

    def _put_session(self, session: Session) -> None:
        started, ended = (at.isoformat(timespec="seconds") for at in (session.started_at, session.ended_at))
        counted = (session.messages, session.replies, session.tokens_in, session.tokens_out)
        where = (session.platform, session.persona, started)
        changed = self._vault.rows(
            "UPDATE session SET ended_at = ?, messages = ?, replies = ?, tokens_in = ?, tokens_out = ?"
            " WHERE platform = ? AND persona = ? AND started_at = ? RETURNING id",
            [ended, *counted, *where],
        )
        if not changed:
            self._vault.rows(
                "INSERT INTO session (ended_at, messages, replies, tokens_in, tokens_out, platform, persona,"
                " started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [ended, *counted, *where],
            )
