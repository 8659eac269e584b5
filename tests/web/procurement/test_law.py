"""What the law says of a plan that is kept: the buyer's kind and the local day decide, not what was first written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers, drafting, evaluation, follow_up, planning
from kvar.procurement.award_report import letter_pdf
from kvar.procurement.law import followed
from kvar.procurement.models import Procurement, Question
from kvar.procurement.residents import grounds
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.low_price import PARAGRAPH
from kvar.procurement.rules.model import frozen, light_price
from kvar.procurement.rules.need import Need
from kvar.procurement.similar import similar


def test_a_central_authority_stays_one(buyer: Organisation, officer: User, client: Client) -> None:
    client.force_login(officer)
    words = {"title": "Stolar", "text": "x", "kind": "goods", "value": "2 000 000", "buyer": "central"}
    client.post(reverse("plan-new", args=[buyer.slug]), words)
    made = Procurement.objects.get(title="Stolar")
    assert answer(made.as_need()).regime == "eu"
    assert made.route == "open"
    page = client.get(reverse("plan-need", args=[made.pk])).content.decode()
    assert '<option value="central" selected>' in page
    client.post(reverse("plan-need", args=[made.pk]), words | {"buyer": "subcentral"})
    made.refresh_from_db()
    assert answer(made.as_need()).regime == "national"


def test_leased_goods_keep_the_value_of_the_whole_term(buyer: Organisation, officer: User) -> None:
    need = Need("SE", "subcentral", "goods", timezone.localdate(), monthly=12_000_00, months=60)
    made = planning.plan(organisation=buyer, by=officer, title="Bilar", text="x", need=need)
    assert made.value == 720_000_00
    drafting.rewrite(procurement=made, title="Bilar", text="x", need=Need(
        "SE", "subcentral", "goods", timezone.localdate(), monthly=12_000_00, months=60, residual=80_000_00,
    ))  # fmt: skip
    assert made.value == 800_000_00


def test_the_day_is_the_local_one(planned: Callable[..., Procurement]) -> None:
    made = planned()
    made.published = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)  # 00:30 on 4 May in Stockholm
    assert made.as_need().day == date(2026, 5, 4)
    made.organisation.country = "GB"
    assert made.as_need().day == date(2026, 5, 3)


def test_a_draft_is_measured_by_the_limits_of_today(planned: Callable[..., Procurement]) -> None:
    made = planned()
    made.created = datetime(2023, 2, 1, tzinfo=UTC)
    made.save()
    assert made.as_need().day == timezone.localdate()
    assert similar(made) is None


def test_the_shortest_time_runs_from_the_local_day(
    planned: Callable[..., Procurement], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planned(4_000_000_00)
    made.undivided_reason = "En helhet"
    made.save()
    now = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    words: dict[str, Any] = {"procurement": made, "route": "open", "price": {"kind": "relative"}}
    with pytest.raises(KvarError) as caught:
        planning.publish(deadline=datetime(2026, 6, 7, 10, tzinfo=UTC), **words)
    assert caught.value.code == "procurement.deadline.too_soon"
    planning.publish(deadline=datetime(2026, 6, 8, 10, tzinfo=UTC) + timedelta(hours=1), **words)
    made.refresh_from_db()
    assert made.phase == "published"


def test_a_question_in_a_direct_procurement_of_three_days_is_answered(
    buyer: Organisation, officer: User, client: Client
) -> None:
    need = Need("SE", "subcentral", "services", timezone.localdate(), 100_000_00, "90910000")
    made = planning.plan(organisation=buyer, by=officer, title="Liten", text="x", need=need)
    price = {"slug": "price", "kind": "price", "title": "Pris", "weight": 10_000}
    planning.choose_criteria(procurement=made, rows=[price])
    deadline = timezone.now() + timedelta(days=3)
    planning.publish(procurement=made, route="direct", deadline=deadline, price={"kind": "relative"})
    asked = answers.ask(procurement=made, asker=None, text="När?")
    client.force_login(officer)
    assert "inget bestämt antal dagar" in client.get(reverse("plan-questions", args=[made.pk])).content.decode()
    answers.reply(question=asked, text="I juni")
    assert Question.objects.get().answer == "I juni"


def test_a_late_answer_cites_the_paragraphs_of_the_way(published: Procurement) -> None:
    asked = answers.ask(procurement=published, asker=None, text="När?")
    Procurement.objects.filter(pk=published.pk).update(deadline=timezone.now() + timedelta(days=5))
    asked.refresh_from_db()
    with pytest.raises(KvarError) as caught:
        answers.reply(question=asked, text="I juni")
    assert "LOU 19:13, 19:14" in caught.value.say("sv")
    assert "6 days" in caught.value.say("en")


def test_an_urgent_purchase_is_not_held_to_chapter_19(published: Procurement) -> None:
    published.route, published.facts = "direct_urgent", ["urgent_unforeseen"]
    assert answer(published.as_need(), published.route).regime == "national"
    assert followed(published) == "direct"
    assert PARAGRAPH.get(followed(published), "") == ""


def test_the_standstill_tells_the_first_day_on_which_a_contract_may_be_signed(play: Any, officer: User) -> None:
    play.bid(0, 400_000_00)
    lot = play.open().lots.get()
    play.score_all()
    made = evaluation.award(lot=lot, by=officer, reasons="Först")
    first = timezone.localtime(made.may_sign).date()
    with pytest.raises(KvarError) as caught:
        follow_up.sign(award=made, by=officer, starts=first, ends=first)
    assert f"tidigast {first}" in caught.value.say("sv")
    assert f"{first} at the earliest" in caught.value.say("en")


ROWS = [{"slug": "price", "kind": "price", "weight": 4000, "scale": ""},
        {"slug": "q", "kind": "quality", "weight": 6000, "scale": "points"}]  # fmt: skip


def test_a_price_that_hardly_counts_is_refused_or_told() -> None:
    day, worth = date(2026, 5, 1), 2_000_000_00
    price = {"kind": "linear", "full_at": 0, "zero_at": 10 * worth, "floored": False}
    assert frozen(ROWS, price, worth=worth, day=day)["price_weight"] == "40"
    with pytest.raises(KvarError) as caught:
        frozen(ROWS, price | {"zero_at": 10 * worth + 1}, worth=worth, day=day)
    assert caught.value.code == "procurement.model.wide"
    assert "20000000" in caught.value.say("sv").replace("\N{NO-BREAK SPACE}", "")
    assert light_price(ROWS, day) is None
    assert light_price([{"kind": "price", "weight": 1}], day) == 10


def test_a_plan_tells_that_its_price_weighs_next_to_nothing(
    planned: Callable[..., Procurement], officer: User, client: Client
) -> None:
    made = planned()
    made.criteria.filter(kind="price").update(weight=1)
    made.criteria.filter(slug="quality").update(weight=7999)
    client.force_login(officer)
    for step in ("criteria", "publish"):
        assert "mindre än 10 procent" in client.get(reverse(f"plan-{step}", args=[made.pk])).content.decode()
    planning.choose_criteria(procurement=made, rows=[{"slug": "price", "kind": "price", "weight": 8000}])
    assert "mindre än 10 procent" not in client.get(reverse("plan-publish", args=[made.pk])).content.decode()


def test_an_english_award_cites_its_own_act(play: Any, officer: User, client: Client) -> None:
    play.bid(0, 400_000_00)
    lot = play.open().lots.get()
    play.score_all()
    Organisation.objects.filter(slug="ours").update(country="GB", place="E1")
    Procurement.objects.update(route="open", value=5_000_000_00)
    lot = type(lot).objects.get()
    made = evaluation.award(lot=lot, by=officer, reasons="First")
    client.force_login(officer)
    for name in ("bid-award", "follow-up"):
        page = client.get(reverse(name, args=[lot.procurement_id])).content.decode()
        assert "PA 2023 s. 51" in page
        assert "bank holidays" in page
        assert "20 kap. 1" not in page
        assert "LOU 20:1" not in page
    assert letter_pdf(made, made.bid, "en").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("value", "route", "cited"), [(1_000_000_00, "advertised", "19 kap. 2"), (4_000_000_00, "open", "16 kap. 2")]
)
def test_what_a_step_teaches_is_cited_by_the_regime_that_is_followed(
    planned: Callable[..., Procurement], officer: User, client: Client, value: int, route: str, cited: str
) -> None:
    made = planned(value)
    assert followed(made) == ("national" if route == "advertised" else "eu")
    client.force_login(officer)
    learn = {}
    for step in ("dialogue", "criteria", "terms", "residents"):
        page = client.get(reverse(f"plan-{step}", args=[made.pk])).content.decode()
        learn[step] = page.split('<section class="learn">')[1].split("</section>")[0]
        assert ("19 kap." in learn[step]) == (route == "advertised")
    assert cited in learn["criteria"]


def test_a_published_refusal_cites_the_regime_that_is_followed(planned: Callable[..., Procurement]) -> None:
    def cites(made: Procurement) -> dict[str, tuple[str, ...]]:
        return {ground.id: ground.cites for ground in grounds(made)}

    assert cites(planned()) == dict.fromkeys(("local", "origin", "company", "disproportionate"), ("19:2",))
    large = planned(4_000_000_00)
    assert cites(large)["origin"] == ("9:6",)
    assert cites(large)["company"] == ("16:2", "17:1")
    large.value, large.route = 500_000_00, "direct"
    assert cites(large)["local"] == ("19a:8",)


def test_a_call_off_is_planned_by_the_framework_s_terms(
    planned: Callable[..., Procurement], officer: User, client: Client
) -> None:
    made = planned(9_000_000_00, facts=frozenset({"framework", "wages_at_risk"}))
    drafting.choose_route(procurement=made, route="framework")
    assert followed(made) == "calloff"
    client.force_login(officer)
    page = client.get(reverse("plan-publish", args=[made.pk])).content.decode()
    assert "Avrop från ett ramavtal" in page
    assert "7 kap. 3" in page
    assert "4 kap. 14" not in page
    deadline = timezone.now() + timedelta(days=9)
    planning.publish(procurement=made, deadline=deadline, price={"kind": "relative"})
    assert Procurement.objects.get().phase == "published", "no reason for one lot, no labour terms of its own"
    assert {ground.cites for ground in grounds(made)} >= {("4:1", "19:2")}
