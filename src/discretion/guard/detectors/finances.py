"""The author's money: income, rent, debt, savings, benefits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._assertion import hit, is_denied, may_be_told, mentions_author, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER_WORDS = (
    rf"(?:a )?(?:{_ONES}|hundred|thousand|grand|million|lakh)s?\b"
    rf"(?:[ -](?:and |a |odd )?(?:{_ONES}|hundred|thousand|grand|million|lakhs?|half)\b){{0,7}}"
)
_UNIT = (
    r"(?:k\b|grand\b|dollars?\b|bucks\b|quid\b|pounds?\b|euros?\b|eur\b|usd\b|gbp\b|pesos?\b|reais\b|"
    r"real\b|rupees?\b|rs\b|naira\b|"
    r"shillings?\b|bob\b|ksh\b|kes\b|rand\b|zloty\b|kroner?\b|kr\b|francs?\b|dirhams?\b|riyals?\b|"
    r"dinars?\b|lakhs?\b|lpa\b|crores?\b|"
    r"million\b|thousand\b|hundred\b|baht\b|ringgit\b|yen\b|yuan\b|won\b|cents\b|p\b)"
)
_CURRENCY = (
    "(?:dollars|bucks|quid|pounds|euros?|pesos|reais|rupees|naira|shillings|bob|riyals|"
    r"dirhams?|francs|zloty|ringgit|baht)\b"
)
_MONEY = (
    r"(?:(?:[$£€₦₹₱¥]|\b(?:rs\.?|rm|r|kes|ngn|php|usd|eur|inr|zar|aed|chf|pln) ?)\d[\d,. "
    rf"]{{0,11}}\d?(?: ?{_UNIT})?"
    rf"|\b\d[\d,.]{{0,11}} ?{_UNIT}(?: ?{_UNIT})?|\b{_NUMBER_WORDS} ?{_UNIT}|\b\d[\d,. ]{{1,11}}\d\b|"
    rf"\b\d{{2,6}}\b|\b{_NUMBER_WORDS})"
)
_LARGE = (
    rf"(?:[$£€₦₹₱¥] ?\d[\d,.]{{2,11}}|\d[\d,.]{{2,11}} ?{_CURRENCY}|\d{{1,3}} ?(?:k|grand|lakhs?|"
    rf"million)\b(?: {_CURRENCY})?"
    rf"|{_NUMBER_WORDS} ?(?:{_CURRENCY}|grand\b|lakhs?\b))"
)
_PER = (
    "(?:an? (?:hour|hr|month|week|year|day|fortnight|shift|night|piece|trip)|per (?:hour|month|week|"
    "year|day|annum)|/ ?(?:hr|h|mo|wk|yr)|hourly|monthly|weekly|yearly|each|take ?home|net|gross|"
    "before tax|after tax|pcm|pw|in hand)"
)
_SOURCE = (
    "salary|wages?|pay|paycheck|paycheque|pension|stipend|benefit|disability|ssi|ssdi|social "
    "security|child support|alimony|maintenance|"
    "rent|mortgage|loans?|debt|overdraft|credit cards?|savings?|deposit|bills?|fees|tuition|"
    "instal?ments?|emi|remittance|allowance|"
    "universal credit|pip|jobseekers|unemployment|inheritance|bonus|tips|commission|tax return|bank "
    "balance|payout|settlement|compensation|gas bill|light bill"
)


# After a number these say that it counts no money.
_NO_MONEY = cues("finances", "no_money")
_WEIGHT = cues("finances", "weight")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    made = (
        (rf"({_MONEY} ?{_PER})(?!\w)", 0.65),
        (
            r"\b(?:earn|earned|earning|make|made|making|paid|pays?|paying|owe|owed|owing|owes|saved|save|"
            "savings of|lost|borrowed|cleared|bring home|take home|clear|get|got|gets|win|send|sent|charge|"
            "cost me|costs me|spent|rent is|rent of|salary is|salary of|worth|give back|behind by|down|"
            "only "
            "on|live on|living on|i'm on|im on) (?:us |me |about |around |like |over |only |roughly |"
            "still |"
            rf"them |him |her |just |up to |almost |nearly |the |some )*({_MONEY})(?!\w)",
            0.5,
        ),
        (
            rf"\b({_MONEY}(?: \w+)? (?:in|of|on|from|for|behind on) (?:my |the |our |student |credit card |"
            rf"personal |car |medical )*(?:{_SOURCE}))\b",
            0.6,
        ),
        (
            rf"\b((?:{_SOURCE})(?: \w+)?(?: is| was| went up to| are|,|:| of| at| came to| says)* (?:now |"
            rf"about |only |still |like |to )*{_MONEY})(?!\w)",
            0.6,
        ),
        (
            r"\b((?:\w+ )?(?:months?|weeks?|days|payments?) (?:behind|late|overdue|in arrears)(?: (?:on|"
            "with) "
            r"(?:the |my )?\w+)?|behind (?:on|with) (?:the |my |our )?(?:rent|bills|mortgage|payments|car|"
            r"electric|gas|loan|fees)|in arrears|(?:rent|bills|fees) (?:is|are) (?:late|overdue|due))\b",
            0.65,
        ),
        (
            r"\b(bankruptcy|bankrupt|insolvency|insolvent|chapter (?:7|11|13|seven|thirteen)|foreclosed|"
            "foreclosure|repossessed|repo'?d|evicted for|maxed out|payday loans?|overdraft|overdrawn|"
            "in debt|debt collectors?|collections agency|debt adviser|debt advisor|student loans?|back "
            "taxes|"
            r"credit score|garnish(?:ed|ing)|payment plan|cosigned|remortgaged|negative equity)\b",
            0.6,
        ),
        (
            r"\b(on (?:benefits|disability|food stamps|welfare|snap|the dole|ebt|universal credit|jsa|ssi|"
            "ssdi|pip|minimum wage|sick pay|half pay|hartz iv|centrelink)|food stamps|food bank|universal "
            "credit|state pension|war pension|disability check|ssdi|minimum wage|zero hours|sick pay|"
            r"pip)\b",
            0.55,
        ),
        (
            r"\b((?:cant|can't|cannot|couldnt|couldn't) (?:afford|pay|make) (?:the |my |our )?(?:rent|"
            "mortgage|bills|fees|loan|lawyer|deposit|electric)|no (?:money|savings|insurance)(?: for "
            r"\w+)?|"
            "living paycheck to paycheck|paycheck to paycheck|flat broke|dead broke|skint|account is "
            r"(?:empty|overdrawn)|(?:card|cards) (?:got )?declined)\b",
            0.55,
        ),
        (
            r"\b((?:lost|gambled(?: away)?|spent) (?:all )?(?:my|our) (?:\w+ )?(?:savings|deposit|pension|"
            r"paycheck|wages|tax return|redundancy))\b",
            0.65,
        ),
        (
            r"\b((?:mortgage|loan|car loan|rent|child support|alimony|pension|emi|remittance)(?: (?:is |"
            "until "
            r"|till |for |on |in )[^,.;!?\n]{1,25}))",
            0.4,
        ),
        (
            r"\b(?:have|got|and|with|pay|paying) (?:a|the|my|our) ((?:second )?mortgage|car loan|car note)\b",
            0.65,
        ),
        (rf"(?<![\w.,])({_LARGE})(?!\w)", 0.41),
    )
    return tuple((re.compile(p), c) for p, c in made)


_GATE = re.compile(
    r"[$£€₦₹₱¥]|\d{3}|\d,\d|\d ?k\b|hundred|thousand|grand\b|million|lakh|quid|bucks|dollar|"
    r"pounds|euro|cents|broke\b"
    r"|skint|behind|arrear|bankrupt|insolv|loan|debt|overdr|benefit|welfare|dole\b|pension|wage|"
    r"salary|stipend|rent\b"
    r"|mortgage|afford|savings|paycheck|credit|food stamps|food bank|ssdi|pip\b|emi\b|no money|"
    "chapter|an hour|a month"
    r"|a week|a year|an hr|paid|paying|deposit|fees|bills?\b|maxed|repo|remort|declined|sick "
    r"pay|child support|tips\b"
)


@detector("finances", {Kind.FINANCES}, Scope.LANGUAGE)
@of_life
def finances(view: View) -> Iterator[Hit]:
    """Sums with a rate or a source, arrears, debt, benefits, in clauses about the author."""
    words = view.words
    text = words.text
    if not _GATE.search(text) or not may_be_told(view):
        return
    others = people(view)
    taken: list[tuple[int, int]] = []
    for pattern, confidence in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            while start < end and not text[start].isalnum() and text[start] not in "$£€₦₹₱¥":
                start += 1
            i, j = words.at(start), words.at(end)
            if (
                i >= j
                or any(i < b and a < j for a, b in taken)
                or _is_no_sum(words.keys[i:j], text[start:end])
            ):
                continue
            who = speaker_of(words, i, others)
            if who == "other" and confidence < 0.65:
                continue
            if is_denied(words, i) or words.key(j) in _NO_MONEY or text[end : end + 1] == "%":
                continue
            if words.key(j - 1) in ("pounds", "k", "5k", "10k") and _is_no_cost(words, i):
                continue
            if (
                confidence < 0.5
                and who != "self"
                and not words.opens(i)
                and not mentions_author(words, i, j, 8)
            ):
                continue
            sure = confidence
            if who == "none" and confidence < 0.55 and not words.opens(i):
                sure = 0.35
            taken.append((i, j))
            span = view.given(min(start, words.words[i].start), words.words[j - 1].end)
            made = hit(view, Kind.FINANCES, (i, j), sure, "the author's money", 0.4)
            yield Hit(Kind.FINANCES, span.start, span.end, made.confidence, made.reason, made.self_evidence)


def _is_no_cost(words: Words, i: int) -> bool:
    """Whether pounds are a weight or a k is a run: "i lost 20 pounds", "run a 5k"."""
    return not _WEIGHT.isdisjoint(words.keys[max(0, i - 3) : i])


def _is_no_sum(keys: tuple[str, ...], text: str) -> bool:
    """Whether what looks like a sum is a bare small number, an article or a count."""
    if any(c in text for c in "$£€₦₹₱¥"):
        return False
    if all(key in ("a", "and", "half", "one", "odd") for key in keys):
        return True
    return len(keys) == 1 and (
        (keys[0].isdigit() and len(keys[0]) < 3)
        or keys[0] in ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "p")
    )
