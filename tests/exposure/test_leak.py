"""The blast radius: what links, whom it reaches, who recognises, what follows, what to do, unknowns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import networkx as nx
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from discretion.exposure.leak import MOST_ACTIONS, graph, leak
from discretion.records import (
    PERSON,
    Disclosure,
    Estimate,
    FactShare,
    Frame,
    GivenField,
    Kind,
    Leak,
    Origin,
    PasswordGroup,
    Population,
    Severity,
    Source,
)

TODAY = date(2026, 11, 25)
AT = datetime(2026, 3, 1, 20, 15, tzinfo=UTC)
A, B, C, D = "a.example", "b.example", "c.example", "d.example"


def told(
    platform: str,
    kind: str,
    fact: str = "x",
    *,
    frame: Frame = Frame.SELF,
    severity: Severity = Severity.MEDIUM,
    own: bool = False,
    at: datetime | None = AT,
    is_value_kept: bool = True,
    number: int = 1,
) -> Disclosure:
    return Disclosure(
        platform, "", Kind(kind), frame, severity, Source.IMPORT, own, 2, at, at, AT, fact.encode(),
        is_value_kept=is_value_kept, number=number,
    )  # fmt: skip


def filled(
    platform: str,
    name: str,
    fact: str = "x",
    *,
    kind: str | None = None,
    origin: Origin = Origin.OWN,
    domain: str = "",
    way: str = "",
    label: str = "",
    number: int = 1,
) -> GivenField:
    return GivenField(
        platform,
        "",
        name,
        Kind(kind) if kind else None,
        origin,
        AT,
        fact.encode(),
        domain,
        way,
        label,
        number,
    )


def play(
    *rows: Disclosure | GivenField,
    platform: str = A,
    own: Sequence[tuple[Kind, bytes]] = (),
    passwords: Sequence[PasswordGroup] = (),
    estimate: Estimate | None = None,
    is_intimate: bool = True,
) -> Leak:
    return leak(
        platform,
        [one for one in rows if isinstance(one, Disclosure)],
        [one for one in rows if isinstance(one, GivenField)],
        own=own,
        passwords=passwords,
        estimate=estimate,
        today=TODAY,
        is_intimate=is_intimate,
    )


def counted(k: int | None, *bits: tuple[str, float], status: str = "estimated") -> Estimate:
    facts = tuple(FactShare(kind, "hidden", 0.1, one, "a table") for kind, one in bits)
    assert status in ("estimated", "singled_out", "not_checked")
    reason = None if k else "nothing fits"
    return Estimate(
        "estimated" if status == "estimated" else "singled_out" if status == "singled_out" else "not_checked",
        reason, k, k, k, 20.0, Population("world", 8_000_000_000, 2026), facts, (),
    )  # fmt: skip


def mail(platform: str, domain: str, fact: str) -> GivenField:
    return filled(platform, "email", fact, kind="email", origin=Origin.OTHER, domain=domain)


def common(*kinds: str) -> list[Disclosure]:
    return [told(platform, kind, kind) for platform in (A, B) for kind in kinds]


@pytest.mark.parametrize(
    ("rows", "basis", "strength", "why"),
    [
        ([told(A, "email"), told(B, "email")], "email", "certain", "one search for the address"),
        ([told(A, "phone"), told(B, "phone")], "phone", "certain", "one search for the number"),
        ([told(A, "username"), told(B, "username")], "username", "likely", "others may have the handle"),
        (
            [told(A, "name", severity=Severity.HIGH), told(B, "name", severity=Severity.HIGH)],
            "name_full", "likely", "a family name is in it",
        ),
        ([told(A, "name"), told(B, "name")], "name", "weak", "many are called so"),
        ([told(A, "date_of_birth"), told(B, "date_of_birth")], "date_of_birth", "weak", "one in a big town"),
        ([told(A, "email"), filled(B, "email", kind="email")], "email", "certain", "told and filled in"),
        (
            [filled(one, "username", kind="username", origin=Origin.PERSONA) for one in (A, B)],
            "username", "likely", "a persona used twice joins both accounts",
        ),
        ([mail(A, "kow.example", "1"), mail(B, "kow.example", "2")], "mail_domain", "likely", "own domain"),
        ([mail(A, "Kow.Example.", "1"), mail(B, "kow.example", "2")], "mail_domain", "likely", "same domain"),
        (
            [mail(A, "me.anonaddy.com", "1"), mail(B, "me.anonaddy.com", "2")],
            "mail_domain", "likely", "a subdomain of a shared service is one person's",
        ),
        ([filled(A, "payment", way="card"), filled(B, "payment", way="card")], "payment", "likely", "a card"),
        ([filled(A, "payment", way="crypto"), filled(B, "payment", way="crypto")], "payment", "weak", "many"),
        (
            [filled(A, "photo", "1", label="Garden"), filled(B, "photo", "2", label="garden ")],
            "photo", "likely", "the user calls it the same",
        ),
        (
            [filled(A, "security_answer"), filled(B, "security_answer")],
            "security_answer", "likely", "one answer at two accounts",
        ),
        (
            [filled(one, "security_answer", origin=Origin.PERSONA) for one in (A, B)],
            "security_answer", "likely", "an invented one, used twice, opens both as well",
        ),
        (common("age", "location", "pet"), "combination", "weak", "three kinds without numbers"),
        (common("age", "location", "pet", "health", "event"), "combination", "likely", "five kinds"),
        (
            [told(A, "age"), told(B, "age"), told(A, "pet"), filled(B, "note", kind="pet"),
             told(A, "event"), told(B, "event")],
            "combination", "weak", "one of the three was filled in",
        ),
    ],
)  # fmt: skip
def test_what_links_accounts(
    rows: list[Disclosure | GivenField], basis: str, strength: str, why: str
) -> None:
    found = play(*rows)
    link = next((one for one in found.links if one.basis == basis and {A, B} <= set(one.between)), None)
    assert link, why
    assert link.strength.value == strength, why
    assert B in {one.target for one in found.reaches}, why


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([told(A, "email", "1"), told(B, "email", "2")], "two addresses"),
        ([told(A, "age"), told(B, "age")], "one age is no combination"),
        ([filled(A, "security_answer", "1"), filled(B, "security_answer", "2")], "two different answers"),
        ([filled(A, "security_answer", "1"), filled(A, "security_answer", "2")], "all at one account"),
        ([told(A, "age"), told(B, "pet")], "the digest alone, not the kind"),
        ([mail(A, "gmail.com", "1"), mail(B, "gmail.com", "2")], "a big provider's domain"),
        ([mail(A, "duck.com", "1"), mail(B, "duck.com", "2")], "a shared alias service"),
        ([mail(A, "aleeas.com", "1"), mail(B, "aleeas.com", "2")], "a shared alias service"),
        ([mail(A, "", "1"), mail(B, "", "2")], "no domain noted"),
        ([filled(A, "payment", way="not_paid"), filled(B, "payment", way="not_paid")], "nothing was paid"),
        ([filled(A, "payment", "1", way="card"), filled(B, "payment", "2", way="card")], "another card"),
        ([filled(A, "photo", "1", origin=Origin.OTHER), filled(B, "photo", "2")], "two unnamed photos"),
        ([told(A, "health"), told(B, "health"), told(B, "pet")], "one kind in common"),
    ],
)
def test_what_links_no_accounts(rows: list[Disclosure | GivenField], why: str) -> None:
    assert not [one for one in play(*rows).links if {A, B} <= set(one.between)], why


def test_bits_decide_where_the_estimate_counts_all_equal_facts() -> None:
    rows = common("age", "location")
    assert not play(*rows).links, "two kinds, uncounted"
    weak = play(*rows, estimate=counted(5000, ("age", 4.0), ("location", 9.0)))
    assert [one.strength.value for one in weak.links] == ["weak"]
    likely = play(*rows, estimate=counted(5000, ("age", 4.0), ("location", 17.0)))
    assert [one.strength.value for one in likely.links] == ["likely"]


def test_accounts_with_the_same_combination_are_one_link() -> None:
    rows = [told(platform, kind, kind) for platform in (A, B, C) for kind in ("age", "pet", "event")]
    found = [one for one in play(*rows).links if one.basis == "combination"]
    assert [one.between for one in found] == [(A, B, C)]


@pytest.mark.parametrize(
    ("row", "own", "strength", "why"),
    [
        (filled(A, "email", kind="email"), (), "certain", "the real address was filled in"),
        (told(A, "email", own=True), (), "certain", "known as theirs when it was told"),
        (told(A, "email"), [(Kind.EMAIL, b"x")], "certain", "kept as theirs later"),
        (told(A, "email"), (), "likely", "told as their life"),
        (
            told(A, "email"),
            [(Kind.EMAIL, b"y")],
            "weak",
            "theirs is another one, so it may be somebody else's",
        ),
        (told(A, "email", frame=Frame.FICTION), (), None, "in a story and not theirs"),
        (filled(A, "email", kind="email", origin=Origin.PERSONA), (), None, "a persona's"),
        (filled(A, "email", kind="email", origin=Origin.OTHER), (), None, "nobody knows whose"),
        (told(A, "name", severity=Severity.HIGH, own=True), (), "certain", "the real full name"),
        (told(A, "name", severity=Severity.HIGH), (), "weak", "it may be an ex's"),
        (told(A, "name", severity=Severity.HIGH), [(Kind.NAME, b"y")], None, "not theirs"),
        (told(A, "name", own=True), (), "weak", "a first name alone"),
        (filled(A, "name", kind="name"), (), "likely", "a first name may be all that was filled in"),
        (filled(A, "card_holder", kind="name"), (), "certain", "a card bears a family name"),
        (told(A, "location", own=True), (), None, "where they live leads nowhere by itself"),
        (filled(A, "payment", way="card"), (), "likely", "a card has a legal name on it"),
        (filled(A, "payment", way="virtual_card"), (), "likely", "in most cases the name is on it too"),
        (filled(A, "payment", way="prepaid"), (), None, "no name on it"),
        (filled(A, "photo", label="me"), (), "likely", "their face"),
        (filled(A, "photo", label="cat", origin=Origin.OTHER), (), None, "somebody else's picture"),
    ],
)
def test_what_leads_to_the_person(
    row: Disclosure | GivenField, own: list[tuple[Kind, bytes]], strength: str | None, why: str
) -> None:
    person = [one for one in play(row, own=own).reaches if one.target == PERSON]
    assert [one.strength.value for one in person] == ([strength] if strength else []), why


@pytest.mark.parametrize(
    ("k", "status", "strength", "why"),
    [
        (1, "estimated", "likely", "nobody else fits"),
        (60, "estimated", "weak", "few fit"),
        (5000, "estimated", None, "too many fit"),
        (1, "singled_out", None, "a direct identifier is a link of its own"),
        (None, "not_checked", None, "no number"),
    ],
)
def test_few_people_lead_to_the_person(k: int | None, status: str, strength: str | None, why: str) -> None:
    found = play(told(A, "age"), estimate=counted(k, ("age", 6.0), status=status))
    person = [one.strength.value for one in found.reaches if one.target == PERSON]
    assert person == ([strength] if strength else []), why


def test_the_leak_reaches_a_real_name_over_another_account() -> None:
    found = play(
        filled(A, "email", "m", kind="email", origin=Origin.OTHER),
        filled(B, "email", "m", kind="email", origin=Origin.OTHER),
        told(B, "name", "n", severity=Severity.HIGH, own=True),
        told(C, "name", "n", severity=Severity.HIGH, own=True),
    )
    reaches = {one.target: one for one in found.reaches}
    assert reaches[PERSON].path == (A, B, PERSON)
    assert reaches[PERSON].strength.value == "certain"
    assert reaches[PERSON].words == (
        "a.example and b.example share the same e-mail address; b.example leads to you by the full name."
    )
    assert reaches[C].path == (A, B, C)
    for reach in found.reaches:
        for step, (one, other) in zip(
            reach.links, zip(reach.path, reach.path[1:], strict=False), strict=True
        ):
            assert {one, other} <= set(found.links[step].between)


def test_the_surest_chain_counts_even_if_it_is_longer() -> None:
    found = play(
        told(A, "date_of_birth", "d"), told(C, "date_of_birth", "d"),
        told(A, "email", "1"), told(B, "email", "1"), told(B, "phone", "2"), told(C, "phone", "2"),
    )  # fmt: skip
    reach = next(one for one in found.reaches if one.target == C)
    assert (reach.strength.value, reach.path) == ("certain", (A, B, C))


def test_from_the_person_onwards_nothing_is_certain() -> None:
    """Whoever learns a name has not got the other accounts yet."""
    found = play(told(A, "name", severity=Severity.HIGH, own=True), filled(B, "phone", "p", kind="phone"))
    assert [(one.target, one.strength.value) for one in found.reaches] == [
        (PERSON, "certain"),
        (B, "likely"),
    ]
    assert {one.id: one.level.value for one in found.harms}["joined"] == "medium"


def test_what_was_told_in_stories_alone_threatens_nobody() -> None:
    kinds = ("email", "street_address", "health", "secret", "workplace", "occupation")
    found = play(*(told(A, kind, frame=Frame.FICTION, severity=Severity.HIGH) for kind in kinds))
    assert len(found.reads) == len(kinds)
    assert (found.onlookers, found.harms, found.actions) == ((), (), ())
    true = play(told(A, "street_address", frame=Frame.FICTION), own=[(Kind.STREET_ADDRESS, b"x")])
    assert "stalking" in {one.id for one in true.harms}


def test_a_picture_that_is_nobodys_is_no_photo_of_the_user() -> None:
    cat = [filled(one, "photo", label="cat", origin=Origin.OTHER) for one in (A, B)]
    found = play(*cat)
    assert {one.basis for one in found.links} == {"photo"}
    assert "picture" not in {one.id for one in found.onlookers}
    assert not {"extortion", "doxxing"} & {one.id for one in found.harms}


def test_every_harm_that_is_named_has_something_to_do() -> None:
    found = play(filled(A, "email", kind="email", origin=Origin.PERSONA))
    assert [one.id for one in found.harms] == ["credential_stuffing"]
    assert [one.id for one in found.actions] == ["own_password"]


def test_what_does_not_hang_together_with_the_platform_is_left_out() -> None:
    found = play(told(A, "age"), told(B, "email", "1"), told(C, "email", "1"))
    assert (found.links, found.reaches) == ((), ())


def test_a_password_joins_and_what_was_not_looked_at_is_said() -> None:
    bare = play(told(A, "age"))
    assert "passwords used twice" in {one.what for one in bare.not_checked}
    found = play(told(A, "age"), passwords=[PasswordGroup((A, D))])
    assert [(one.basis, one.between) for one in found.links] == [("password", (A, D))]
    assert "passwords used twice" not in {one.what for one in found.not_checked}
    assert found.harms[0].id == "credential_stuffing"
    assert found.actions[0].id == "change_password"


@pytest.mark.parametrize(
    ("rows", "estimate", "what", "why"),
    [
        ((), None, "what was told there", "nothing imported"),
        ((told(A, "age"),), None, "what was filled in there", "no given field"),
        ((told(A, "age"),), None, "which of it is truly yours", "no own facts"),
        ((told(A, "age", at=None),), None, "when some of it was told", "no times in the export"),
        ((told(A, "age", is_value_kept=False),), None, "how rare what was told is", "digests only"),
        ((told(A, "age"),), None, "how rare what was told is", "no estimate"),
        ((told(A, "age"),), counted(None, status="not_checked"), "how rare what was told is", "no number"),
        ((told(A, "age"),), counted(7), "what the platform gathers by itself", "never known"),
    ],
)
def test_what_is_unknown_is_said(
    rows: tuple[Disclosure, ...], estimate: Estimate | None, what: str, why: str
) -> None:
    lacks = {one.what: one.reason for one in play(*rows, estimate=estimate).not_checked}
    assert lacks.get(what), why


@pytest.mark.parametrize(
    ("personas", "is_said", "why"),
    [
        (("", ""), False, "no persona"),
        (("Harbor", ""), False, "one, and what was noted without any"),
        (("Harbor", "Harbor"), False, "the same one"),
        (("Harbor", "Desk"), True, "two on one platform"),
    ],
)
def test_two_personas_on_one_platform_are_said_to_be_one_account(
    personas: tuple[str, str], is_said: bool, why: str
) -> None:
    first = replace(told(A, "age"), persona=personas[0])
    second = replace(filled(A, "username", "h", kind="username"), persona=personas[1])
    lacks = {one.what for one in play(first, second).not_checked}
    assert ("each persona's account there by itself" in lacks) is is_said, why
    elsewhere = {one.what for one in play(first, second, told(B, "age"), platform=B).not_checked}
    assert "each persona's account there by itself" not in elsewhere


def test_equal_answers_at_the_same_accounts_are_one_link_and_a_harm() -> None:
    found = play(*(filled(one, "security_answer", text) for one in (A, B) for text in ("1", "2")))
    (link,) = (one for one in found.links if one.basis == "security_answer")
    assert (link.facts, link.between) == (2, (A, B))
    assert next(one for one in found.harms if one.id == "recovery").level is Severity.HIGH
    assert "questions" in {one.id for one in found.actions}


def test_an_unknown_platform_says_what_is_not_known() -> None:
    found = play(told(B, "email"), platform="nowhere.example")
    assert not found.is_known
    assert (found.reads, found.links, found.reaches, found.harms) == ((), (), (), ())
    assert len(found.not_checked) >= 3


def test_reads_are_the_worst_first_and_the_invented_last() -> None:
    found = play(
        told(A, "age", number=3),
        told(A, "secret", "s", severity=Severity.CRITICAL, number=2),
        told(A, "age", "y", frame=Frame.FICTION, at=datetime(2024, 1, 1, tzinfo=UTC), number=1),
        filled(A, "username", "h", kind="username", origin=Origin.PERSONA, number=9),
        filled(A, "email", "e", kind="email", number=4),
        told(B, "health", number=8),
    )
    assert [(one.name, one.severity.value, one.is_invented) for one in found.reads] == [
        ("secret", "critical", False),
        ("email", "high", False),
        ("age", "medium", False),
        ("username", "low", True),
    ]
    age = found.reads[2]
    assert (age.times, age.facts, age.given) == (4, 2, 0)
    assert age.frames == ((Frame.SELF, 2), (Frame.FICTION, 2))
    assert age.evidence.disclosures == (1, 3)
    assert age.first_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert age.last_at == AT


@pytest.mark.parametrize(
    ("rows", "who", "harm", "level", "why"),
    [
        ([told(A, "workplace"), told(A, "occupation")], "colleagues", "employer", "medium", "they know who"),
        (
            [told(A, "workplace"), told(A, "name", severity=Severity.HIGH, own=True)],
            "colleagues", "employer", "high", "it leads to the person too",
        ),
        ([told(A, "pet"), told(A, "location")], "neighbours", None, None, "they see the animal"),
        ([told(A, "family"), told(A, "age")], "family", "partner", "medium", "nobody else has these"),
        ([told(A, "username")], "elsewhere", None, None, "they know the handle"),
        ([filled(A, "photo", label="me")], "picture", "extortion", "high", "pictures are recognised"),
        ([filled(A, "email", kind="email")], "strangers", "extortion", "critical", "no acquaintance needed"),
        ([told(A, "routine"), told(A, "workplace")], "colleagues", "stalking", "high", "where and when"),
        ([told(A, "orientation"), told(A, "family"), told(A, "age")], "family", "outing", "high", ""),
        ([told(A, "government_id")], "strangers", "identity_theft", "critical", "nobody else has it"),
        ([told(A, "secret", severity=Severity.CRITICAL)], None, "credential_stuffing", "high", "it is tried"),
        ([told(A, "payment_card", severity=Severity.CRITICAL)], None, "money", "high", "a card number"),
        ([told(A, "pet"), told(A, "education")], None, "recovery", "medium", "security questions"),
        ([told(A, "email", "1"), told(B, "email", "1")], None, "joined", "high", "two halves become one"),
    ],
)  # fmt: skip
def test_who_recognises_and_what_follows(
    rows: list[Disclosure | GivenField], who: str | None, harm: str | None, level: str | None, why: str
) -> None:
    found = play(*rows)
    assert who is None or who in {one.id for one in found.onlookers}, why
    levels = {one.id: one.level.value for one in found.harms}
    assert harm is None or levels.get(harm) == level, why


def test_what_a_persona_was_given_is_nobodys() -> None:
    found = play(
        filled(A, "name", "n", kind="name", origin=Origin.PERSONA),
        filled(A, "location", "l", kind="location", origin=Origin.PERSONA),
        told(A, "name", "n", frame=Frame.SELF, severity=Severity.HIGH),
    )
    assert all(one.is_invented for one in found.reads)
    assert (found.reaches, found.onlookers, found.harms, found.actions) == ((), (), (), ())


def test_a_gender_is_not_invented_because_a_persona_has_it() -> None:
    found = play(
        told(A, "gender", "woman"), filled(B, "gender", "woman", kind="gender", origin=Origin.PERSONA)
    )
    assert [(one.name, one.is_invented) for one in found.reads] == [("gender", False)]


def test_everyday_chats_threaten_nobody() -> None:
    row = filled(A, "email", kind="email")
    assert "extortion" in {one.id for one in play(row).harms}
    assert "extortion" not in {one.id for one in play(row, is_intimate=False).harms}


def test_actions_are_few_ordered_and_answer_what_was_found() -> None:
    kinds = [kind.value for kind in Kind]
    found = play(
        *(told(A, kind, kind, own=True) for kind in kinds),
        *(told(B, kind, kind) for kind in kinds),
        filled(A, "email", kind="email"), filled(A, "payment", way="card"), filled(A, "photo", label="me"),
        passwords=[PasswordGroup((A, B))],
    )  # fmt: skip
    assert len(found.actions) == MOST_ACTIONS
    whens = [one.when for one in found.actions]
    assert whens == sorted(whens, reverse=True), "today before after"
    assert {"today", "after"} == set(whens)
    harms = {one.id for one in found.harms}
    assert all(one.because and set(one.harms) <= harms for one in found.actions)
    pay = next(one for one in found.actions if one.id == "not_pay")
    assert all(claim.source.startswith("http") and claim.quote for claim in pay.claims)


def test_the_graph_is_bipartite_and_survives_its_node_link_data() -> None:
    found = play(told(A, "email", own=True), told(B, "email"), told(A, "phone", "p"), told(C, "phone", "p"))
    made = graph(found)
    assert nx.is_bipartite(made)
    assert made.nodes[f"platform:{A}"]["is_leaked"]
    again = nx.node_link_graph(nx.node_link_data(made, edges="edges"), edges="edges")
    assert nx.utils.graphs_equal(made, again)


MARKED = st.binary(min_size=8, max_size=8).map(lambda raw: b"MARK" + raw)
KINDS = st.sampled_from([kind.value for kind in Kind])
PLATFORMS = st.sampled_from([A, B, C])


@given_any(
    rows=st.lists(st.tuples(PLATFORMS, KINDS, MARKED, st.booleans()), max_size=12),
    fields=st.lists(st.tuples(PLATFORMS, st.sampled_from(list(Origin)), MARKED), max_size=6),
)
def test_no_digest_label_or_domain_reaches_the_answer(
    rows: list[tuple[str, str, bytes, bool]], fields: list[tuple[str, Origin, bytes]]
) -> None:
    disclosures = [
        Disclosure(one, "", Kind(kind), Frame.SELF, Severity.HIGH, Source.IMPORT, own, 1, AT, AT, AT, digest)
        for one, kind, digest, own in rows
    ]
    given = [
        GivenField(one, "", "photo", Kind.EMAIL, origin, AT, digest, "MARK.example", "card", "MARKED label")
        for one, origin, digest in fields
    ]
    found = leak(A, disclosures, given, own=[(Kind.AGE, b"MARKown")], today=TODAY)
    assert "MARK" not in repr(found)
    assert leak(A, disclosures, given, own=[(Kind.AGE, b"MARKown")], today=TODAY) == found
