"""Prompts as chat clients build them: what they tell of the user leaves as stand-ins, the story stays.

The shapes follow what the clients fill in (``{{user}}`` and ``{{char}}`` replaced); the people are invented.
"""

from __future__ import annotations

import json

import pytest
from tests.gateway.asked import of

from discretion.gateway._gatekeeper import Gatekeeper, Passed
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Settings
from discretion.gateway.wire import Endpoint, read_request

PROMPTS = [
    (
        "Write Elara's next reply in a fictional chat between Elara and Jessica.\n"
        "[Jessica is a 34-year-old nurse at Mercy General who lives in Tulsa with her husband Mike.]\n"
        "Elara is the captain of the airship Meridian. She grew up in Port Sorrow.\n"
        "[Scenario: Elara meets Jessica on the docks of Port Sorrow.]",
        "Jessica, Mercy General, Tulsa, Mike",
        "Elara, Meridian, Port Sorrow, 34-year-old nurse",
        "SillyTavern's main prompt, a persona without a heading, a scenario",
    ),
    (
        "You are Elara Voss, a smuggler from Ganymede.\n[User persona: Jessica Kowalski lives in Tulsa.]\n"
        "Elara hates Captain Marcus of the Meridian. Marcus once sank her ship near Boston.",
        "Jessica, Kowalski, Tulsa",
        "Elara Voss, Ganymede, Marcus, Meridian, Boston",
        "a heading in brackets ends with its bracket",
    ),
    (
        "## Character\nName: Elara\nAge: 40\nHome: Port Sorrow\n\n## User Persona\nName: Jessica Kowalski\n"
        "Age: 34\nHometown: Tulsa\nEmployer: Mercy General\nPets: a dog named Biscuit\n"
        "Birthday: March 3rd 1991\n\n## Scenario\nName: The Docks\n"
        "Elara waits in Port Sorrow for Grace Miller.",
        "Jessica, Kowalski, Tulsa, Mercy General, Biscuit, March 3rd 1991",
        "Elara, Port Sorrow, The Docks, Grace Miller",
        "RisuAI: sheets under headings",
    ),
    (
        "<system>Stay in character.</system>\n<Elara>Elara is a witch of Salem Hollow.</Elara>\n"
        "<UserPersona>\nJessica is a teacher at Oakfield High. She lives in Tulsa and has a cat named "
        "Pickle.\n</UserPersona>\n<scenario>Elara finds a stranger in her garden.</scenario>",
        "Jessica, Oakfield High, Tulsa, Pickle",
        "Elara, Salem Hollow, garden",
        "JanitorAI: tags",
    ),
    (
        "You are a helpful assistant. The user's name is Jessica Kowalski. Today is Tuesday, 25 November "
        "2026. The user is located in Tulsa, Oklahoma.",
        "Jessica, Kowalski, Tulsa",
        "helpful assistant, Tuesday, 25 November 2026",
        "Open WebUI: variables filled in",
    ),
    (
        "{{char}} is Elara. {{user}} is Jessica, who works at Mercy General in Tulsa. "
        "{{char}} sails to Lisbon.",
        "Jessica, Mercy General, Tulsa",
        "Elara, Lisbon, {{user}}, {{char}}",
        "macros that the client left as they are",
    ),
    (
        '{"spec": "chara_card_v2", "data": {"name": "Elara", "description": "Elara was born in Whitby.", '
        '"scenario": "Elara meets {{user}} in Whitby."}}',
        "",
        "Elara, Whitby, chara_card_v2",
        "a card as JSON, nobody real in it",
    ),
    (
        "Elara's Persona: Elara is a vampire from Prague, bitten by Lord Marcus.\n<START>\n"
        "Elara: *smiles* Welcome to Prague, traveller.\n{{user}}: hi\nElara: Call me Lady Grace.",
        "",
        "Elara, Prague, Marcus, Traveller, Grace",
        "Pygmalion: a character's persona and example dialogue",
    ),
    (
        "[Character: Elara; likes: rum]\n[About the user: Jessica, 34, from Tulsa, works for Mercy General]",
        "Jessica, Tulsa, Mercy General",
        "Elara, rum, 34",
        "notes in brackets",
    ),
    (
        "You are talking to Jessica. Elara is her friend. Jessica's sister Amanda lives in Denver.",
        "Jessica, Amanda, Denver",
        "Elara is her friend",
        "whom one talks to, and family",
    ),
    (
        "You are Marcus, Jessica's boyfriend. The user is Jessica. You live with her in Tulsa.",
        "Jessica",
        "Marcus, boyfriend",
        "the character is somebody to the user",
    ),
    (
        "You are Elara. You love the User. The User waits for Grace in Boston. You never speak for the User.",
        "",
        "Elara, User, Grace, Boston",
        "nobody's name",
    ),
    (
        "Write Elara's next reply in a fictional chat between Elara and User. "
        "Elara travels to Rome with Marcus.",
        "",
        "Elara, User, Rome, Marcus",
        "the client's default name",
    ),
    (
        "User Name: Jessica Kowalski\nUser Location: Tulsa\nLanguage: English",
        "Jessica, Kowalski, Tulsa",
        "Language: English",
        "keys that begin with user",
    ),
    (
        "Enter roleplay. Draft Elara's next line in a never-ending story between Jessica and Elara.\n"
        "Jessica grew up in Denver and studied at Oakfield University. Elara does not know Denver.",
        "Jessica, Oakfield University",
        "Elara",
        "both sides, the user first",
    ),
    (
        "Elara is the queen of Avalon.\n\nPersona: Jessica Kowalski, a barista at Birch & Bean, born on "
        "March 3rd 1991, posts as @jess_k_91.\n\nIn Avalon Arthur is dead and Morgana rules.",
        "Jessica, Kowalski, Birch & Bean, March 3rd 1991, @jess_k_91",
        "Elara, Avalon, Arthur, Morgana",
        "a persona in a paragraph of its own",
    ),
    (
        "[System note: keep replies short.]\n[Elara is from Port Sorrow. "
        "Write to Jessica at jess.k@mail.example.]",
        "jess.k@mail.example",
        "System note, Elara, Port Sorrow",
        "an address is found by its form, wherever it stands",
    ),
    (
        'Elara("captain", "Port Sorrow")\n[Jessica: name("Jessica Kowalski"), lives in("Tulsa")]\n'
        "User: Jessica",
        "Jessica, Kowalski, Tulsa",
        "Elara, Port Sorrow",
        "W++",
    ),
    (
        "Elara lives in Tulsa and works at Mercy General. She is 34. Her dog is called Biscuit.",
        "",
        "Elara, Tulsa, Mercy General, Biscuit",
        "a character's life is a story, however real it sounds",
    ),
    (
        "You are a helpful assistant.\nUser Context:\n1. [2026-03-01] User lives in Tulsa and works at Mercy "
        "General.\n2. [2026-04-01] User's dog is named Biscuit. 3. User's name is Jessica Kowalski.",
        "Tulsa, Mercy General, Biscuit, Jessica, Kowalski",
        "You are a helpful assistant, lives in, and works at",
        "Open WebUI's memory",
    ),
    (
        "Write Elara's next reply in a fictional chat between Elara and Jess.\n[Details of the world:\n"
        "Port Sorrow lies on the coast. Marcus rules it.\n]\nJess works nights at Mercy General. She has two "
        "kids, Tom and Lily, and a dog named Biscuit.\nElara loves Marcus and rum.\n[Example Chat]\n"
        "Jess: Who are you?\nElara: *smirks* Captain Elara Voss, of Lisbon.\n[Start a new Chat]",
        "Jess, Mercy General, Tom, Lily, Biscuit",
        "Port Sorrow, Marcus, Lisbon, Marcus and rum, Elara Voss",
        "SillyTavern's story string, with children in a list",
    ),
    (
        "You are Elara.\n[Write your next reply from the point of view of Jessica, using the chat history so "
        "far as a guideline for the writing style of Jessica. Don't write as Elara or system.]",
        "Jessica",
        "Elara",
        "SillyTavern's prompt for impersonation",
    ),
    (
        "Current date: 2026-11-25\nCurrent time: 22:40\nTimezone: Europe/Berlin\nYou are a pirate.",
        "",
        "2026-11-25, 22:40, Europe/Berlin, pirate",
        "clocks",
    ),
]


