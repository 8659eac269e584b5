"""Numbers of persons and estates are kept nowhere that is shown; a company's number is read however it is written."""

import json
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.payees import payee_row
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.capacity import local_capacity
from kvar.spending.contract_file import load_register_file
from kvar.spending.group import company_number
from kvar.suppliers.public import unnamed
from kvar.suppliers.register import load_registers

KEY = b"k" * 32
ESTATE = "155900-0128"
CONTRACTS = """Leverantör;Org.nr;Avtal;Slutdatum
Bageriet AB;559900-0014;Bröd;2026-12-31
Bygg;811228-9874;Kör för 811228-9874;2026-99-31
"""
REGISTER = """org_number;name;legal_form;municipality_code;industry;ended
559900-0006;Bygg Förnamnsson 811228-9874 AB;Övriga aktiebolag;1480;81210;
559900-0014;Stad AB;Övriga aktiebolag;1480;81210;
559900-0121;Borta AB;Övriga aktiebolag;1480;81210;2020-01-01
"""


def test_an_estate_is_withheld() -> None:
    row = payee_row(0, ("Typsson, Påhittad", ESTATE, "", "", "", "", ""), "SE", KEY)
    assert (row["is_person"], row["person"], row["name"]) == (True, "withheld", None)
    assert "1559000128" not in str(row)
    before = {"is_person": False, "scheme": "SE-ON", "number": "1559000128", "name": "Typsson, Påhittad"}
    assert unnamed(before) == "person"


def test_rejected_contracts_keep_no_persons_number(tmp_path: Path) -> None:
    (tmp_path / "avtal.csv").write_text(CONTRACTS, encoding="utf-8")
    store = Store(tmp_path / "store")
    found = load_register_file(tmp_path / "avtal.csv", store=store, anchor="a", country="SE", by="x")
    (held,) = found.rejected
    assert held.cells[1].startswith("PERSON-")
    kept = (store.root / "contracts" / "a.json").read_text(encoding="utf-8")
    assert "8112289874" not in kept.replace("-", "")
    assert json.loads(kept)


def test_a_registers_name_with_a_persons_number_is_not_kept_and_an_ended_firm_is_no_capacity(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    store = Store(tmp_path / "store")
    read = load_registers([tmp_path / "register.csv"], store=store, country="SE", as_of="2024-12-31")
    (info,) = read.registers
    assert (info.rows, info.kept, info.persons) == (3, 2, 1)
    capacity = local_capacity(store, Gazetteer.load(), "1480")
    assert capacity is not None
    assert capacity["cleaning"].firms == 1


@pytest.mark.parametrize("written", ["556036 0793", "556036-0793", "SE556036079301", "165560360793"])
def test_a_companys_number_is_read_however_it_is_written(written: str) -> None:
    assert company_number(written, "SE") == "5560360793"


def test_what_is_no_number_is_refused() -> None:
    assert company_number(" ", "SE") == ""
    with pytest.raises(KvarError) as caught:
        company_number("55603607", "SE")
    assert caught.value.code == "spending.number.unread"
