"""What the organisation buys of the same kind is shown where the value is written, and counted in by a button."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.organisations.models import Organisation
from kvar.procurement.actions import drafting, planning
from kvar.procurement.models import Procurement
from kvar.procurement.rules.need import Need

LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext;Fakturanummer
Städ A AB;559900-0014;400000,00;2024-03-01;6130;Lokalvård;2
Städ B AB;559900-0238;250000,00;2024-04-20;6130;Lokalvård;3
"""


@pytest.fixture
def small(buyer: Organisation, officer: User) -> Callable[[int], Procurement]:
    """A plan of cleaning without measures."""

    def make(value: int) -> Procurement:
        need = Need("SE", "subcentral", "services", timezone.localdate(), value, "90910000")
        return planning.plan(organisation=buyer, by=officer, title="Städning", text="Rena skolor", need=need)

    return make


@pytest.fixture
def page(settings: Any, tmp_path: Path, officer: User) -> Callable[[Procurement, dict[str, str] | None], str]:
    settings.DATA = tmp_path
    (tmp_path / "r.csv").write_text(LEDGER, encoding="utf-8")
    anchor = Anchor("ours", "Ours", "SE", "1480")
    (done,) = import_files([tmp_path / "r.csv"], store=Store(tmp_path / "store"), anchor=anchor, options=Options())
    assert done.batch is not None, done.error
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask(item: Procurement, data: dict[str, str] | None = None) -> str:
        where = reverse("plan-need", args=[item.pk])
        return (client.post(where, data, follow=True) if data else client.get(where)).content.decode()

    return ask


def test_the_ledger_closes_the_direct_way_when_it_is_counted_in(page: Any, small: Any) -> None:
    made = small(100_000_00)
    drafting.choose_route(procurement=made, route="direct")
    text = page(made)
    assert "Reskontran 2023-05–2024-04: 650" in text
    assert "från 2 leverantörer" in text
    assert "Räkna in 650" in text
    after = page(made, {"count": "1"})
    made.refresh_from_db()
    assert made.similar == 650_000_00
    assert made.route != "direct", "with what is bought already it is above the limit"
    assert "är inräknat i värdet" in after


def test_other_direct_awards_of_the_kind_count_too(page: Any, small: Any) -> None:
    one, other = small(300_000_00), small(200_000_00)
    drafting.choose_route(procurement=other, route="direct")
    text = page(one)
    assert "I år finns 1 andra direktupphandlingar av samma slag här" in text
    Procurement.objects.filter(pk=other.pk).update(cpv="30200000")
    assert "andra direktupphandlingar" not in page(one)


def test_nothing_is_said_without_a_code(page: Any, small: Any) -> None:
    made = small(100_000_00)
    Procurement.objects.filter(pk=made.pk).update(cpv="")
    assert "Vad ni redan köper av samma slag" not in page(made)
