"""Change explained from a store: two years of two small ledgers in, effects to the öre out."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.explained import Asked, Explained, explained
from kvar.spending.figure import Question
from kvar.spending.indicators.change import Effects
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

REGISTER = """org_number;name;legal_form;municipality_code
559900-0014;Bageriet i Göteborg AB;Övriga aktiebolag;1480
779900-0018;Kooperativet i Borås;Ekonomiska föreningar;1490
"""
STADEN = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet i Göteborg AB;559900-0014;300,00;2023-01-05;6440;Livsmedel
Kooperativet i Borås;779900-0018;500,00;2023-01-06;7010;Transporter
Okänt företag;559900-0238;200,00;2023-02-08;7450;Konsulttjänster
Bageriet i Göteborg AB;559900-0014;500,00;2024-01-05;6440;Livsmedel
Kooperativet i Borås;779900-0018;500,00;2024-01-06;7010;Transporter
Okänt företag;559900-0238;200,00;2024-01-08;7450;Konsulttjänster
"""
REGIONEN = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet i Göteborg AB;559900-0014;70,00;2024-01-05;6440;Livsmedel
Test Testsson;811228-9874;60,00;2024-01-12;7450;Konsulttjänster
"""
# share: (1/2 − 3/8) · the middle of 4/5 and 5/6 · 1 100 kr; quality: (5/6 − 4/5) · 7/16 · 1 100 kr; volume: the rest
SHARE, QUALITY, STAYED = 11229, 1604, (30000, 57000)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    where = Store(tmp_path / "store")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    load_registers([tmp_path / "register.csv"], store=where, country="SE", as_of="2024-12-31")
    for slug, text in (("staden", STADEN), ("regionen", REGIONEN)):
        path = tmp_path / f"{slug}.csv"
        path.write_text(text, encoding="utf-8")
        list(import_files([path], store=where, anchor=Anchor(slug, slug, "SE", "1480"), options=Options()))
    build(where, _batches(where))
    return where


def _batches(store: Store) -> list[BatchRef]:
    return [ref for ref, _ in store.batches()]


def _ask(store: Store, asked: Asked, *anchors: str) -> Explained:
    return explained(
        store, _batches(store), Question("1480", 202301, 202412, anchors), asked, gazetteer=Gazetteer.load()
    )


def test_effects_by_hand(store: Store) -> None:
    found = _ask(store, Asked(2023, 2024))
    volume = 20000 - SHARE - QUALITY
    assert found.anchors == {
        "regionen": Effects(panel=7000),
        "staden": Effects(share=SHARE, volume=volume, quality=QUALITY),
    }
    assert found.effects == Effects(share=SHARE, volume=volume, panel=7000, quality=QUALITY)
    assert found.stayed == STAYED
    assert found.unplaced == (20000, 20000)
    assert found.interval == (7000, 47000)


def test_another_definition_in_the_last_year(store: Store) -> None:
    found = _ask(store, Asked(2023, 2024, "municipality", "region"), "staden")
    assert found.effects.definition == 50000
    assert found.effects.total == 100000 - 30000


def test_kinds_and_suppliers_make_the_whole_change(store: Store) -> None:
    found = _ask(store, Asked(2023, 2024))
    assert found.kinds == (("Livsmedel", 30000, 57000),)
    assert {row.group: (row.suppliers, row.amount) for row in found.turnover} == {
        "new": (0, 0), "more": (1, 27000), "less": (0, 0), "gone": (0, 0),
    }  # fmt: skip


def test_months_that_differ_are_told(store: Store) -> None:
    assert _ask(store, Asked(2023, 2024)).uneven == ("staden",)


@pytest.mark.parametrize("years", [(2024, 2024), (2024, 2023), (2022, 2024)])
def test_two_years_with_purchases_in_order(store: Store, years: tuple[int, int]) -> None:
    with pytest.raises(KvarError, match="choose two different years"):
        _ask(store, Asked(*years))
