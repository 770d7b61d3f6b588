"""Handles with an @, after a service's name, by shape, and links to a profile."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.username import username

FOUND = [
    ("follow @rosa.makes.rugs ok", "@rosa.makes.rugs", "the @ belongs to it"),
    ("my insta is rosamakesrugs", "rosamakesrugs", "after the service"),
    ("snap: rosa_r88", "rosa_r88", "after a colon"),
    ("ig - rosarugs", "rosarugs", "short name of the service"),
    ("discord rosa#4412", "rosa#4412", "with its number"),
    ("riot id plumrug#eu1", "plumrug#eu1", "with its tag"),
    ("im u/rosa_rugs on reddit", "u/rosa_rugs", "reddit"),
    ("add me on steam: grumpybadger9", "grumpybadger9", "asked to add"),
    ("my gamertag is GrumpyBadger", "GrumpyBadger", "named as such"),
    ("psn grumpy_badger9", "grumpy_badger9", "beside the service"),
    ("i post as quietloom_ on tiktok", "quietloom_", "the service after it"),
    ("im grumpy_badger on there", "grumpy_badger", "a handle's shape"),
    ("https://www.instagram.com/rosa.rugs", "https://www.instagram.com/rosa.rugs", "a link, whole"),
    ("t.me/rosarugs", "t.me/rosarugs", "a bare link"),
    ("rosarugs.tumblr.com", "rosarugs.tumblr.com", "a name before the service's domain"),
    ("cashapp $rosarugs", "$rosarugs", "payments"),
    ("switch friend code SW-0000-5550-1234", "SW-0000-5550-1234", "a friend code"),
    ("im wetrug underscore 7", "wetrug underscore 7", "in words"),
    ("my username is rosarugs not rosa", "rosarugs", "one word after its name"),
    ("its roundbed_84 on insta", "roundbed_84", "the service after it"),
    ("im on nextdoor as GardenGail", "GardenGail", "a board"),
    ("my tag in every game is mildshock_", "mildshock_", "a tag in games"),
    ("on twitch, look for plumrug77", "plumrug77", "figures at the end"),
]  # fmt: skip

NOT = [
    ("jess@mail.example", "an e-mail address"),
    ("see you @ home", "a place"),
    ("@5pm then", "a time"),
    ("@property\ndef a(self): ...", "a decorator"),
    ("@everyone wake up", "a call to all"),
    ("my insta is down again", "an outage"),
    ("discord is being weird", "a complaint"),
    ("my snap is full of cats", "what is on it"),
    ("follow me on my journey", "no handle"),
    ("it costs $50", "a price"),
    ("youtube.com/watch?v=abc123", "a video"),
    ("add me to the list", "a request"),
    ("_he smiles_ and _waves_", "action marks"),
    ("#blessed", "a hashtag"),
    ("and/or u/s", "a slash"),
    ("some_function(x)", "code"),
    ("his arm-chair in the shop", "no service"),
    ("twitter's non-natives", "of a service"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in username.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
