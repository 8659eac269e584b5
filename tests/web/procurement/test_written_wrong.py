"""What is written wrong is told, never a server error or another amount than was kept."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.procurement.actions import drafting, evaluation, follow_up, measuring, planning
from kvar.procurement.models import Award, Procurement, Term
from kvar.procurement.months import check_month
from kvar.procurement.rules.clock import local
from kvar.procurement.views import planning_need


@pytest.fixture
def browser(officer: User, client: Client) -> Client:
    client.force_login(officer)
    return client


@pytest.mark.parametrize("weight", ["nan", "9e999999", "inf", "-1", "1e-9"])
def test_a_weight_that_is_no_number_is_told(
    planned: Callable[..., Procurement], browser: Client, weight: str
) -> None:
    words = {"price_weight": weight, "price_kind": "relative"}
    assert browser.post(reverse("plan-criteria", args=[planned().pk]), words).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_is_told(planned: Callable[..., Procurement], browser: Client, day: str) -> None:
    words = {"day": day, "time": "00:00" if day < "1" else "23:59", "where": "x", "invitation": "y"}
    answer = browser.post(reverse("plan-dialogue", args=[planned().pk]), words)
    assert answer.status_code in (302, 422)
    with pytest.raises(KvarError) as caught:
        local("0001-01-01T00:00", "SE")
    assert caught.value.code == "procurement.deadline.text"


def test_a_published_plan_is_not_changed_by_an_old_page(
    published: Procurement, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = Term.objects.create(procurement=published, kind="social", clause="x")
    answer = browser.post(reverse("plan-terms", args=[published.pk]), {"remove": term.pk})
    assert answer.status_code == 302
    assert Term.objects.filter(pk=term.pk).exists()
    monkeypatch.setattr(planning_need, "similar", lambda _: SimpleNamespace(most=100_00))
    assert browser.post(reverse("plan-need", args=[published.pk]), {"count": "1"}).status_code == 302
    published.refresh_from_db()
    assert published.similar == 0


def test_a_lot_with_too_long_a_name_is_told(planned: Callable[..., Procurement], browser: Client) -> None:
    made = planned()
    words = {"title": ["x" * 201], "value": ["1"], "reason": "y"}
    answer = browser.post(reverse("plan-lots", args=[made.pk]), words)
    assert answer.status_code == 422
    assert "200 tecken" in answer.content.decode()
    assert browser.post(reverse("plan-lots", args=[made.pk]), words | {"title": ["x" * 200]}).status_code == 302


def test_ore_are_kept_when_a_step_is_saved_again(planned: Callable[..., Procurement], browser: Client) -> None:
    made = planned(1_000_000_50, options=50_07)
    planning.divide(procurement=made, lots=[("norr", 500_000_25), ("söder", 500_000_25)], reason="")
    part = {"kind": "linear", "full_at": 1_01, "zero_at": 3_000_000_99, "floored": False}
    drafting.choose_price(procurement=made, price=part)
    for step, names in (("need", ("value", "options")), ("criteria", ("full_at", "zero_at"))):
        form = browser.get(reverse(f"plan-{step}", args=[made.pk])).context["form"]
        assert [form.fields[name].clean(form.initial[name]) for name in names] == (
            [1_000_000_50, 50_07] if step == "need" else [1_01, 3_000_000_99]
        )
    rows = browser.get(reverse("plan-lots", args=[made.pk])).context["rows"]
    words = {"title": [row[0] for row in rows], "value": [row[1] for row in rows], "reason": ""}
    assert browser.post(reverse("plan-lots", args=[made.pk]), words).status_code == 302
    assert list(made.lots.values_list("value", flat=True)) == [500_000_25, 500_000_25]


def test_only_months_of_the_contract_that_have_begun_are_reported(play: Any, officer: User) -> None:
    play.bid(0, 400_000_00)
    lot = play.open().lots.get()
    play.score_all()
    award = evaluation.award(lot=lot, by=officer, reasons="Först")
    Award.objects.update(may_sign=timezone.now())
    award.refresh_from_db()
    today = timezone.localdate()
    starts = today - timedelta(days=70)
    signed = follow_up.sign(award=award, by=officer, starts=starts, ends=today + timedelta(days=400))
    boss = User.objects.create_user("boss", "boss@example.org", "x")
    add_member(organisation=signed.supplier, person=boss, role="supplier")
    promise = signed.obligations.all()[0]
    later, before = today + timedelta(days=40), starts - timedelta(days=40)
    for day in (later, before, date(2206, 3, 1)):
        period = int(f"{day:%Y%m}")
        month = measuring.Month(period, 1, 2)
        for act in (
            lambda period=period: follow_up.report(obligation=promise, by=boss, period=period, amount=1),
            lambda month=month: measuring.measure(contract=signed, by=boss, kind="labour_terms", month=month),
        ):
            with pytest.raises(KvarError) as caught:
                act()
            assert caught.value.code == "procurement.report.outside"
            assert f"{starts:%Y-%m}" in caught.value.say("sv")
    check_month(signed, int(f"{today:%Y%m}"))
    assert follow_up.report(obligation=promise, by=boss, period=int(f"{starts:%Y%m}"), amount=1).pk
    signed.starts = today + timedelta(days=60)
    with pytest.raises(KvarError) as caught:
        check_month(signed, int(f"{signed.starts:%Y%m}"))
    assert caught.value.code == "procurement.report.early"
    assert f"{signed.starts:%Y-%m-%d}" in caught.value.say("sv")
