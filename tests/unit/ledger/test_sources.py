"""Sources are read strictly, and what a publisher's file cannot be trusted with is said."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor
from kvar.ledger.read import read
from kvar.ledger.recognise import drift
from kvar.ledger.sources.catalogue import _read, by_id, catalogue
from kvar.ledger.store import Store

KEY = b"k" * 32
GOOD = {"title": {}, "country": "SE", "currency": "SEK", "signature": ["a"], "options": {"version": 1},
        "columns": {"amount": "b"}}  # fmt: skip


def codes(path: Path) -> set[str]:
    return {notice.code for notice in read(path, key=KEY).tables[0].warnings}


@pytest.mark.parametrize(
    "wrong", [{"colour": 1}, {"options": {"version": 1, "floor": 2}}, {"columns": {"price": "b"}}]
)
def test_an_unknown_key_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KvarError) as caught:
        _read("x", GOOD | wrong)
    assert caught.value.code == "ledger.source.keys"


def test_every_source_says_its_quirks_in_both_languages() -> None:
    for source in catalogue():
        assert source.quirks["sv"], source.id
        assert len(source.quirks["sv"]) == len(source.quirks["en"])


def test_a_header_without_supplier_or_amount_is_no_source() -> None:
    assert by_id("uk_transparency").match(["Body Name", "Supplier Name", "Date"]) is None


def test_vasteras_own_numbers_are_references(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(
        "kopare_id;kopare;verifikationsnummer;leverantor_id;leverantor;konto_nr;konto_text;datum;belopp;kommun_id\n"
        "1;X;1;5599000006;Bageri Exempel AB;6440;Livsmedel;2024-03-01;10,00;1980\n",
        encoding="utf-8",
    )
    result = read(path, key=KEY)
    assert result.tables[0].source == "vasteras"
    assert result.contents.payees.to_pylist()[0]["number"] is None


def test_a_column_of_own_numbers_is_set_aside_and_said(tmp_path: Path) -> None:
    rows = "".join(f"Firma {n} AB;{1000 + n};2024-03-01;10,00\n" for n in range(30))
    path = tmp_path / "egna.csv"
    path.write_text("Leverantör;Organisationsnummer;Datum;Belopp\n" + rows, encoding="utf-8")
    assert "ledger.notice.internal_numbers" in codes(path)
    assert read(path, key=KEY).contents.payees["ref"].to_pylist()[0] == "1000"


def test_a_file_without_dates_says_that_it_counts_to_no_year(tmp_path: Path) -> None:
    path = tmp_path / "odaterad.csv"
    path.write_text("Leverantör;Belopp\nBageri Exempel AB;10,00\n", encoding="utf-8")
    assert "ledger.notice.no_dates" in codes(path)


def test_a_copy_without_signs_is_refused_as_money(tmp_path: Path) -> None:
    header = (
        "Body Name,Date,Transaction number,Invoice Number,Amount,Supplier Name,Supplier ID,VAT Registration Number,"
    )
    header += "Expense Area,Expense Type,Expense Code,BVACOP,SOURCE\n"
    path = tmp_path / "c.csv"
    path.write_text(header + "X,01/03/2024,1,2,10.00,Bakery Example Ltd,3,,A,B,C,D,E\n", encoding="utf-8")
    assert read(path, key=KEY).tables[0].source == "calderdale"
    assert "ledger.notice.not_for_money" in codes(path)
    anchor = Anchor("c", "C", "GB", "E08000033")
    [done] = import_files([path], store=Store(tmp_path / "store"), anchor=anchor, options=Options())
    assert done.error is not None
    assert done.error.code == "ledger.batch.not_for_money"


def test_a_saved_mapping_that_nearly_fits_says_what_changed() -> None:
    saved = Mapping("own", 1, {"supplier_name": "Lev", "amount": "Kr", "date": "Dag"}, "SE", "SEK")
    assert drift(["Lev", "Kr", "Dag"], [saved]) == []
    [notice] = drift(["Lev", "Kr", "Datum"], [saved])
    assert notice.values == {"missing": "Dag", "new": "Datum"}
    assert drift(["A", "B"], [saved]) == []
