"""The network from a store: two small ledgers in, shared suppliers and common kinds out; persons on no list."""

from pathlib import Path

import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.indicators.network import Network
from kvar.spending.network import network
from kvar.suppliers.labels import build

HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n"
STADEN = (
    HEAD
    + """Bageriet AB;559900-0014;300,00;2024-01-05;6440;Livsmedel
Städet AB;559900-0121;200,00;2024-01-05;6130;Lokalvård
Krediten AB;559900-0345;50,00;2024-01-05;6440;Livsmedel
Test Testsson;811228-9874;60,00;2024-01-12;6440;Livsmedel
"""
)
REGIONEN = (
    HEAD
    + """Bageriet AB;559900-0014;100,00;2024-01-05;6440;Livsmedel
Bageriet AB;559900-0014;40,00;2024-01-05;7010;Transporter
Krediten AB;559900-0345;-50,00;2024-01-05;6440;Livsmedel
Kaffet AB;559900-0238;10,00;2024-01-05;6440;Livsmedel
Test Testsson;811228-9874;60,00;2024-01-12;6440;Livsmedel
"""
)


@pytest.fixture
def found(tmp_path: Path) -> Network:
    store = Store(tmp_path / "store")
    for slug, text in (("staden", STADEN), ("regionen", REGIONEN)):
        path = tmp_path / f"{slug}.csv"
        path.write_text(text, encoding="utf-8")
        list(import_files([path], store=store, anchor=Anchor(slug, slug, "SE", "1480"), options=Options()))
    batches = [ref for ref, _ in store.batches()]
    build(store, batches)
    return network(store, batches, "1480", 2024, gazetteer=Gazetteer.load())


def test_shared_is_bought_by_two_for_more_than_nought(found: Network) -> None:
    (shared,) = found.largest
    assert (shared.name, shared.by_anchor, shared.amount) == (
        "Bageriet AB",
        {"staden": 30000, "regionen": 14000},
        44000,
    )
    assert (found.suppliers, found.shared, found.shared_amount) == (4, 1, 44000)
    assert found.amount == 44000 + 20000 + 5000 + 1000


def test_a_common_kind_counts_suppliers_and_those_in_common(found: Network) -> None:
    (kind,) = found.kinds
    assert (kind.kind, kind.suppliers, kind.common) == ("Livsmedel", 3, 1)
    assert kind.by_anchor == {"staden": 35000, "regionen": 11000}


def test_no_person_is_on_a_list(found: Network) -> None:
    assert "Testsson" not in str(found)
