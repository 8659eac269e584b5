"""What a ledger shows of one kind of market: twelve months, and what of it was advertised."""

from datetime import date
from pathlib import Path

import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_file import load_register_file
from kvar.spending.same_kind import SameKind, same_kind
from kvar.suppliers.labels import build

LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext;Fakturanummer
Städ A AB;559900-0014;100000,00;2023-12-30;6130;Lokalvård;1
Städ A AB;559900-0014;500000,00;2024-03-01;6130;Lokalvård;2
Städ B AB;559900-0238;300000,50;2024-04-20;6130;Lokalvård;3
Städ B AB;559900-0238;-0,50;2024-05-20;6130;Lokalvård;4
Data AB;559900-0121;900000,00;2024-12-20;6540;IT-tjänster;5
"""
CONTRACTS = "Leverantör;Org.nr;Avtal;Start;Slut;Annonserad\nStäd B AB;559900-0238;Städ;2023-01-01;2027-01-01;{told}\n"
DAY = date(2026, 11, 27)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    (tmp_path / "r.csv").write_text(LEDGER, encoding="utf-8")
    anchor = Anchor("a", "A", "SE", "1480")
    (done,) = import_files([tmp_path / "r.csv"], store=made, anchor=anchor, options=Options())
    assert done.batch is not None
    build(made, [done.batch])
    return made


def found(store: Store, cpv: str = "90910000", day: date = DAY) -> SameKind | None:
    batches = [ref for ref, _ in store.batches()]
    return same_kind(store, batches, "a", cpv, gazetteer=Gazetteer.load(), day=day)


def test_twelve_months_to_the_ledger_s_last_one(store: Store) -> None:
    told = found(store)
    assert told is not None
    assert (told.first_month, told.last_month) == ("2024-01", "2024-12")
    assert (told.amount, told.n, told.suppliers, told.advertised) == (800_000_00, 3, 2, None)
    assert told.counted == 800_000_00


@pytest.mark.parametrize(
    ("day", "first", "amount"),
    [(date(2024, 3, 31), "2023-04", 600_000_00), (date(2023, 12, 31), "2023-01", 100_000_00)],
)
def test_nothing_after_the_day_is_counted(store: Store, day: date, first: str, amount: int) -> None:
    told = found(store, day=day)
    assert told is not None
    assert (told.first_month, told.amount) == (first, amount)


@pytest.mark.parametrize(("told", "advertised"), [("ja", 300_000_00), ("nej", 0), ("", 0)])
def test_what_was_advertised_is_not_counted_in(store: Store, tmp_path: Path, told: str, advertised: int) -> None:
    (tmp_path / "avtal.csv").write_text(CONTRACTS.format(told=told), encoding="utf-8")
    load_register_file(tmp_path / "avtal.csv", store=store, anchor="a", country="SE", by="x")
    kind = found(store)
    assert kind is not None
    assert (kind.advertised, kind.counted) == (advertised, 800_000_00 - advertised)


@pytest.mark.parametrize(("cpv", "day"), [("99999999", DAY), ("90910000", date(2020, 1, 1))])
def test_nothing_is_told_of_a_code_of_no_kind_or_before_the_ledger(store: Store, cpv: str, day: date) -> None:
    assert found(store, cpv, day) is None
