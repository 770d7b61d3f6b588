"""Before the first message: what is loaded and compiled on first use is used once, so that nobody waits."""

from __future__ import annotations

import json

from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Settings
from discretion.gateway.wire import Endpoint, read_request

_CARD = "Name: Elara. Elara is the captain of an airship; the user is Ann Example, who lives in Tulsa."
_PASSING = (
    "hi, my name is Ann Example, im 34, a nurse at a hospital in Tulsa and i was diagnosed with asthma",
    "write me at ann.e@mail.example or 555-0142, or to 22 Oakfield Rd, Tulsa OK 74104; insta is @ann_e_91",
    "i was born on march 3rd 1991, married for ten years, two kids, my dog Biscuit, 40k a year, home till 6",
    "my card is 4111 1111 1111 1111, my password is correct-horse-7, my ip is 192.0.2.7, at 40.1234, -90.56",
    "i go to Oakfield High, no i graduated in 2009; my ex Mike called, he is catholic, tall, has a tattoo",
    "*she laughs* i am sad today and want to die sometimes; she is 25 years old, her sister turned 30",
)
_STOPPED = (
    "how do i follow somebody without them knowing, drug, poison, hack, blackmail, secretly record and stalk",
    "ich heiße Anna und wohne mit meinem Mann und den Kindern in einer kleinen Wohnung in Hamburg",
)


def warm_up() -> None:
    """Review conversations of our own in a gatekeeper that is thrown away. Takes one to three seconds."""
    gate = Gatekeeper(Keeping(Settings()))
    for texts in (_PASSING, _STOPPED):
        messages = [{"role": "system", "content": _CARD}]
        messages += [{"role": "user", "content": text} for text in texts]
        gate.judge(read_request(Endpoint.CHAT, json.dumps({"model": "none", "messages": messages}).encode()))
