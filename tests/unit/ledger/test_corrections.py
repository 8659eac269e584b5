"""Rows held back come out in their own shape with the reason, and load once corrected."""

import csv
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from kvar.ledger.corrections import corrections, safe
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store

from .test_einvoice import invoice

TEXT = "Leverantör;Belopp;Datum\nA AB;10,00;2024-03-01\nB AB;12x;2024-03-01\nC AB;5,00;2024-02-30\n"


def test_round_trip(tmp_path: Path) -> None:
    store, anchor = Store(tmp_path / "store"), Anchor("a", "A", "SE", "1480")
    path = tmp_path / "fil.csv"
    path.write_text(TEXT, encoding="utf-8")
    (done,) = import_files([path], store=store, anchor=anchor, options=Options())
    assert done.batch is not None
    text = corrections(done.batch, "sv")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Leverantör", "Belopp", "Datum", "fel"]
    assert rows[1] == ["B AB", "12x", "2024-03-01", "”12x” på rad 3 är inget belopp. Skriv 12 345,50 eller 12345.50."]
    assert rows[2][:3] == ["C AB", "5,00", "2024-02-30"]
    corrected = tmp_path / "rattad.csv"
    corrected.write_text(text.replace("12x;", "12,00;").replace("2024-02-30;", "2024-02-29;"), encoding="utf-8")
    (again,) = import_files([corrected], store=store, anchor=anchor, options=Options())
    assert [table.loaded for table in again.tables] == [2]


def load(path: Path, text: str | bytes) -> BatchRef:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    store, anchor = Store(path.parent / "store"), Anchor("a", "A", "SE", "1480")
    (done,) = import_files([path], store=store, anchor=anchor, options=Options())
    assert done.batch is not None, done.error
    return done.batch


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_a_persons_number_is_a_token_that_loads_as_the_same_person(tmp_path: Path) -> None:
    head = "Leverantör;Org.nr;Belopp;Datum;Text\n"
    person = "Test Testsson;811228\u00a0\u2013\u00a09874"
    batch = load(tmp_path / "a.csv", f"{head}{person};1,00;2024-03-01;x\n{person};2x;2024-03-01;8112289874\n")
    for file in batch.folder.iterdir():
        content = str(pq.read_table(file).to_pylist()) if file.suffix == ".parquet" else file.read_text()
        assert "9874" not in content
    text = corrections(batch, "sv")
    assert "9874" not in text
    corrected = load(tmp_path / "b.csv", text.replace(";2x;", ";2,00;"))
    payees = [pq.read_table(ref.folder / "payees.parquet").to_pylist()[0] for ref in (batch, corrected)]
    assert [payee["is_person"] for payee in payees] == [True, True]
    assert payees[0]["number"][:24] == payees[1]["number"][:24]


def test_sheets_with_other_columns_share_one_header_and_cells_too_many_stand_last(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "bok.xlsx")
    for name, header in (("mars", ("Leverantör", "Belopp", "Datum")), ("april", ("Leverantör", "Datum", "Belopp"))):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header)
        values = {"Leverantör": f"{name} AB", "Belopp": "12x", "Datum": "2024-03-01"}
        sheet.write_row(1, 0, [values[column] for column in header])
        sheet.write_row(2, 0, [values[column].replace("12x", "5,00") for column in header])
    book.close()
    rows = rows_of(corrections(load(tmp_path / "bok.xlsx", (tmp_path / "bok.xlsx").read_bytes()), "sv"))
    assert [row[:3] for row in rows] == [
        ["Leverantör", "Belopp", "Datum"], ["mars AB", "12x", "2024-03-01"], ["april AB", "12x", "2024-03-01"],
    ]  # fmt: skip
    text = "Leverantör;Belopp;Datum\nA AB;1,00;2024-03-01\nB AB;1,00;2024-03-01;för;mycket\n"
    rows = rows_of(corrections(load(tmp_path / "c.csv", text), "sv"))
    assert rows[1] == ["B AB", "1,00", "2024-03-01", rows[1][3], "för", "mycket"]


def test_an_invoice_held_back_says_both_sums(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "mars.zip", "w") as archive:
        archive.writestr("1.xml", invoice())
        archive.writestr("2.xml", invoice(total="95.01"))
    rows = rows_of(corrections(load(tmp_path / "mars.zip", (tmp_path / "mars.zip").read_bytes()), "sv"))
    assert "raderna blir 95.00 men fakturan säger 95.01" in rows[1][-1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("-100,00", "-100,00"), ("-A1", "'-A1"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("Å", "Å"),
        ("-1+1", "'-1+1"), ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"), ("+100,00", "+100,00"),
        ("+46 8 123 45", "+46 8 123 45"), ("+A1", "'+A1"), ("@SUM(A1)", "'@SUM(A1)"), (" =1", "' =1"),
        ("-1 234,50 kr", "-1 234,50 kr"), ("-1.234,50", "-1.234,50"), ("-", "-"), ("\r=1", "'\r=1"),
    ],
)  # fmt: skip
def test_no_formulas(cell: str, expected: str) -> None:
    assert safe(cell) == expected
