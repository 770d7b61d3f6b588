"""The three limits and the signs of a crisis.

``limit_cues`` reads one message alone (so that it can run on any core); ``LimitJudge`` keeps the register of
participants of one conversation and decides. Inside: ``mentions`` finds where an age is stated, ``roles``
whom it is about, ``register`` keeps who is in the scene, ``decision`` is the table; ``real_person``,
``crime`` and ``crisis`` each read one subject.
"""

from discretion.guard.limits._cues import LimitCues, LimitJudgement
from discretion.guard.limits._judge import LimitJudge
from discretion.guard.limits._read import limit_cues

__all__ = ["LimitCues", "LimitJudge", "LimitJudgement", "limit_cues"]
