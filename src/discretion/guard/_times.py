"""Times and dates as people write them: clock times, days of the week, calendar dates."""

from __future__ import annotations

import re
from functools import cache

_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_WEEKDAY = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|"
    "fri|sat|sun"
)
_ORDINAL = (
    r"\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    "eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
    r"|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first"
)
CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.?|p\.m\.?)\b|\d{1,2}[:.]\d{2}\b|\d{1,2} "
    r"?h(?:\d{2})?\b"
    rf"|(?:half|quarter|twenty|ten|five)(?: past| to| after)? (?:{_HOUR_WORD}|\d{{1,2}})\b"
    rf"|(?:\d{{1,2}}|{_HOUR_WORD}) (?:o ?'?clock|in the (?:morning|evening|afternoon|night)|at night)\b"
    r"|noon\b|midnight\b|midday\b)"
)
"""A time of day that is one by its own form."""
HOUR = (
    rf"(?:{CLOCK}|(?:{_HOUR_WORD}|(?:[01]?\d|2[0-4]))\b(?! ?(?:%|percent|years?|yrs?|months?|weeks?|days?|"
    "hours?|hrs?|minutes?|mins?|of|dollars|bucks|quid|pounds|miles|km|people|kids|or|and a)))"
)
"""A time of day, or a bare hour where a word before it ("at", "till") makes it one."""
WEEKDAY = rf"(?:{_WEEKDAY})"
DAY = (
    rf"(?:(?:{_MONTH}) (?:the )?(?:{_ORDINAL}|\d{{1,2}}\b)(?:,? (?:19|20)\d\d)?|(?:the )?(?:{_ORDINAL}|"
    rf"\d{{1,2}}) (?:of )?(?:{_MONTH})\b(?:,? (?:19|20)\d\d)?"
    rf"|the (?:{_ORDINAL})\b(?! (?:of (?!{_MONTH})|time|floor|one|year|grade|thing|day|night|week|"
    "place|world|two|three|step|person|half|row|half|round|door|date|man|woman|boy|girl|guy|stent|"
    r"child|son|daughter|\w+(?:ing|ed)\b)))"
)
"""A day of the calendar: "9 May", "the ninth of may", "may 9th", "the 22nd"."""
YEARS = r"(?:(?:19[3-9]\d|20[0-3]\d)\b|'\d\d\b)"
MONTH = rf"(?:{_MONTH})"


@cache
def day() -> re.Pattern[str]:
    """A day of the calendar, with the weekday and the time beside it."""
    return re.compile(rf"(?<![\w-])(?:{WEEKDAY} )?{DAY}(?:,? (?:at )?{CLOCK})?")


@cache
def clock() -> re.Pattern[str]:
    """A time of day that is one by its own form."""
    return re.compile(rf"(?<![\w$£€.:/-])(?:{CLOCK})")
