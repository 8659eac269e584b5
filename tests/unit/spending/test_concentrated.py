"""How few suppliers each kind has and who depends on one anchor: by hand, and never a person."""

from fractions import Fraction
from pathlib import Path

import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending import concentrated as module
from kvar.spending.concentrated import Concentrated, concentrated
from kvar.spending.figure import Question
from kvar.suppliers.labels import build

HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n"
STADEN = """Stora Bageriet AB;559900-0014;700000,00;2024-01-05;6440;Livsmedel
Lilla Bageriet AB;559900-0022;300000,00;2024-01-05;6440;Livsmedel
Städet AB;559900-0121;900000,00;2024-01-05;6130;Lokalvård
Test Testsson;811228-9874;200000,00;2024-01-12;7450;Konsulttjänster
Rådgivaren AB;559900-0238;150000,00;2024-01-12;7450;Konsulttjänster
Pennor AB;559900-0345;1000,00;2024-01-12;6110;Kontorsmaterial
"""
REGIONEN = """Städet AB;559900-0121;100000,00;2024-01-05;6130;Lokalvård
Lilla Bageriet AB;559900-0022;300000,00;2024-01-05;6440;Livsmedel
Tredje Bageriet AB;559900-0451;1000000,00;2024-01-05;6440;Livsmedel
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    where = Store(tmp_path / "store")
    for slug, text in (("staden", STADEN), ("regionen", REGIONEN)):
        path = tmp_path / f"{slug}.csv"
        path.write_text(HEAD + text, encoding="utf-8")
        list(import_files([path], store=where, anchor=Anchor(slug, slug, "SE", "1480"), options=Options()))
    build(where, _batches(where))
    return where


def _batches(store: Store) -> list[BatchRef]:
    return [ref for ref, _ in store.batches()]


def _ask(store: Store, *anchors: str) -> Concentrated:
    question = Question("1480", 202401, 202412, anchors)
    return concentrated(store, _batches(store), question, gazetteer=Gazetteer.load())


def test_the_reference_case_of_seventy_and_thirty(store: Store) -> None:
    (food,) = [market for market in _ask(store, "staden").markets if market.kind == "Livsmedel"]
    assert (food.hhi, food.largest, food.suppliers) == (5800, Fraction(7, 10), 2)


def test_anchors_together_are_one_market(store: Store) -> None:
    found = _ask(store)
    markets = {market.kind: market for market in found.markets}
    assert markets["Livsmedel"].amount == 230_000_000
    assert markets["Livsmedel"].hhi == Fraction(10_000 * (7**2 + 6**2 + 10**2), 23**2)
    assert markets["Lokalvård"].hhi == 10_000
    assert "Kontorsmaterial" not in markets
    assert found.base == sum(market.amount for market in found.markets) + found.small
    assert {market.kind for market in found.few} == {"Livsmedel", "Lokalvård", "Konsulttjänster"}


def test_a_person_gives_no_index_and_is_no_dependent(store: Store) -> None:
    found = _ask(store)
    for rows in ([(200, True), (150, False), (150, False)], [(200, False), (150, True)], [(200, True)]):
        told = module._market("x", rows)
        assert (told.hhi, told.largest, told.few) == (None, None, False), rows
    assert module._market("x", [(200, False), (150, True), (150, False)]).hhi is not None
    assert sum(band.suppliers for band in found.bands) == 5, "firms of at least 100,000; no person"
    assert "Testsson" not in repr(found)


def test_dependency_by_hand(store: Store) -> None:
    found = _ask(store)
    assert {band.name: band.suppliers for band in found.bands} == {"one": 3, "most": 1, "half": 1, "spread": 0}
    (one,) = found.dependents
    assert (one.name, one.anchor, one.part, one.amount) == ("Städet AB", "staden", Fraction(9, 10), 100_000_000)
    assert _ask(store, "regionen").dependents == ()
