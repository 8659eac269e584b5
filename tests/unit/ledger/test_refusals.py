"""What a file does not say is the organisation's; what cannot be added, told from a total, or read says so."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kvar.core.errors import KvarError
from kvar.ledger.contents import Contents
from kvar.ledger.importing import Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor
from kvar.ledger.read import read
from kvar.ledger.store import Store

KEY = b"k" * 32
TOWN = Anchor("staden", "Staden", "SE", "1480")
ENGLISH = "Posting date;Vendor name;Org no;Amount\n"
OWN = Mapping("own", 1, {"supplier_name": "A", "amount": "C"}, "SE", "SEK")


def imported(folder: Path, text: str, anchor: Anchor = TOWN, options: Options | None = None) -> Contents | KvarError:
    path = folder / "reskontra.csv"
    path.write_text(text, encoding="utf-8")
    (done,) = import_files([path], store=Store(folder / "store"), anchor=anchor, options=options or Options())
    return Contents.stored(done.batch.folder) if done.batch else done.error or KvarError("?")


def test_an_english_header_is_read_as_the_organisations_country(tmp_path: Path) -> None:
    rows = "2024-03-01;Bageriet;556036-0793;100,00\n2024-03-02;Påhittad Typsson;811228-9874;50,00\n"
    found = imported(tmp_path, ENGLISH + rows)
    assert isinstance(found, Contents)
    payees = found.columns("payees", ["scheme", "number", "is_person"]).to_pylist()
    assert {(row["scheme"], row["is_person"]) for row in payees} == {("SE-ON", False), ("SE-PERSON", True)}
    assert "8112289874" not in str(payees)


def test_a_file_of_another_country_is_refused(tmp_path: Path) -> None:
    mapping = Mapping("own", 1, {"supplier_name": "Vendor name", "amount": "Amount"}, "GB", "GBP")
    found = imported(tmp_path, ENGLISH + "2024-03-01;Bakery Ltd;01234567;100.00\n", options=Options(mapping=mapping))
    assert isinstance(found, KvarError)
    assert (found.code, found.values["home"]) == ("ledger.batch.country", "SE")


def test_a_file_in_another_currency_is_refused(tmp_path: Path) -> None:
    mapping = Mapping("own", 1, {"supplier_name": "Vendor name", "amount": "Amount"}, "SE", "EUR")
    found = imported(tmp_path, ENGLISH + "2024-03-01;Bageriet AB;;100.00\n", options=Options(mapping=mapping))
    assert isinstance(found, KvarError)
    assert (found.code, found.values["known"]) == ("ledger.batch.currency", "SEK")


def test_withheld_names_with_a_date_are_payments_and_a_bare_number_is_a_total(tmp_path: Path) -> None:
    path = tmp_path / "reskontra.csv"
    path.write_text("Datum;Leverantör;Belopp\n" + "2024-03-01;;10,00\n" * 5 + ";;50,00\n", encoding="utf-8")
    (table,) = read(path, key=KEY).tables
    assert (table.loaded, table.furniture, table.quarantined) == (5, 2, 0)
    assert table.sum_positive_minor == 50_00


@pytest.mark.parametrize(
    ("row", "loaded", "held"),
    [
        ("Total;2024-03-02;559900-0014;40,00", 2, 0),
        ("Total;2024-03-02;;40,00", 1, 1),
        ("Summa;2024-03-02;559900-0014;40,00", 1, 1),
        ("Total;;;40,00", 1, 0),
    ],
)
def test_a_firm_named_total_is_paid(tmp_path: Path, row: str, loaded: int, held: int) -> None:
    path = tmp_path / "reskontra.csv"
    path.write_text(f"Leverantör;Datum;Orgnr;Belopp\nBageriet AB;2024-03-01;559900-0006;9,00\n{row}\n", "utf-8")
    (table,) = read(path, key=KEY).tables
    assert (table.loaded, table.quarantined) == (loaded, held)


def test_a_sheet_without_the_chosen_columns_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with Workbook(path) as book:
        for name, head in (("Ledger", "ABC"), ("Notes", "DEF")):
            sheet = book.add_worksheet(name)
            for n, row in enumerate([list(head), ["Bageriet AB", "x", 12.5], ["Rör AB", "x", 7.5]]):
                sheet.write_row(n, 0, row)
    result = read(path, key=KEY, mapping=OWN)
    assert [table.loaded for table in result.tables] == [2, 0]
    assert "ledger.notice.sheet_left_out" in [notice.code for notice in result.tables[1].warnings]


def test_chosen_columns_that_are_nowhere_are_named(tmp_path: Path) -> None:
    path = tmp_path / "egen.csv"
    path.write_text("A;B\nBageriet AB;x\n", encoding="utf-8")
    with pytest.raises(KvarError) as caught:
        read(path, key=KEY, mapping=OWN)
    assert (caught.value.code, caught.value.values["missing"]) == ("ledger.columns.missing", "amount")
