"""The model as the guard uses it: one more detector, and the judge of the frame.

``model`` loads it on first use; ``Reading`` is what it made of one message, ``Conversation`` what was said
before, ``Answer`` what it says of a message there.
"""

from discretion.guard.reader._decode import READER
from discretion.guard.reader._reading import (
    FRAMES,
    LABELS,
    LIMITS,
    Answer,
    Conversation,
    Model,
    Reading,
    model,
)

__all__ = ["FRAMES", "LABELS", "LIMITS", "READER", "Answer", "Conversation", "Model", "Reading", "model"]
