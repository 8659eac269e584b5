"""Files that are broken, hostile or endless: each gives a clear word, or is read whatever it says of itself."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from kvar.core.errors import KvarError
from kvar.ledger.read import read
from kvar.ledger.sandbox import read_in_child

KEY = b"k" * 32
HEAD = "Leverantör;Belopp;Datum\n"


def workbook(path: Path, *, dates: bool = True) -> Path:
    """Three payments; the dates as Excel dates, or as the bare numbers Excel keeps."""
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("mars"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Leverantör", "Belopp", "Datum"])
        for n in (1, 2, 3):
            sheet.write_row(n, 0, [f"Firma {n} AB", n + 0.5])
            if dates:
                sheet.write_datetime(n, 2, date(2024, 3, n), day)
            else:
                sheet.write_number(n, 2, 45351 + n)
    return path


def changed(path: Path, pattern: str, by: str) -> Path:
    """The workbook with something else in its sheet's XML."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(pattern, by, parts[name].decode()).encode()
    assert by.encode() in parts[name]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


@pytest.mark.parametrize("stated", ["A1", "A1:B2", "A1:XFD1048576", "C3:D9"])
def test_the_dimension_a_sheet_states_is_not_believed(tmp_path: Path, stated: str) -> None:
    path = changed(workbook(tmp_path / "m.xlsx"), r'<dimension ref="[^"]*"/>', f'<dimension ref="{stated}"/>')
    table = read_in_child(path, key=KEY).tables[0]
    assert (table.lines, table.loaded, table.furniture, table.sum_positive_minor) == (4, 3, 1, 750)


@pytest.mark.parametrize("dates", [True, False])
def test_excel_dates_and_bare_serials_are_the_same_days(tmp_path: Path, dates: bool) -> None:
    found = read(workbook(tmp_path / "m.xlsx", dates=dates), key=KEY).contents.lines["date"].to_pylist()
    assert found == [date(2024, 3, n) for n in (1, 2, 3)]


def test_a_text_column_of_excel_serials_is_dates(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(f"{HEAD}A AB;1,00;45352\nB AB;2,00;45353.5\n", encoding="utf-8")
    assert read(path, key=KEY).contents.lines["date"].to_pylist() == [date(2024, 3, 1), date(2024, 3, 2)]


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(KvarError) as caught:
        read(path, key=KEY)
    assert caught.value.code == "ledger.file.bomb"


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx")
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(KvarError) as caught:
        read(path, key=KEY)
    assert caught.value.code == "ledger.file.truncated"


@pytest.mark.parametrize("rest", ["B", "B AB;2,00", '"B A'])
def test_a_text_cut_in_a_line_holds_that_line_back(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(f"{HEAD}A AB;1,00;2024-03-01\n{rest}", encoding="utf-8")
    table = read(path, key=KEY).tables[0]
    assert (table.lines, table.loaded, table.quarantined, table.furniture) == (3, 1, 1, 1)


def test_a_sheet_of_notes_does_not_refuse_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Läs mig").write_column(0, 0, ["Uttag ur reskontran", "Frågor: ekonomi@example.org"])
        sheet = book.add_worksheet("mars")
        sheet.write_row(0, 0, ["Leverantör", "Belopp", "Datum"])
        sheet.write_row(1, 0, ["Bageriet AB", 10.5, "2024-03-01"])
    notes, ledger = read(path, key=KEY).tables
    assert (notes.lines, notes.loaded, notes.furniture) == (2, 0, 2)
    assert (ledger.lines, ledger.loaded, ledger.sum_positive_minor) == (2, 1, 1050)


def test_a_line_of_a_gigabyte_is_refused_within_the_childs_memory(tmp_path: Path) -> None:
    path = tmp_path / "en-rad.csv"
    with path.open("wb") as file:
        file.write(f"{HEAD}A AB;1,00;2024-03-01\n".encode())
        for _ in range(64):
            file.write(b"x" * 2**24)
    with pytest.raises(KvarError) as caught:
        read_in_child(path, key=KEY)
    path.unlink()
    assert (caught.value.code, caught.value.values["line"]) == ("ledger.line.too_long", 3)
