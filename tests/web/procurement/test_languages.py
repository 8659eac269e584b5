"""Titles of measures are read in the page's language; what is frozen and logged does not change with it."""

import importlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement.actions import evaluation, follow_up, planning
from kvar.procurement.models import Criterion, Obligation, Procurement
from kvar.procurement.published import notice_of
from kvar.procurement.record import hashes
from tests.web.procurement.test_silence import signed_in


@pytest.fixture
def buyer(db: None, settings: Any, tmp_path: Path) -> Organisation:
    settings.DATA = tmp_path
    return Organisation.objects.create(slug="ours", name="Göteborgs stad", country="SE", place="1480")


SV, EN = "Praktikplatser i uppdraget", "Internships in the contract"


def test_notice_and_eforms_are_whole_in_both(published: Procurement) -> None:
    for lang, here, other in (("sv", SV, EN), ("en", EN, SV)):
        text = Client().get(f"/{lang}/1480/upphandling/{published.pk}/").content.decode()
        assert here in text
        assert other not in text
    assert ("Pris" in text, "Price" in text) == (False, True)
    assert any(title == SV for _, title, _ in notice_of(published).criteria)


def test_the_log_is_the_same_whatever_language_is_read(play: Any, officer: User) -> None:
    play.bid(0, 900_000_00)
    play.open()
    play.score_all()
    lot = play.made.lots.get()
    award = evaluation.award(lot=lot, by=officer, reasons="Bäst")
    kept = hashes(play.made)
    browser = signed_in(officer)
    pages = {lang: browser.get(f"/{lang}/arbetsbord/upphandling/{play.made.pk}/tilldelning/").content.decode()
             for lang in ("sv", "en")}  # fmt: skip
    assert SV in pages["sv"]
    assert EN in pages["en"]
    assert hashes(play.made) == kept
    type(award).objects.update(may_sign=timezone.now())
    award.refresh_from_db()
    follow_up.sign(award=award, by=officer, starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    promise = Obligation.objects.get(kind="measure")
    assert promise.titled("en") == "Jobs in the contract for people far from the labour market"
    assert promise.titled("sv") == promise.title


def test_rows_from_before_are_filled_from_their_policy_and_nothing_else_is(
    planned: Callable[..., Procurement],
) -> None:
    made = planned()
    own = Criterion.objects.create(procurement=made, slug="own", kind="social", title="Egen åtgärd", weight=0)
    Criterion.objects.filter(procurement=made).update(titles={})
    importlib.import_module("kvar.procurement.migrations.0007_both_languages").fill(apps, None)
    found = {row.slug: row.titles for row in Criterion.objects.filter(procurement=made)}
    assert found["m-internships"] == {"sv": SV, "en": EN}
    assert found["price"] == {"sv": "Pris", "en": "Price"}
    assert found["quality"] == found["own"] == {}
    assert Criterion.objects.get(pk=own.pk).titled("en") == "Egen åtgärd"


def test_what_was_published_before_keeps_its_meaning(planned: Callable[..., Procurement]) -> None:
    made = planned()
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=30),
                     price={"kind": "relative"})  # fmt: skip
    before = (made.model, hashes(made))
    Criterion.objects.filter(procurement=made).update(titles={})
    again = Procurement.objects.get(pk=made.pk)
    assert (again.model, hashes(again)) == before
