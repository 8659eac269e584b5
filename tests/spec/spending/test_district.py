"""Seen from a district: a small ledger and register in, the district's share and its interval out."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.report import Report, report
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

PLACES = """code;name;level;parent;country;vintage
305;Västra Bergsjön;district;1480;SE;2024
101;Centrum;district;1480;SE;2024
"""
REGISTER = """org_number;name;legal_form;municipality_code;district
559900-0014;I stadsdelen AB;Övriga aktiebolag;1480;305
559900-0121;I centrum AB;Övriga aktiebolag;1480;101
559900-0238;Okänd stadsdel AB;Övriga aktiebolag;1480;
559900-0345;Samma kod annan kommun AB;Övriga aktiebolag;1490;305
"""
LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
I stadsdelen AB;559900-0014;100,00;2024-01-05;6440;Livsmedel
I centrum AB;559900-0121;200,00;2024-01-06;6440;Livsmedel
Okänd stadsdel AB;559900-0238;150,00;2024-01-07;6440;Livsmedel
Samma kod annan kommun AB;559900-0345;300,00;2024-01-08;6440;Livsmedel
Utan register AB;559900-0451;50,00;2024-01-08;6440;Livsmedel
Utan nummer;;200,00;2024-01-09;6440;Livsmedel
"""
SHARES = """
    district      305  0.10  0.50
    district      101  0.20  0.60
    municipality  305  0.45  0.70
    region        305  0.75  1.00
    country       305  0.80  1.00
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("district")


@pytest.fixture(scope="module")
def asked(folder: Path) -> dict[str, Report]:
    """Read once: no test changes it."""
    store = Store(folder / "store")
    for name, text in (("register", REGISTER), ("reskontra", LEDGER), ("store/places/egna", PLACES)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    load_registers([folder / "register.csv"], store=store, country="SE", as_of="2024-12-31")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    (done,) = import_files([folder / "reskontra.csv"], store=store, anchor=anchor, options=Options())
    assert done.batch is not None
    build(store, [done.batch])
    gazetteer = Gazetteer.load(store.root / "places")
    return {
        code: report(
            store, [done.batch], Question("1480", 202401, 202412, district=code or None), gazetteer=gazetteer
        )
        for code in ("", "305", "101")
    }


@pytest.mark.parametrize("line", SHARES.strip().splitlines())
def test_shares_seen_from_a_district(asked: dict[str, Report], line: str) -> None:
    level, code, low, high = line.split()
    figure = asked[code].local_share[level]  # type: ignore[index]
    assert (figure.low, figure.high) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_the_parts_sum_to_the_base_and_the_rest_does_not_change(asked: dict[str, Report]) -> None:
    whole, lens = asked[""].by_year[0].parts, asked["305"].by_year[0].parts
    assert whole.base == lens.base == asked["305"].base == 100000
    assert (lens.levels["district"], lens.levels["municipality"], lens.home_municipality) == (10000, 20000, 15000)
    assert (whole.levels["district"], whole.levels["municipality"], whole.home_municipality) == (0, 45000, 0)
    assert {k: v for k, v in lens.levels.items() if k not in ("district", "municipality")} == {
        k: v for k, v in whole.levels.items() if k not in ("district", "municipality")
    }


def test_districts_side_by_side_only_at_home(asked: dict[str, Report]) -> None:
    for found in asked.values():
        assert {row.label: row.parts.base for row in found.by_district} == {"305": 10000, "101": 20000}


def test_without_a_district_there_is_no_such_share(asked: dict[str, Report]) -> None:
    assert list(asked[""].local_share) == ["municipality", "region", "country"]
    assert list(asked["305"].local_share) == ["district", "municipality", "region", "country"]


def test_a_district_of_another_municipality_is_refused(asked: dict[str, Report], folder: Path) -> None:
    store = Store(folder / "store")
    batches = [ref for ref, _ in store.batches()]
    gazetteer = Gazetteer.load(store.root / "places")
    for code, said in (("1490", "is no district of 1480"), ("999", "no place with the code 999")):
        with pytest.raises(KvarError, match=said):
            report(store, batches, Question("1480", 202401, 202412, district=code), gazetteer=gazetteer)


def test_the_figure_says_which_division_was_used(asked: dict[str, Report]) -> None:
    assert asked["305"].local_share["district"].evidence["areas"] == "2024"
    assert set(asked["305"].areas) == {"district", "municipality", "region"}
