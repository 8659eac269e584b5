"""From the award to what was kept: standstill, obligations, reports by phone, an officer's check, steps, sums."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import follow_up, planning
from kvar.procurement.breaches import steps_taken
from kvar.procurement.indicators import Kept, added_up, light, silent
from kvar.procurement.models import Award, Bid, Contract, LogLeaf, Obligation, Procurement

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
TODAY = date(2026, 7, 1)


@pytest.fixture
def awarded(planned: Callable[..., Procurement]) -> Award:
    """A procurement with a term, awarded to a firm that promised four jobs."""
    made = planned()
    planning.add_term(procurement=made, kind="labour", clause="Lön enligt avtal", risk="Låg", follow_up=TODAY)
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=30), price=LINEAR)
    firm = Organisation.objects.create(slug="firm", name="Firman", country="SE", place="9901", kind="firm")
    person = User.objects.create_user("boss", "boss@example.org", "x")
    add_member(organisation=firm, person=person, role="supplier")
    answers = {"m-jobs-target": {"text": "Fyra unga", "target": 4}, "m-internships": {"text": "Gärna"}}
    bid = Bid.objects.create(lot=made.lots.get(), bidder=firm, sha256="0" * 64, submitted=timezone.now(),
                             price=900_000_00, answers=answers)  # fmt: skip
    Procurement.objects.filter(pk=made.pk).update(phase="awarded")
    return Award.objects.create(
        lot=made.lots.get(), bid=bid, by=User.objects.get(username="officer"), at=timezone.now(), reasons="Bäst",
        may_sign=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip


@pytest.fixture
def contract(awarded: Award) -> Contract:
    officer = User.objects.get(username="officer")
    return follow_up.sign(award=awarded, by=officer, starts=date(2026, 1, 1), ends=date(2026, 12, 31))


def jobs(contract: Contract) -> Obligation:
    return Obligation.objects.get(contract=contract, kind="measure")


def refused(code: str, act: Callable[..., object], **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv")


def test_nothing_is_signed_during_the_standstill(awarded: Award) -> None:
    Award.objects.filter(pk=awarded.pk).update(may_sign=timezone.now() + timedelta(days=3))
    late = Award.objects.get(pk=awarded.pk)
    days = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    refused("procurement.sign.standstill", follow_up.sign, award=late, by=awarded.by, **days)
    refused(
        "procurement.sign.days", follow_up.sign, award=awarded, by=awarded.by, starts=TODAY, ends=date(2026, 6, 1)
    )


def test_promises_with_targets_and_terms_become_obligations(contract: Contract) -> None:
    found = {(item.kind, item.title): item for item in Obligation.objects.filter(contract=contract)}
    assert {kind for kind, _ in found} == {"measure", "labour"}
    assert jobs(contract).target == 4
    assert jobs(contract).unit == "persons"
    assert found["labour", "Lön enligt avtal"].due == TODAY
    assert Procurement.objects.get().phase == "contracted"


def test_only_what_an_officer_verified_counts(contract: Contract) -> None:
    boss, officer = User.objects.get(username="boss"), User.objects.get(username="officer")
    first = follow_up.report(obligation=jobs(contract), by=boss, period=202603, amount=2, note="Två unga började")
    assert follow_up.done(jobs(contract)) == 0
    follow_up.verify(report=first, by=officer, kept=True)
    second = follow_up.report(obligation=jobs(contract), by=boss, period=202606, amount=1)
    refused("procurement.score.reason", follow_up.verify, report=second, by=officer, kept=False)
    follow_up.verify(report=second, by=officer, kept=False, why="Underlag saknas")
    assert follow_up.done(jobs(contract)) == 2
    refused("procurement.report.checked", follow_up.verify, report=second, by=officer, kept=True)
    assert LogLeaf.objects.filter(text__contains='"kind":"verify"').count() == 2


def test_each_side_does_its_own_part(contract: Contract) -> None:
    boss, officer = User.objects.get(username="boss"), User.objects.get(username="officer")
    words = {"obligation": jobs(contract), "period": 202603, "amount": 1}
    refused("procurement.report.supplier", follow_up.report, by=officer, **words)
    refused("procurement.report.amount", follow_up.report, by=boss, **(words | {"period": 202613}))
    made = follow_up.report(by=boss, **words)
    refused("procurement.report.buyer", follow_up.verify, report=made, by=boss, kept=True)


def test_a_broken_promise_has_steps_with_reasons(contract: Contract) -> None:
    officer, item = User.objects.get(username="officer"), jobs(contract)
    assert follow_up.overdue([item], date(2027, 1, 1)) == [item]
    steps = [follow_up.next_step(obligation=item, by=officer, why="Inget gjort") for _ in range(3)]
    assert steps == ["reminder", "plan", "clause"]
    refused("procurement.step.last", follow_up.next_step, obligation=item, by=officer, why="Inget gjort")


@pytest.mark.parametrize(
    ("verified", "reports", "today", "told"),
    [
        (4, 1, TODAY, "kept"), (0, 0, TODAY, "not_reported"),
        (2, 1, TODAY, "on_the_way"), (1, 1, TODAY, "on_the_way"), (0, 1, TODAY, "behind"),
        (3, 2, date(2027, 1, 1), "broken"), (4, 2, date(2027, 1, 1), "kept"),
    ],
)  # fmt: skip
def test_lights(verified: int, reports: int, today: date, told: str) -> None:
    item = Kept("jobs", "persons", 4, verified, 0, reports, date(2026, 1, 1), date(2026, 12, 31))
    assert light(item, today) == told


def test_a_single_thing_is_not_late_before_its_day() -> None:
    item = Kept("visit", "check", 1, 0, 1, 1, date(2026, 1, 1), date(2026, 12, 31))
    assert light(item, date(2026, 12, 30)) == "on_the_way"
    assert light(item, date(2027, 1, 1)) == "broken"


@pytest.mark.parametrize(
    ("today", "months", "quarter"),
    [
        (date(2026, 6, 30), [], None), (date(2026, 7, 1), [], None), (date(2026, 10, 1), [], 20263),
        (date(2026, 10, 1), [202608], None), (date(2026, 10, 1), [202606, 202610], 20263),
        (date(2027, 1, 15), [202609], 20264), (date(2027, 3, 31), [202612], None), (date(2027, 7, 1), [202701], None),
    ],
)  # fmt: skip
def test_a_whole_quarter_of_the_contract_without_a_report_is_seen(
    today: date, months: list[int], quarter: int | None
) -> None:
    """The contract runs from June 2026 to May 2027: its first whole quarter is the third, its last the first."""
    assert silent(date(2026, 6, 1), date(2027, 5, 31), months, today) == quarter


def test_steps_taken_are_told_with_their_reasons(contract: Contract) -> None:
    officer, item = User.objects.get(username="officer"), jobs(contract)
    assert steps_taken([item]) == {}
    for why in ("Ingen rapport", "Ingen plan"):
        follow_up.next_step(obligation=item, by=officer, why=why)
    [taken] = steps_taken(list(Obligation.objects.all())).values()
    assert [(one.step, one.why) for one in taken] == [("reminder", "Ingen rapport"), ("plan", "Ingen plan")]


def test_sums_keep_units_apart_and_missing_is_not_zero() -> None:
    days = (date(2026, 1, 1), date(2026, 12, 31))
    rows = [Kept("jobs", "persons", 4, 2, 1, 2, *days), Kept("jobs", "hours", 100, 0, 0, 0, *days),
            Kept("jobs", "persons", 6, 6, 0, 1, *days)]  # fmt: skip
    assert [(s.unit, s.obligations, s.target, s.verified, s.reported) for s in added_up(rows)] == [
        ("hours", 1, 100, None, 0), ("persons", 2, 10, 8, 1),
    ]  # fmt: skip
