"""The example town's procurements: one in each phase, by the ordinary actions, whole by the verifier."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement import verifier
from kvar.procurement.actions.evaluation import public_record
from kvar.procurement.example import procurements
from kvar.procurement.models import Obligation, OtherNotice, Procurement


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Organisation.objects.create(slug="kommunen", name="Älvhamns kommun (påhittad)", country="SE", place="9901")
    assert procurements("x" * 12, tmp_path / "keys")
    return tmp_path


def test_one_in_each_phase_with_dates_around_today(made: Path) -> None:
    assert sorted(Procurement.objects.values_list("phase", flat=True)) == [
        "contracted", "evaluation", "planning", "planning", "published",
    ]  # fmt: skip
    assert OtherNotice.objects.filter(place="9901").count() == 3
    open_one = Procurement.objects.get(phase="published")
    assert open_one.deadline is not None
    assert open_one.deadline > timezone.now() + timedelta(days=20)
    assert abs(timezone.now() - datetime.now(timezone.get_current_timezone())) < timedelta(seconds=5)


def test_the_decided_one_is_whole_and_followed_up(made: Path) -> None:
    decided = Procurement.objects.get(phase="contracted")
    assert verifier.faults(public_record(decided.lots.get())) == []
    reports = [(row.measure, row.reports.count()) for row in Obligation.objects.exclude(measure="")]
    assert ("m-jobs-target", 2) in reports


def test_made_once_and_the_keys_are_private(made: Path) -> None:
    assert not procurements("x" * 12, made / "keys")
    assert {path.stat().st_mode & 0o777 for path in (made / "keys").iterdir()} == {0o600}


def test_nothing_is_made_without_the_buyer(db: None, tmp_path: Path) -> None:
    assert not procurements("x" * 12, tmp_path)


def test_residents_proposals_are_answered_where_it_is_published_and_wait_where_it_is_planned(made: Path) -> None:
    told = {row.title: [item.became for item in row.proposals.all()] for row in Procurement.objects.all()}
    assert told["Städning av skolor och förskolor"] == ["requirement", "term", "no"]
    assert told["Frukt och grönt till skolköken"] == ["", ""]
