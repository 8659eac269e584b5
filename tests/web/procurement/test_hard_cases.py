"""The hard cases of the bid's way: the deadline's second, a moved deadline, limits that change, formulas in files."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.procurement import box, report_file
from kvar.procurement.actions import answers, bidding, evaluation, judging, planning
from kvar.procurement.evaluation import policy as policies
from kvar.procurement.models import Award, Bid, Contract, Obligation, Procurement
from kvar.procurement.rules.clock import local
from kvar.procurement.rules.engine import answer
from kvar.procurement.sealing.seal import written
from kvar.procurement.standstill import may_sign

FORMULAS = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1")


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code


def clock(monkeypatch: pytest.MonkeyPatch, *times: datetime) -> None:
    """`timezone.now` tells these times one after the other, and the last one from then on."""
    left = list(times)
    monkeypatch.setattr(timezone, "now", lambda: left.pop(0) if len(left) > 1 else left[0])


@pytest.fixture
def submitting(play: Any) -> dict[str, Any]:
    """An uploaded bid, ready to submit."""
    lot = play.made.lots.get()
    sealed = play.seal(lot, 0, 900_000_00)
    sha256 = bidding.upload(lot=lot, bidder=play.firm(0), body=io.BytesIO(sealed.body))
    return {"lot": lot, "bidder": play.firm(0), "sha256": sha256, "parts": written(sealed)}


def test_the_last_microsecond_counts_and_the_deadline_itself_is_late(
    play: Any, submitting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = play.made.deadline
    clock(monkeypatch, last)
    refused("procurement.bid.late", bidding.submit, **submitting)
    refused("procurement.bid.late", bidding.upload, lot=submitting["lot"], bidder=play.firm(0), body=io.BytesIO(b"x"))
    clock(monkeypatch, last - timedelta(microseconds=1))
    assert bidding.submit(**submitting)[0]["at"] == (last - timedelta(microseconds=1)).isoformat()


def test_a_submission_that_the_deadline_overtakes_leaves_nothing_in_the_box(
    play: Any, submitting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open when the request begins, past when the file would be put: refused, and the bid before it still stands."""
    first = bidding.submit(**submitting)[0]["seal"]
    clock(monkeypatch, play.made.deadline - timedelta(microseconds=1), play.made.deadline)
    refused("procurement.bid.late", bidding.submit, **submitting)
    own = box.own(submitting["lot"], play.firm(0))
    assert own is not None
    assert own.seal == first


def test_a_moved_deadline_holds_for_all_from_then_on(
    play: Any, submitting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = play.made.deadline, play.made.deadline + timedelta(days=7)
    answers.extend(procurement=play.made, deadline=new)
    clock(monkeypatch, old + timedelta(days=1))
    assert bidding.submit(**submitting)[0]["lot"] == 1
    with pytest.raises(KvarError):
        list(box.everything(submitting["lot"]))
    refused("procurement.deadline.only_later", answers.extend, procurement=play.made, deadline=old)
    clock(monkeypatch, new)
    refused("procurement.bid.late", bidding.submit, **submitting)


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "2027-03-28T02:00"])
def test_no_deadline_in_an_hour_that_does_not_exist(text: str) -> None:
    refused("procurement.deadline.no_such_time", local, text=text, country="SE")


def test_whoever_belongs_to_a_bidder_may_score_neither_it_nor_its_competitors(play: Any) -> None:
    for n in (0, 1):
        play.bid(n, 900_000_00)
    made, ann = play.open(), User.objects.get(username="ann")
    add_member(organisation=play.firm(0), person=ann, role="supplier")
    refused("procurement.declare.own_firm", judging.declare, procurement=made, by=ann, free=True)
    for bid in Bid.objects.all():
        words = {"bid": bid, "criterion": made.criteria.get(slug="quality"), "given": 50, "reason": "x"}
        refused("procurement.score.conflict", evaluation.score, by=ann, **words)


@pytest.mark.parametrize(
    ("country", "route", "day"),
    [
        ("SE", "advertised", "2026-05-01"),
        ("SE", "direct_urgent", "2026-04-20"),
        ("GB", "open", "2026-05-01"),  # eight working days after Monday 20 April: the 30th is the last
        ("GB", "below_open", "2026-04-20"),
    ],
)
def test_whole_days_go_before_a_contract_where_the_law_has_a_standstill(
    planned: Any, country: str, route: str, day: str
) -> None:
    made = planned(2_000_000_00)
    made.value = 100_000_00 if route == "below_open" else made.value
    made.organisation.country, made.organisation.place, made.route = country, "E1", route
    made.published = told = datetime(2026, 4, 20, 15, tzinfo=UTC)
    assert may_sign(made, told).date().isoformat() == day


