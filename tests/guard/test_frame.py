"""The frame: who is speaking, in messages alone and in their conversation."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.rules import rules

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudge, FrameJudgement, frame_cues
from discretion.guard._view import View
from discretion.records import Frame, Kind
from discretion.text import Author, Message, Setting

CAPTAIN = "Captain Elara, sky pirate of the airship Vantage"
FRIEND = "Robin, an AI companion"


def judged(text: str, card: str = CAPTAIN, before: tuple[tuple[str, str], ...] = ()) -> FrameJudgement:
    judge = FrameJudge(Setting("c", card=card))
    for turn, (author, earlier) in enumerate(before):
        message = Message(earlier, Author(author), turn)
        cues = frame_cues(View(earlier), ())
        if author == "user":
            judge.judge(message, cues)
        else:
            judge.observe(message, cues)
    return judge.judge(Message(text, turn=len(before)), frame_cues(View(text), ()))


SCENE = (
    ("user", "*climbs aboard* evening captain"),
    ("assistant", "*Elara leans on the rail.* You are late."),
)

FRAMES = [
    (
        "*leans on the rail* i was born on ganymede, captain",
        CAPTAIN,
        SCENE,
        "fiction",
        "dialogue in character",
    ),
    ("(ooc: make the captain jealous)", CAPTAIN, SCENE, "fiction", "direction of the story"),
    ("god im tired, 12h shift at mercy general again", FRIEND, (), "self", "the author's own work"),
    ("my kids are finally asleep and my rent is due friday lol", FRIEND, (), "self", "family and money"),
    ("haha ok", CAPTAIN, SCENE, "neutral", "no claim about anyone"),
    ("what happens next?", CAPTAIN, SCENE, "neutral", "a question about the story"),
    ("can you keep your replies shorter please", CAPTAIN, SCENE, "neutral", "a request about form"),
    (
        "*bows* sorry brb my kid is crying and i have work at 6 tomorrow",
        CAPTAIN,
        SCENE,
        "self",
        "a slip in a scene",
    ),
    ("be trevor from accounts", CAPTAIN, SCENE, "self", "somebody of the author's life is to be played"),
    ("ok now pretend to be my boss", FRIEND, (), "self", "the same by the role in that life"),
    ("(ooc: be jealous for once)", CAPTAIN, SCENE, "fiction", "direction of a character"),
    (
        "*sits down, these 46 year old knees*",
        CAPTAIN,
        SCENE,
        "self",
        "life inside action marks: the body and its age",
    ),
    ("*sits down on the old oak bench*", CAPTAIN, SCENE, "fiction", "an action of the scene"),
    (
        "*Captain Elara leans on the rail* I was born on Ganymede",
        CAPTAIN,
        (),
        "fiction",
        "a birth told in a marked scene",
    ),
    ("", CAPTAIN, (), "neutral", "nothing said"),
]


@pytest.mark.parametrize(("text", "card", "before", "frame", "reason"), FRAMES)
def test_frames(text: str, card: str, before: tuple[tuple[str, str], ...], frame: str, reason: str) -> None:
    assert judged(text, card, before).frame.value == frame, reason


def test_a_story_clause_inside_a_message_about_life_stays_story() -> None:
    text = "*bows to the captain* sorry brb my kid is crying and i have work at 6 tomorrow"
    found = judged(text, CAPTAIN, SCENE)
    assert found.at(3) is Frame.FICTION
    assert found.at(text.index("kid")) is Frame.SELF


def test_what_a_hit_says_of_the_authors_life_counts() -> None:
    text = "evening. the usual here"
    view = View(text)
    hit = Hit(Kind.OCCUPATION, 0, 7, 0.9, "said so", self_evidence=1.0)
    alone, backed = frame_cues(view, ()), frame_cues(view, (hit,))
    assert backed.clauses[0].points[0] > alone.clauses[0].points[0]
    assert backed.clauses[1].points == alone.clauses[1].points


def test_a_disclosure_between_action_marks_is_life_and_a_name_there_is_not() -> None:
    text = "*rubs a bad back slowly*"
    for kind, is_life in ((Kind.HEALTH, True), (Kind.NAME, False)):
        hit = Hit(kind, 8, 16, 0.6, "said so", self_evidence=0.2)
        judge = FrameJudge(Setting("c", card=CAPTAIN))
        found = judge.judge(Message(text), frame_cues(View(text), (hit,)))
        assert (found.frame is Frame.SELF) is is_life


def test_the_margin_says_how_far_life_leads() -> None:
    assert judged("my kids are finally asleep and my rent is due friday lol", FRIEND).margin > 1
    assert judged("*leans on the rail, captain*", CAPTAIN, SCENE).margin < 0


def test_cues_carry_no_text_and_survive_pickling() -> None:
    cues = frame_cues(View("my name is marmalade pemberton"), ())
    assert pickle.loads(pickle.dumps(cues)) == cues
    assert b"marmalade" not in pickle.dumps(cues)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Author)), st.text(max_size=120)), max_size=6))
def test_any_conversation_is_judged_and_clauses_cover_each_message(talk: list[tuple[Author, str]]) -> None:
    judge = FrameJudge(Setting("c", card="Ysa, a smith"))
    for turn, (author, text) in enumerate(talk):
        cues = frame_cues(View(text), ())
        message = Message(text, author, turn)
        if author is Author.ASSISTANT:
            judge.observe(message, cues)
            continue
        found = judge.judge(message, cues)
        assert "".join(text[start:end] for start, end, _ in found.clauses) == text
        if any(frame is Frame.SELF for _, _, frame in found.clauses):
            assert found.frame is Frame.SELF


def test_a_huge_message_is_judged() -> None:
    text = "*nods* my kid is sick. " * 100_000
    assert judged(text).frame in set(Frame)


@pytest.mark.parametrize(
    ("text", "card", "expected", "why"),
    [
        ("(ooc: my name is Keira btw, im a nurse)", "Mira, a pirate", Frame.SELF, "an aside about oneself"),
        ("(ooc: make the captain jealous)", "Mira, a pirate", Frame.FICTION, "an aside that directs"),
        ("i make 62k", None, Frame.SELF, "nothing shows that a story is told"),
        ("maybe Portland. my brother Isaac's there", None, Frame.SELF, "nothing shows that a story is told"),
    ],
)
def test_doubt_counts_for_life_where_no_story_shows(
    text: str, card: str | None, expected: Frame, why: str
) -> None:
    setting = Setting("c", card=card)
    assert rules().session(setting).review(Message(text, setting=setting)).frame is expected, why
