"""From need to publication: what the law asks for first, what is frozen then, and what the log keeps."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers, drafting, planning
from kvar.procurement.log.merkle import leaf_hash, root
from kvar.procurement.models import LogLeaf, Opener, Procurement
from kvar.procurement.readiness import missing
from kvar.procurement.record import hashes, receipt
from kvar.procurement.rules.clock import local
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.need import Need

SOON = timedelta(days=30)


def refused(code: str, act: Callable[..., object], **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv")
    assert caught.value.say("en")


LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}


def publish(procurement: Procurement, **more: Any) -> None:
    words = {"route": "advertised", "deadline": timezone.now() + SOON, "price": LINEAR}
    planning.publish(procurement=procurement, **(words | more))


def test_publication_freezes_the_model_and_the_policy_and_is_logged(published: Procurement) -> None:
    assert published.phase == "published"
    assert published.model["price_weight"] == "40"
    assert [row["weight"] for row in published.model["criteria"] if row["kind"] == "social"] == ["10", "10"]
    assert (published.policy, published.policy_version) == ("lou", "1")
    leaves = [json.loads(item.text) for item in LogLeaf.objects.filter(procurement=published)]
    assert [row["kind"] for row in leaves] == ["publish"]
    assert leaves[0]["values"]["model"] == published.model
    for act in (
        lambda: planning.divide(procurement=published, lots=[("a", 1)], reason=""),
        lambda: planning.choose_criteria(procurement=published, rows=[]),
        lambda: planning.choose_measures(procurement=published, policy="lou", chosen=["training"], weight=100),
        lambda: publish(published),
    ):
        with pytest.raises(KvarError, match="published"):
            act()


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (
            {"kind": "linear", "full_at": 700_000_00, "zero_at": 3_000_000_00, "floored": True},
            "procurement.model.flat",
        ),
        ({"kind": "linear", "full_at": 5, "zero_at": 5, "floored": True}, "procurement.model.range"),
    ],
)
def test_an_unsound_price_model_is_refused(planned: Callable[..., Procurement], price: Any, code: str) -> None:
    refused(code, publish, procurement=planned(), price=price)


def test_weights_must_be_whole(planned: Callable[..., Procurement]) -> None:
    made = planned()
    made.criteria.filter(slug="quality").update(weight=3999)
    refused("procurement.model.weights", publish, procurement=made)


def test_a_closed_route_and_a_short_time_are_refused(planned: Callable[..., Procurement]) -> None:
    made = planned()
    refused("procurement.publish.route", publish, procurement=made, route="direct")
    refused("procurement.deadline.past", publish, procurement=made, deadline=timezone.now() - SOON)
    large = planned(5_000_000_00)
    planning.divide(procurement=large, lots=[("a", 1), ("b", 2)], reason="")
    refused("procurement.deadline.too_soon", publish, procurement=large, route="open")


def test_above_the_threshold_one_lot_needs_a_reason_and_a_risk_needs_labour_terms(
    planned: Callable[..., Procurement],
) -> None:
    made = planned(5_000_000_00, facts=frozenset({"wages_at_risk", "electronic"}))
    words = {"procurement": made, "route": "open", "deadline": timezone.now() + timedelta(days=60)}
    refused("procurement.publish.lots", publish, **words)
    planning.divide(
        procurement=made, lots=[("allt", 5_000_000_00)], reason="En skola i taget går inte att städa delat"
    )
    refused("procurement.publish.labour", publish, **words)
    refused("procurement.term.labour", planning.add_term, procurement=made, kind="labour", clause="Lön enligt …")
    day = timezone.localdate() + SOON
    planning.add_term(procurement=made, kind="labour", clause="Lön enligt …", risk="Låga löner", follow_up=day)
    publish(**words)
    assert made.phase == "published"


def test_openers_are_members_with_a_key_and_have_drilled(
    planned: Callable[..., Procurement], buyer: Organisation
) -> None:
    made, stranger = planned(), User.objects.create_user("stranger", "s@example.org", "x")
    refused("procurement.opener.member", planning.appoint, procurement=made, person=stranger, recipient="age1x")
    member = User.objects.get(username="ann")
    refused("procurement.opener.key", planning.appoint, procurement=made, person=member, recipient="AGE-SECRET")
    Opener.objects.filter(procurement=made).update(drilled=None)
    refused("procurement.publish.openers", publish, procurement=made)


def test_answers_reach_all_and_a_late_one_forces_an_extension(published: Procurement, buyer: Organisation) -> None:
    question = answers.ask(procurement=published, asker=None, text="Får vi dela på jobbet?")
    answers.reply(question=question, text="Ja, två företag får lämna anbud ihop.")
    Procurement.objects.filter(pk=published.pk).update(deadline=timezone.now() + timedelta(days=5))
    late = answers.ask(procurement=Procurement.objects.get(pk=published.pk), asker=None, text="Och nycklar?")
    refused("procurement.question.late", answers.reply, question=late, text="Kvitteras ut.")
    answers.reply(question=late, text="Kvitteras ut.", new_deadline=timezone.now() + timedelta(days=7))
    kinds = [json.loads(item.text)["kind"] for item in LogLeaf.objects.filter(procurement=published)]
    assert kinds == ["publish", "answer", "answer", "deadline"]
    assert "asker" not in LogLeaf.objects.filter(procurement=published)[1].text


def test_the_deadline_moves_only_later_and_only_before_it(published: Procurement) -> None:
    sooner = published.deadline - timedelta(days=1)
    refused("procurement.deadline.only_later", answers.extend, procurement=published, deadline=sooner)
    Procurement.objects.filter(pk=published.pk).update(deadline=timezone.now() - timedelta(seconds=1),
                                                       published=timezone.now() - SOON)  # fmt: skip
    over = Procurement.objects.get(pk=published.pk)
    refused("procurement.closed_for_that", answers.extend, procurement=over, deadline=timezone.now() + SOON)
    refused("procurement.closed_for_that", answers.ask, procurement=over, asker=None, text="?")


def test_a_receipt_proves_its_leaf(published: Procurement) -> None:
    for n in range(6):
        answers.reply(question=answers.ask(procurement=published, asker=None, text=str(n)), text="ja")
    known = hashes(published)
    told = receipt(LogLeaf.objects.get(procurement=published, number=3))
    assert told["leaf"] == known[3].hex()
    assert told["root"] == root(known[:4]).hex()
    assert leaf_hash(LogLeaf.objects.get(procurement=published, number=3).text.encode()).hex() == told["leaf"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-03-29T02:30", "procurement.deadline.no_such_time"), ("2026-10-25T02:30", "procurement.deadline.twice"),
     ("i morgon", "procurement.deadline.text")],
)  # fmt: skip
def test_local_times_that_do_not_exist_once_are_refused(text: str, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        local(text, "SE")
    assert caught.value.code == code


def test_local_times_become_instants() -> None:
    assert local("2026-03-29T03:30", "SE") == datetime.fromisoformat("2026-03-29T01:30+00:00")
    assert local("2026-01-15T12:00", "GB") == datetime.fromisoformat("2026-01-15T12:00+00:00")


def test_terms_for_jobs_need_a_number_and_a_target_group(planned: Callable[..., Procurement]) -> None:
    words = {"procurement": planned(), "kind": "employment", "clause": "Anställ"}
    refused("procurement.term.employment", planning.add_term, **words)
    assert planning.add_term(**words, number=2, target_group="unga utan arbete").number == 2


def test_two_clicks_publish_once(planned: Callable[..., Procurement]) -> None:
    made = planned()
    twin = Procurement.objects.get(pk=made.pk)
    publish(procurement=made)
    refused("procurement.frozen", publish, procurement=twin)
    kinds = [json.loads(item.text)["kind"] for item in LogLeaf.objects.filter(procurement=made)]
    assert kinds == ["publish"]


def test_a_value_changed_after_the_measures_were_chosen_asks_the_cap_again(
    planned: Callable[..., Procurement],
) -> None:
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(value=600_000_00)
    refused("procurement.policy.count", publish, procurement=Procurement.objects.get(pk=made.pk))


def test_scotland_asks_for_a_summary_or_reasons_from_four_million(officer: User) -> None:
    fife = Organisation.objects.create(slug="fife", name="Fife", country="GB", place="S12000047")
    for value, asked in ((3_999_999_99, False), (4_000_000_00, True)):
        need = Need("SCT", "subcentral", "works", timezone.localdate(), value, "45000000")
        made = planning.plan(organisation=fife, by=officer, title="Roads", text="Safe roads", need=need)
        codes = {item.error.code for item in missing(made, answer(made.as_need()), "framework")}
        assert ("procurement.publish.community_benefit" in codes) is asked
    drafting.note_measures(procurement=made, chosen_by="", reason="The work is a single bridge.")
    codes = {item.error.code for item in missing(made, answer(made.as_need()), "framework")}
    assert "procurement.publish.community_benefit" not in codes
