"""Payments to an anchor's own companies: by its list, by the register, never for others, and always overruled."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.group import group_of, set_group
from kvar.spending.overrides import add_override
from kvar.spending.report import report
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

REGISTER = """org_number;name;legal_form;municipality_code
559900-0014;Stadens Energi AB;Kommunalt aktiebolag;1480
559900-0121;Grannstadens Energi AB;Kommunalt aktiebolag;1490
559900-0238;Bageriet AB;Övriga aktiebolag;1480
"""
LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Stadens Energi AB;559900-0014;100,00;2024-01-05;6210;El
Grannstadens Energi AB;559900-0121;20,00;2024-01-06;6210;El
Bageriet AB;559900-0238;3,00;2024-01-07;6440;Livsmedel
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "reskontra.csv").write_text(LEDGER, encoding="utf-8")
    load_registers([tmp_path / "register.csv"], store=made, country="SE", as_of="2024-12-31")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    (done,) = import_files([tmp_path / "reskontra.csv"], store=made, anchor=anchor, options=Options())
    assert done.batch is not None
    build(made, [done.batch])
    return made


def internal(store: Store) -> dict[str, int]:
    batches = [ref for ref, _ in store.batches()]
    found = report(store, batches, Question("1480", 202401, 202412), gazetteer=Gazetteer.load())
    assert found.paid == 12_300
    return {row.rule: row.amount for row in found.excluded if row.payment_class == "internal"}


def test_nothing_is_internal_until_the_organisation_says_so(store: Store) -> None:
    assert internal(store) == {}


def test_the_registers_companies_of_the_own_municipality_only(store: Store) -> None:
    set_group(store, "staden", [], country="SE", register_place="1480", by="a")
    assert internal(store) == {"group-register": 10_000}


def test_the_organisations_own_list(store: Store) -> None:
    set_group(store, "staden", ["559900-0121", " 5599000238 "], country="SE", by="a")
    assert internal(store) == {"group-list": 2_300}
    assert group_of(store, "staden").numbers == ("5599000121", "5599000238")


def test_another_anchors_group_is_not_ours(store: Store) -> None:
    set_group(store, "polisen", ["559900-0014"], country="SE", by="a")
    assert internal(store) == {}


def test_an_override_comes_before_the_group(store: Store) -> None:
    set_group(store, "staden", ["559900-0121"], country="SE", register_place="1480", by="a")
    add_override(store, "staden", "purchase", reason="Köpt i konkurrens", by="a", number="5599000014")
    assert internal(store) == {"group-list": 2_000}


@pytest.mark.parametrize("number", ["811228-9874", "hej", "559900-0015"])
def test_what_is_no_companys_number_is_refused(store: Store, number: str) -> None:
    with pytest.raises(KvarError) as caught:
        set_group(store, "staden", [number], country="SE", by="a")
    assert caught.value.code == "spending.group.numbers"
    assert group_of(store, "staden").numbers == ()
