"""Local share: a small ledger and register in, shares and interval out."""

import json
import re
import shutil
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.indicators.local_share import VERSION
from kvar.spending.overrides import add_override, overrides, remove_override
from kvar.spending.report import Report, report
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

REGISTER = """org_number;name;legal_form;municipality_code
559900-0014;Bageriet i Göteborg AB;Övriga aktiebolag;1480
779900-0018;Kooperativet i Borås;Ekonomiska föreningar;1490
559900-0121;Bolaget i Stockholm AB;Övriga aktiebolag;0180
"""
LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet i Göteborg AB;559900-0014;400,00;2024-01-05;6440;Livsmedel
Bageriet i Göteborg AB;559900-0014;-100,00;2024-02-05;6440;Livsmedel
Kooperativet i Borås;779900-0018;200,00;2024-01-06;7010;Transporter
Bolaget i Stockholm AB;559900-0121;300,00;2024-01-07;7450;Konsulttjänster
Okänt företag;559900-0238;100,00;2024-01-08;7450;Konsulttjänster
Utan nummer;;100,00;2024-01-08;7450;Konsulttjänster
Skatteverket;202100-5448;5000,00;2024-01-09;2710;Personalskatt
Pensionsbolaget;559900-0345;700,00;2024-01-10;5732;Pensionsutbetalningar
Föreningen;559900-0451;50,00;2024-01-11;4530;Bidrag till föreningar
Test Testsson;811228-9874;60,00;2024-01-12;7450;Konsulttjänster
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("share")


@pytest.fixture(scope="module")
def found(folder: Path) -> Report:
    """Read once: who changes something takes a copy."""
    store = Store(folder / "store")
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "reskontra.csv").write_text(LEDGER, encoding="utf-8")
    load_registers([folder / "register.csv"], store=store, country="SE", as_of="2024-12-31")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    (done,) = import_files([folder / "reskontra.csv"], store=store, anchor=anchor, options=Options())
    assert done.batch is not None
    build(store, [done.batch])
    return report(store, [done.batch], Question("1480", 202401, 202412), gazetteer=Gazetteer.load())


def test_purchases_are_told_from_other_payments(found: Report) -> None:
    excluded = {row.payment_class: row.amount for row in found.excluded}
    assert excluded == {"tax": 500000, "pension": 70000, "grant": 5000, "individual": 6000}
    assert found.base == 100000
    assert found.paid == found.base + sum(excluded.values())


LEVELS = """
    municipality  0.30  0.50
    region        0.50  0.70
    country       0.90  1.00
"""


@pytest.mark.parametrize("line", LEVELS.strip().splitlines())
def test_share_and_interval_by_level(found: Report, line: str) -> None:
    level, low, high = line.split()
    figure = found.local_share[level]  # type: ignore[index]
    assert (figure.low, figure.high) == (pytest.approx(float(low)), pytest.approx(float(high)))
    assert figure.version == VERSION


def test_parts_sum_to_the_base_in_every_row(found: Report) -> None:
    for rows in (found.by_year, found.by_anchor, found.by_category, found.by_legal_form, found.by_place):
        assert sum(row.parts.base for row in rows) == found.base
    assert sum(row.amount for row in found.top_suppliers) + found.withheld.amount == found.base
    assert found.withheld.suppliers == 1, "one that no number or word tells from a person"
    assert sum(row.n for row in found.by_year) == 6


def test_legal_forms_come_from_the_register_or_are_inferred(found: Report) -> None:
    forms = {row.label: row.parts.base for row in found.by_legal_form}
    assert forms == {"limited_company": 70000, "cooperative": 20000, "unknown": 10000}


def test_no_person_is_named(found: Report) -> None:
    assert "Testsson" not in str(found.to_json())
    assert not re.search("811228[- ]?9874", str(found.to_json()))


LEAKS = """
    Konsulttjänster  300.00  0.60  1.00
    Livsmedel          0.00  0.00  0.00
    Transporter        0.00  0.00  0.00
"""


def test_leakage_by_kind_with_its_interval(found: Report) -> None:
    told = [(leak.category, leak.amount, leak.figure.low, leak.figure.high) for leak in found.leakage]
    assert told == [
        (kind, int(float(amount) * 100), pytest.approx(float(low)), pytest.approx(float(high)))
        for kind, amount, low, high in (line.split() for line in LEAKS.strip().splitlines())
    ]


def test_every_figure_has_an_interval_and_the_version_of_its_definition(found: Report) -> None:
    data = json.loads(json.dumps(found.to_json()))
    figures = data["figures"]
    assert {f["indicator"] for f in figures} == {"purchases", "local_share", "leakage", "top_suppliers", "coverage"}
    for figure in figures:
        assert re.fullmatch(r"\d+\.\d+", figure["version"])
        assert (figure["value"] is None) == (figure["missing"] is not None)
        assert figure["value"] is None or figure["low"] <= figure["value"] <= figure["high"]
    amounts = {
        f["of"]["what"]: f["value"] for f in figures if f["unit"] == "minor" and f["of"]["what"] != "set_aside"
    }
    aside = sum(f["value"] for f in figures if f["of"].get("what") == "set_aside")
    assert amounts["paid"] == amounts["purchases"] + aside == found.paid
    of_year = [f for f in figures if f["of"] == {"year": "2024", "level": "municipality"}]
    whole = [f for f in figures if f["of"] == {"level": "municipality"}]
    assert [f["low"] for f in of_year] == [f["low"] for f in whole] == [pytest.approx(0.3)]


def test_coverage_of_all_is_all(found: Report) -> None:
    assert found.coverage.value == pytest.approx(1.0)


@pytest.mark.parametrize(("local", "total", "percent"), [(112.3, 617.0, 18.2), (488.7, 617.0, 79.2)])
def test_published_preston_shares(local: float, total: float, percent: float) -> None:
    """CLES, Community Wealth Building in Preston, 2016/17: Preston and Lancashire."""
    assert round(100 * local / total, 1) == percent


def test_an_anchors_own_word_comes_before_the_rules(tmp_path: Path, found: Report, folder: Path) -> None:
    store = Store(shutil.copytree(folder / "store", tmp_path / "store"))
    batches = [ref for ref, _ in store.batches()]
    add_override(store, "staden", "internal", reason="Eget bolag", by="analytiker", number="5599000121")
    add_override(store, "staden", "purchase", reason="Är en tjänst", by="analytiker", account="4530")
    again = report(store, batches, Question("1480", 202401, 202412), gazetteer=Gazetteer.load())
    assert again.base == found.base - 30000 + 5000
    assert {row.payment_class: row.amount for row in again.excluded}["internal"] == 30000
    for row in overrides(store, "staden"):
        remove_override(store, "staden", row.at)
    assert report(store, batches, Question("1480", 202401, 202412), gazetteer=Gazetteer.load()) == found


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"payment_class": "gift", "account": "1", "reason": "x"}, "spending.override.class"),
        ({"payment_class": "tax", "reason": "x"}, "spending.override.one"),
        ({"payment_class": "tax", "account": "1", "reason": " "}, "spending.override.reason"),
    ],
)
def test_an_override_needs_a_class_one_thing_and_a_reason(tmp_path: Path, given: dict[str, str], code: str) -> None:
    with pytest.raises(KvarError) as caught:
        add_override(Store(tmp_path), "staden", by="x", **given)  # type: ignore[arg-type]
    assert caught.value.code == code
