"""The frozen types that packages share."""

from discretion.records._disclosure import Disclosure, GivenField, Origin, PasswordGroup, Source
from discretion.records._errors import DiscretionError
from discretion.records._estimate import Advice, Estimate, FactShare, Population
from discretion.records._exposure import Exposure, ExposureReport, LearntFact, LeaveOut, Step
from discretion.records._finding import IDENTIFIERS, Finding, Frame, Kind, Severity
from discretion.records._leak import (
    PERSON,
    Action,
    Cited,
    Evidence,
    Harm,
    Leak,
    Link,
    Onlooker,
    Reach,
    Read,
    Strength,
)
from discretion.records._review import Limit, LimitReason, NotChecked, Review, Ruling, Verdict
from discretion.records._session import Session
from discretion.records._stand_in import Pair
from discretion.records._value import Value

__all__ = [
    "IDENTIFIERS",
    "PERSON",
    "Action",
    "Advice",
    "Cited",
    "Disclosure",
    "DiscretionError",
    "Estimate",
    "Evidence",
    "Exposure",
    "ExposureReport",
    "FactShare",
    "Finding",
    "Frame",
    "GivenField",
    "Harm",
    "Kind",
    "Leak",
    "LearntFact",
    "LeaveOut",
    "Limit",
    "LimitReason",
    "Link",
    "NotChecked",
    "Onlooker",
    "Origin",
    "Pair",
    "PasswordGroup",
    "Population",
    "Reach",
    "Read",
    "Review",
    "Ruling",
    "Session",
    "Severity",
    "Source",
    "Step",
    "Strength",
    "Value",
    "Verdict",
]
