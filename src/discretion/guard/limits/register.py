"""Who is in the scene of one conversation, and what was said of their age."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from discretion.guard.limits._cues import key

PARTNER = key("you")
AUTHOR_IN_SCENE = key("i")
SOMEBODY = key("somebody")


@dataclass(frozen=True, slots=True)
class Statement:
    """Where an age under 18 was said: ``where`` as in ``LimitReason``, offsets in that text.

    ``is_unsure`` is whether it asks rather than stops; ``by_user`` whether the user said it; ``turn`` the
    turn it stands in (-1 for the card and the system prompt).
    """

    where: str
    start: int
    end: int
    turn: int
    by_user: bool
    is_unsure: bool = False
    is_looks: bool = False
    near: frozenset[int] = frozenset()
    """Keys of the words of the message that says it: another word for the same person may be among them."""
    is_weak: bool = False
    """Whether nobody says that the person takes part, and no line of the story either: it is asked."""
    is_refused: bool = False
    """Whether the other side refused it: the scene was never played with them."""
    is_told: bool = False
    """Whether nothing but the frame says that the person takes part: they stay while they are spoken of."""


@dataclass(slots=True)
class Register:
    """The participants said to be under 18, by the key of their name; the user's own age; people of life.

    ``fresh`` holds keys that were set outside the user's words since the user's last message: those stop the
    next one whatever it says.
    """

    under: dict[int, Statement] = field(default_factory=dict)
    adults: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    user_under: Statement | None = None
    relatives: set[int] = field(default_factory=set)
    real: set[int] = field(default_factory=set)
    last: int = 0
    """Key of the participant spoken of last."""
    aliases: dict[int, int] = field(default_factory=dict)
    """Other words for a participant (a name, a noun) by the key under which they are entered."""

    def same(self, who: int) -> int:
        """The key under which somebody is entered."""
        return self.aliases.get(who, who)

    def names_of(self, who: int) -> frozenset[int]:
        """The keys of every word for a participant."""
        return frozenset({who, *(other for other, entered in self.aliases.items() if entered == who)})

    def call(self, other: int, who: int) -> None:
        """Enter another word for a participant; a word that already has an owner keeps it."""
        if other and other != who and other not in self.under and other not in self.adults:
            self.aliases.setdefault(other, who)

    def copy(self) -> Register:
        """A register that changes by itself."""
        return replace(
            self,
            under=dict(self.under),
            adults=set(self.adults),
            fresh=set(self.fresh),
            relatives=set(self.relatives),
            real=set(self.real),
            aliases=dict(self.aliases),
        )

    def put(self, who: int, said: Statement) -> None:
        """Enter a participant as under 18."""
        if before := self.under.get(who):
            said = replace(said, near=said.near | before.near)
        self.under[who] = said
        self.adults.discard(who)
        self.last = who
        if not said.by_user:
            self.fresh.add(who)

    def grow_up(self, who: int) -> None:
        """A participant is said to be adult; a framing by looks stays."""
        said = self.under.get(who)
        if said and not said.is_looks:
            del self.under[who]
            self.fresh.discard(who)
        self.adults.add(who)

    def join(self, who: int) -> None:
        """Who was only told of is acted with: from now on they stay until they leave."""
        self.under[who] = replace(self.under[who], is_told=False)

    def refuse(self, turn: int) -> None:
        """The other side refused what the user's message of ``turn`` asked for."""
        for who, said in self.under.items():
            if said.by_user and said.turn == turn:
                self.under[who] = replace(said, is_refused=True)

    def leave(self, leavers: frozenset[int] | None = None) -> None:
        """Everybody under 18, or those of ``leavers``, leaves the scene.

        The character of the card or the system prompt leaves by name only: a new scene keeps them.
        """
        for who, said in list(self.under.items()):
            if self.names_of(who) & leavers if leavers is not None else said.where not in ("card", "system"):
                del self.under[who]
                self.fresh.discard(who)
