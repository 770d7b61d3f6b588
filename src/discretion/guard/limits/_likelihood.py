"""What the model has to say of a limit, and how far the rules listen to it.

It moves an allow to an ask and an ask to an allow, lifts no block of the scene, and confirms a stop for the
user's own age, which needs an explicit statement on which rules and model agree (docs/decisions/0005). Where
the rules leave a person's part open, they ask; the model may find that the person is only mentioned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from discretion.records import Limit, LimitReason, Ruling

CRISIS = "crisis"

BOUNDS: Mapping[str, float] = MappingProxyType(
    {
        "limit_ask_minor": 0.5,
        "limit_ask_real_person": 0.5,
        "limit_ask_crime": 0.5,
        "limit_ask_crisis": 0.5,
        "limit_allow_minor": 0.02,
        "limit_allow_real_person": 0.05,
        "limit_allow_crime": 0.05,
        "limit_allow_crisis": 0.0,
        "limit_confirm_minor": 0.05,
        "limit_keep_minor": 0.05,
    }
)
"""Probabilities from which the model asks, below which it allows what the rules ask about, from which it
agrees that the user is under 18 (``limit_confirm_minor``), and below which an open part is no part
(``limit_keep_minor``). Set by hand: a model's settings replace each by its name, and training, which
chooses ``limit_ask_KIND``, can choose the others there."""

SENTENCES: dict[Limit, str] = {
    Limit.MINOR: "This reads as if somebody under 18 took part, by wording and context.",
    Limit.REAL_PERSON: "This reads as if a real person were put into the scene, by wording and context.",
    Limit.CRIME: "This reads as if it asked for help with harming somebody, by wording and context.",
}
UNCONFIRMED = "This may say that you are under 18; by wording and context that is not certain. Is it so?"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The model's probabilities in [0, 1] for one message, by limit or ``crisis``; none is silent."""

    shares: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[str, float] = field(default_factory=dict)

    def _bound(self, name: str) -> float:
        return self.bounds.get(name, BOUNDS[name])

    def asks(self, kind: str) -> bool:
        """Whether it is likely enough to ask about what the rules allow."""
        return kind in self.shares and self.shares[kind] >= self._bound(f"limit_ask_{kind}")

    def allows(self, kind: str) -> bool:
        """Whether it is unlikely enough to allow what the rules ask about."""
        return kind in self.shares and self.shares[kind] < self._bound(f"limit_allow_{kind}")

    def confirms_own_age(self) -> bool:
        """Whether nothing speaks against a stop for the user's own age."""
        share = self.shares.get(Limit.MINOR.value)
        return share is None or share >= self._bound("limit_confirm_minor")

    def may_keep_minor(self) -> bool:
        """Whether somebody under 18 whose part is open may take part; yes without a model."""
        share = self.shares.get(Limit.MINOR.value)
        return share is None or share >= self._bound("limit_keep_minor")

    def reason(self, kind: Limit, length: int, *, intimate: bool) -> LimitReason:
        """An ask about the whole message; where no intimacy is assumed a notice, but for a crime."""
        verdict = Ruling.ASK if intimate or kind is Limit.CRIME else Ruling.NOTICE
        return LimitReason(kind, verdict, SENTENCES[kind], "message", 0, length)
