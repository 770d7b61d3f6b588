"""What the conversation so far says about who speaks next: frames, topics, the character, the last reply."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from discretion.guard._frame_words import tokens, word_sets
from discretion.records import Frame
from discretion.text import Setting, fold

_READ_CHARACTERS = 4_000
"""How much of a reply or a card is read."""

_TOPIC_WORDS = 4_000
"""How many words of each topic are remembered."""

_CAPITALISED = re.compile(r"(?<![.!?*\"“] )(?<!^)\b[A-Z][a-z]{2,}")
_CARD_NAME = re.compile(r"\b[A-Z][a-z]{2,}")


_FORMS_KEPT = 4
"""Of how many replies the form is remembered."""


def _form(reply: str) -> str:
    return "acts" if "*" in reply else "quotes" if '"' in reply else "talks"


def _length_class(count: int) -> int:
    return min(6, count.bit_length())


class History:
    """One conversation's past, as features for the next message of the user. Keeps hashes, no words."""

    def __init__(self, setting: Setting) -> None:
        card = (setting.card or setting.system or "")[:_READ_CHARACTERS]
        names = " ".join(filter(None, (setting.character, card)))
        self.frames: list[Frame] = []
        self._counts: Counter[Frame] = Counter()
        self._card = tuple(dict.fromkeys(f"card:{t}" for _, t in tokens(fold(names[:200]).text)))
        self._card_names = frozenset(hash(n.lower()) for n in _CARD_NAME.findall(names))
        self._card_topic, _ = word_sets(fold(card).text, _READ_CHARACTERS)
        self._topics: dict[str, set[int]] = {
            "self": set(),
            "fiction": set(),
            "neutral": set(),
            "reply": set(),
        }
        self._names: set[int] = set()
        self._reply: tuple[str, ...] = ()
        self._reply_topic: frozenset[int] = frozenset()
        self._reply_names_card = False
        self._reply_forms: list[str] = []
        self._running: Frame | None = None
        self._run = 0

    @property
    def shows_scene(self) -> bool:
        """Whether one of the last replies acted or quoted."""
        return any(form != "talks" for form in self._reply_forms)

    def heard(self, text: str) -> None:
        """Take in a message of the other side."""
        text = text[:_READ_CHARACTERS]
        folded = fold(text).text
        found = [token for _, token in tokens(folded)]
        marks = "".join(mark for mark in '*"' if mark in text) + text.rstrip()[-1:].replace("*", "")
        features = {f"re:{token}" for token in found}
        if found:
            features.add(f"re:^ {found[0]}")
        features.update((f"re#marks {marks}", f"re#length{_length_class(len(found))}"))
        for before, token in pairwise(found):
            if before in ("*", '"', "you"):
                features.add(f"re:{before} {token}")
        self._reply = tuple(sorted(features))
        self._reply_forms = [*self._reply_forms[1 - _FORMS_KEPT :], _form(text)]
        self._reply_topic, words = word_sets(folded, _READ_CHARACTERS)
        self._reply_names_card = not self._card_names.isdisjoint(words)
        self._names.update(hash(name.lower()) for name in _CAPITALISED.findall(text))
        self._remember("reply", self._reply_topic)
        if self.frames and self.frames[-1] is not Frame.NEUTRAL:
            self._remember(self.frames[-1].value, self._reply_topic)

    def said(self, topic: frozenset[int], frame: Frame) -> None:
        """Take in a message of the user, once its frame is judged."""
        self.frames.append(frame)
        self._counts[frame] += 1
        self._remember(frame.value, topic)
        if frame is not Frame.NEUTRAL:
            self._run = self._run + 1 if frame is self._running else 1
            self._running = frame

    def _remember(self, topic: str, words: frozenset[int]) -> None:
        known = self._topics[topic]
        if len(known) < _TOPIC_WORDS:
            known.update(words)

    def _scene(self) -> Iterator[str]:
        """Whether story or life runs on, neutral lines left out, and whether the other side plays along."""
        if self._running is None:
            return
        running, reply = self._running.value[0], self._reply_forms[-1] if self._reply_forms else "none"
        yield f"runs:{running}"
        yield f"runs:{running}{min(self._run, 4)}"
        yield f"runs:{running} {reply}"
        yield f"was:{self.frames[-1].value[0]} {reply}"
        yield f"replies:{' '.join(self._reply_forms[-2:])}"
        yield f"replies act:{min(3, self._reply_forms.count('acts'))}"

    def features(self, topic: frozenset[int], words: frozenset[int]) -> Iterator[str]:
        """What the past says about a message with these topic words and these words (hashes)."""
        frames = self.frames
        if frames:
            said = [frame.value[0] for frame in frames[-3:]]
            count = len(frames)
            yield f"was:{said[-1]}"
            yield f"was:{''.join(said[-2:])}"
            yield f"was:{''.join(said[-3:])}"
            stories, lives = self._counts[Frame.FICTION], self._counts[Frame.SELF]
            yield f"stories:{min(stories, 4)}"
            yield f"lives:{min(lives, 4)}"
            yield f"stories/{int(4.99 * stories / count)}"
            yield f"lives/{int(4.99 * lives / count)}"
        yield from self._scene()
        yield f"turn:{min(len(frames), 6)}"
        yield from self._reply
        yield from self._card
        if not self._card_names.isdisjoint(words):
            yield "names:card"
        if self._reply_names_card:
            yield "names:card in reply"
        yield f"names:{min(2, len(self._names & words))}"
        for name, known in self._topics.items():
            yield f"topic:{name}{min(3, len(topic & known))}"
        yield f"topic:card{min(3, len(topic & self._card_topic))}"
        yield f"topic:last{min(3, len(topic & self._reply_topic))}"
        yield f"topic:new{min(5, len(topic - self._topics['reply']) // 2)}"
