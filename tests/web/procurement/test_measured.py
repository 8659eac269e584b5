"""What is measured without having been promised: the supplier's word, the officer's check, and the public sums."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement import rollup
from kvar.procurement.actions import follow_up, measuring, planning
from kvar.procurement.actions.measuring import Month
from kvar.procurement.models import Award, Bid, Contract, LogLeaf, Measurement, Obligation, Procurement
from tests.web.procurement.test_silence import signed_in

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}


@pytest.fixture
def buyer(db: None, settings: Any, tmp_path: Path) -> Organisation:
    settings.DATA = tmp_path
    return Organisation.objects.create(slug="ours", name="Göteborgs stad", country="SE", place="1480")


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_user("boss", "boss@example.org", "x")


@pytest.fixture
def contract(planned: Callable[..., Procurement], officer: User, boss: User) -> Contract:
    """A contract whose firm promised four hires."""
    made = planned()
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=30), price=LINEAR)
    firm = Organisation.objects.create(slug="firm", name="Firman", country="SE", place="1480", kind="firm")
    add_member(organisation=firm, person=boss, role="supplier")
    bid = Bid.objects.create(lot=made.lots.get(), bidder=firm, sha256="0" * 64, submitted=timezone.now(),
                             price=900_000_00, answers={"m-jobs-target": {"target": 4}})  # fmt: skip
    Procurement.objects.filter(pk=made.pk).update(phase="awarded")
    award = Award.objects.create(lot=made.lots.get(), bid=bid, by=officer, at=timezone.now(), reasons="Bäst",
                                 may_sign=timezone.now() - timedelta(seconds=1))  # fmt: skip
    return follow_up.sign(award=award, by=officer, starts=date(2026, 1, 1), ends=date(2026, 12, 31))


def refused(code: str, act: Callable[..., object], **words: Any) -> None:
    with pytest.raises(KvarError) as caught:
        act(**words)
    assert caught.value.code == code
    assert caught.value.say("sv") != caught.value.say("en")


def test_only_what_fits_the_law_and_is_not_promised_is_measured(
    contract: Contract, boss: User, officer: User
) -> None:
    assert [kind.id for kind in measuring.measurable(contract)] == ["co2", "labour_terms", "local_subcontracting"]
    words: dict[str, Any] = {"contract": contract, "by": boss, "kind": "labour_terms", "month": Month(202603, 13, 14)}
    refused("procurement.outcome.kind", measuring.measure, **(words | {"kind": "living_wage"}))
    refused("procurement.outcome.kind", measuring.measure, **(words | {"kind": "hires"}))
    refused("procurement.outcome.part", measuring.measure, **(words | {"month": Month(202603, 15, 14)}))
    refused("procurement.outcome.part", measuring.measure, **(words | {"month": Month(202603, 0, 0)}))
    refused("procurement.report.amount", measuring.measure, **(words | {"month": Month(202613, 13, 14)}))
    refused("procurement.report.supplier", measuring.measure, **(words | {"by": officer}))
    made = measuring.measure(**words)
    refused("procurement.report.buyer", measuring.check, measurement=made, by=boss, kept=True)
    refused("procurement.score.reason", measuring.check, measurement=made, by=officer, kept=False)
    measuring.check(measurement=made, by=officer, kept=True)
    refused("procurement.report.checked", measuring.check, measurement=made, by=officer, kept=True)
    assert LogLeaf.objects.filter(text__contains='"kind":"labour_terms"').count() == 1
    for change in ({"state": "refused"}, {"of": 1}, {"amount": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measurement.objects.filter(pk=made.pk).update(**change)


def test_a_promised_kind_is_reported_on_its_promise_only(contract: Contract, boss: User) -> None:
    Obligation.objects.create(contract=contract, kind="measure", measure="m-emissions", title="Utsläpp",
                              unit="kg_co2e", target=500, due=contract.ends)  # fmt: skip
    assert "co2" not in {kind.id for kind in measuring.measurable(contract)}


def test_sums_by_everything_keep_verified_reported_and_promised_apart(
    contract: Contract, boss: User, officer: User
) -> None:
    jobs = Obligation.objects.get(contract=contract, kind="measure")
    follow_up.verify(
        report=follow_up.report(obligation=jobs, by=boss, period=202603, amount=3), by=officer, kept=True
    )
    for kind, amount, of in (("labour_terms", 13, 14), ("local_subcontracting", 182_000_00, 260_000_00)):
        made = measuring.measure(contract=contract, by=boss, kind=kind, month=Month(202604, amount, of))
        if kind == "labour_terms":
            measuring.check(measurement=made, by=officer, kept=True)
    assert rollup.years("1480") == [2026]
    assert rollup.persons("1480", 2026, "hires") == 3
    for by in rollup.BY:
        found = {row.kind: row for row in rollup.rolled_up("1480", by, 2026, {}, "en")}
        assert (found["hires"].target, found["hires"].verified) == (4, 3)
        assert (found["labour_terms"].target, found["labour_terms"].share) == (0, 92)
        local = found["local_subcontracting"]
        assert (local.verified, local.reported, local.of) == (0, 182_000_00, 0)
    assert {row.label for row in rollup.rolled_up("1480", "kind", 2026, {}, "sv")} >= {"Anställningar"}
    text = Client().get("/sv/1480/upphandling/resultat/").content.decode()
    assert "3 anställningar 2026" in text
    assert "hade hänt ändå" in text
    assert "17 kap. 2, 3, 5 §" in text.replace("\N{NO-BREAK SPACE}", " ")
    table = Client().get("/en/1480/upphandling/resultat.csv").content.decode("utf-8-sig")
    by_kind = {row["kind"]: row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["by"] == "kind"}
    names = ("unit", "target", "verified", "reported", "of")
    assert [by_kind["labour_terms"][name] for name in names] == ["persons", ".", "13", "0", "14"]
    assert [by_kind["hires"][name] for name in names] == ["persons", "4", "3", "0", "."]


def test_the_firm_measures_and_the_officer_checks_by_their_pages(
    contract: Contract, boss: User, officer: User
) -> None:
    firm, office = signed_in(boss), signed_in(officer)
    address = reverse("supplier-measure", kwargs={"slug": "firm", "contract": contract.pk})
    assert address in firm.get(reverse("supplier-contracts", kwargs={"slug": "firm"})).content.decode()
    words = {
        "period": "2026-03",
        "amount": "1 820,50",
        "of": "2 600",
        "note": "",
        "file": SimpleUploadedFile("l", b"x"),
    }
    text = firm.get(f"{address}?kind=local_subcontracting").content.decode()
    assert "Aldrig ett krav eller kriterium" in text
    assert firm.post(f"{address}?kind=local_subcontracting", words | {"amount": "många"}).status_code == 422
    words["file"] = SimpleUploadedFile("l", b"x")
    assert firm.post(f"{address}?kind=local_subcontracting", words).status_code == 302
    made = Measurement.objects.get()
    assert (made.amount, made.of) == (1_820_50, 2_600_00)
    page = reverse("follow-up", kwargs={"pk": contract.award.lot.procurement_id})
    assert "Lokala underleverantörer" in office.get(page).content.decode()
    proof = reverse("follow-evidence", kwargs={"pk": contract.award.lot.procurement_id, "sha256": made.evidence})
    assert b"".join(office.get(proof).streaming_content) == b"x"  # type: ignore[attr-defined]
    assert office.post(page, {"act": "refuse-measured", "number": made.pk, "why": "Lista saknas"}).status_code == 302
    assert "Lista saknas" in firm.get(address).content.decode()
    assert signed_in(officer).get(address).status_code == 404