@pytest.mark.parametrize("weight", [2001, 9999, -1])
def test_a_social_weight_above_the_cap_is_refused(planned: Any, weight: int) -> None:
    chosen = ["jobs_target", "internships"]
    words = {"procurement": planned(), "policy": "lou", "chosen": chosen, "weight": weight}
    refused("procurement.policy.weight", planning.choose_measures, **words)


def test_a_limit_that_changes_under_way_does_not_change_what_was_published(play: Any) -> None:
    """Published in 2023: judged by the limits of 2023, whatever holds today."""
    at = datetime(2023, 12, 1, 12, tzinfo=UTC)
    made = Procurement.objects.get(pk=play.made.pk)
    made.published = at
    then = {item.regime: item.limit.value for item in answer(made.as_need()).limits}
    made.published = datetime(2024, 2, 1, 12, tzinfo=UTC)
    now = {item.regime: item.limit.value for item in answer(made.as_need()).limits}
    assert then != now


def test_a_new_version_of_the_policy_does_not_reach_what_was_published(
    play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    first = policies.versions("lou")[-1]
    stricter = replace(first, version="2", valid_from=timezone.localdate(), cap=500)
    monkeypatch.setattr(policies, "versions", lambda _: (first, stricter))
    made = Procurement.objects.get(pk=play.made.pk)
    assert made.policy_version == "1"
    assert sum(made.criteria.filter(kind="social").values_list("weight", flat=True)) == 2000
    chosen = ["jobs_target", "internships"]
    refused("procurement.frozen", planning.choose_measures, procurement=made, policy="lou", chosen=chosen, weight=500)
    assert policies.policy_on("lou", timezone.localdate()).version == "2"


@pytest.fixture
def promised(play: Any) -> Contract:
    """A signed contract with an obligation a formula."""
    play.bid(0, 900_000_00)
    made = play.open()
    now = timezone.now()
    award = Award.objects.create(
        lot=made.lots.get(), bid=Bid.objects.get(), by=User.objects.get(username="officer"), at=now, reasons="x",
        may_sign=now,
    )  # fmt: skip
    contract = Contract.objects.create(
        award=award, buyer=made.organisation, supplier=play.firm(0), signed=now, value=1,
        starts=date(2026, 1, 1), ends=date(2027, 12, 31),
    )  # fmt: skip
    Obligation.objects.bulk_create(
        Obligation(contract=contract, kind="measure", title=text, unit="persons", target=1, due=date(2027, 1, 1))
        for text in FORMULAS
    )
    return contract


def test_no_cell_of_an_export_is_a_formula(promised: Contract, town: Any, settings: Any) -> None:
    rows = list(csv.reader(io.StringIO(report_file.blank(list(promised.obligations.all()))), delimiter=";"))
    titles = [row[1] for row in rows[1:]]
    assert sorted(titles) == sorted("'" + text for text in FORMULAS)
    Procurement.objects.update(title=FORMULAS[0])
    settings.DATA = town.root.parent
    text = Client().get("/sv/9901/upphandling/resultat.csv").content.decode("utf-8-sig")
    labels = [row[1] for row in csv.reader(io.StringIO(text), delimiter=";") if row[0] == "contract"]
    assert labels == ["'" + FORMULAS[0]]


def test_a_report_file_in_any_usual_encoding_is_read(promised: Contract) -> None:
    item = promised.obligations.all()[0]
    text = f"nr;åtagande;enhet;månad;antal;anteckning\r\n{item.pk};x;persons;2026-03;1 000;Två började\r\n"
    for encoding in ("utf-8-sig", "cp1252"):
        rows, wrong = report_file.read(text.encode(encoding), {item.pk: item})
        assert (rows[0].period, rows[0].amount, rows[0].note, wrong) == (202603, 1000, "Två började", [])


def test_a_lost_connection_leaves_no_half_file(play: Any, tmp_path: Path) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise ConnectionError
            return super().read(min(10, size or 10))

    with pytest.raises(ConnectionError):
        bidding.upload(lot=play.made.lots.get(), bidder=play.firm(0), body=Cut(b"x" * 100))
    assert [path for path in (tmp_path / "box").rglob("*") if path.is_file()] == []