@pytest.mark.parametrize(("prompt", "gone", "kept", "reason"), PROMPTS, ids=[row[3] for row in PROMPTS])
def test_what_a_prompt_tells_of_the_user_stays_here(prompt: str, gone: str, kept: str, reason: str) -> None:
    gate = Gatekeeper(Keeping(Settings()))
    judged = gate.judge(
        of([{"role": "system", "content": prompt}, {"role": "user", "content": "good evening"}])
    )
    assert isinstance(judged, Passed), (reason, judged)
    left = json.loads(judged.body)["messages"][0]["content"]
    for value in filter(None, gone.split(", ")):
        assert value.casefold() not in left.casefold(), (reason, left)
    for value in filter(None, kept.split(", ")):
        assert value.casefold() in left.casefold(), (reason, left)
    assert judged.table.restore(left) == prompt, reason


def test_the_name_that_a_client_signs_messages_with_does_not_leave() -> None:
    gate = Gatekeeper(Keeping(Settings()))
    prompt = "Write Elara's next reply in a fictional chat between Elara, Marcus and Jessica."
    messages = [
        {"role": "system", "content": prompt},
        {"role": "user", "content": "Jessica: good evening all"},
        {"role": "assistant", "content": "Marcus: Note: the harbour sleeps, Jessica."},
        {"role": "user", "content": "Jessica: then we sail"},
    ]
    judged = gate.judge(of(messages))
    assert isinstance(judged, Passed)
    assert "Jessica" not in judged.body.decode()
    for kept in ("Elara", "Marcus", "Note"):
        assert kept in judged.body.decode()


def test_a_persona_in_a_prompt_of_one_string_is_nobodys_line() -> None:
    gate = Gatekeeper(Keeping(Settings()))
    prompt = (
        "Elara is a captain.\nJess's persona: Jess lives in Tulsa and works at Mercy General.\n***\n"
        "Elara: Welcome aboard.\nJess: hi\nElara:"
    )
    body = json.dumps({"model": "m", "prompt": prompt, "stop": ["\nJess:"]}).encode()
    judged = gate.judge(read_request(Endpoint.COMPLETIONS, body))
    assert isinstance(judged, Passed)
    left = json.loads(judged.body)["prompt"]
    for value in ("Jess", "Tulsa", "Mercy General"):
        assert value not in left
    assert "'s persona: " in left
    assert left.startswith("Elara is a captain.")
    assert judged.table.restore(left) == prompt


@pytest.mark.parametrize("prompt", ["You are a helpful assistant.", "You are ChatGPT, a model.", ""])
def test_a_plain_assistant_makes_no_scene_of_what_is_said(prompt: str) -> None:
    gate = Gatekeeper(Keeping(Settings()))
    said = "hi, my name is Jessica Kowalski and i live in Tulsa"
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": said}]
    judged = gate.judge(of(messages))
    assert isinstance(judged, Passed)
    for value in (b"Jessica", b"Kowalski", b"Tulsa"):
        assert value not in judged.body
