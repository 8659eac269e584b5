"""A contract register in: every line accounted for, unclear cells refused with line and reason, persons keyed."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.contract_errors import rejected_csv
from kvar.spending.contract_file import load_register_file, read_register
from kvar.spending.contract_terms import cpv_code, extension_months, later, yes_or_no
from kvar.spending.contracts import register_of, remove_register

KEY = b"k" * 32
SWEDISH = """Avtalsregister;;;;;;;;
Leverantör;Org.nr;Avtal;CPV;Startdatum;Slutdatum;Förlängning;Värde;Annonserad
Bageriet Exempel AB;559900-0014;Bröd;15811000-6;2024-01-01;2026-12-31;12+12;1 250 000,50;ja

Städ Exempel AB;;Lokalvård;;2023-02-01;tills vidare;;;nej
Utan slut AB;559900-0121;Porto;;;;;;
Fel datum AB;559900-0238;Skyltar;;2024-02-30;2026-12-31;;;
Fel ordning AB;559900-0345;Skyltar;;2026-01-01;2024-12-31;;;
Fel option AB;559900-0451;Skyltar;;2024-01-01;2026-12-31;ett par år;;
;;Ingen leverantör;;2024-01-01;2026-12-31;;;
Test Testsson;811228-9874;Kör;;2024-01-01;2026-12-31;;;kanske
Test Testsson;811228-9874;Kör för 811228-9874;;2024-01-01;2026-12-31;;;
För få celler AB;559900-0568
"""
ENGLISH = """Contract reference,Supplier,Company number,Title,Start date,End date,Extension,Value,Advertised
C1,Example Bakery Ltd,01234567,Bread,01/04/2024,31/03/2027,2 x 12 months,"1,250,000",Yes
"""


@pytest.fixture
def swedish(tmp_path: Path) -> Path:
    path = tmp_path / "avtal.csv"
    path.write_text(SWEDISH, encoding="cp1252")
    return path


def test_every_line_is_a_contract_rejected_or_furniture(swedish: Path) -> None:
    found = read_register(swedish, country="SE", key=KEY)
    assert found.lines == 13
    assert (len(found.contracts), len(found.rejected), found.furniture) == (4, 6, 3)
    assert [(row.line, row.code) for row in found.rejected] == [
        (7, "contracts.date"), (8, "contracts.order"), (9, "contracts.extension"), (10, "contracts.supplier"),
        (11, "contracts.yes_no"), (13, "ledger.row.cells"),
    ]  # fmt: skip


def test_what_a_contract_says(swedish: Path) -> None:
    bread, cleaning, silent, _ = read_register(swedish, country="SE", key=KEY).contracts
    assert (bread.scheme, bread.number, bread.cpv, bread.value) == ("SE-ON", "5599000014", "15811000", 125_000_050)
    assert (bread.end, bread.last_end, bread.advertised) == (date(2026, 12, 31), date(2028, 12, 31), True)
    assert (cleaning.open_ended, cleaning.end, cleaning.advertised) == (True, None, False)
    assert (silent.end, silent.open_ended, silent.advertised, silent.value) == (None, False, None, None)


def test_in_force_with_every_option_used(swedish: Path) -> None:
    bread, cleaning, silent, _ = read_register(swedish, country="SE", key=KEY).contracts
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2028, 12, 31), date(2029, 1, 1))
    assert [bread.in_force(day) for day in days] == [False, True, True, False]
    assert cleaning.in_force(date(2040, 1, 1))
    assert silent.in_force(date(2040, 1, 1)), "what the register does not say may bind"


def test_a_person_is_keyed_and_nameless(swedish: Path) -> None:
    person = read_register(swedish, country="SE", key=KEY).contracts[3]
    assert (person.scheme, person.name) == ("SE-PERSON", None)
    assert "811228" not in f"{person}"


def test_english_with_days_first(tmp_path: Path) -> None:
    path = tmp_path / "contracts.csv"
    path.write_text(ENGLISH, encoding="utf-8")
    (found,) = read_register(path, country="GB", key=KEY).contracts
    assert (found.scheme, found.number, found.reference) == ("GB-COH", "01234567", "C1")
    assert (found.start, found.last_end, found.value) == (date(2024, 4, 1), date(2029, 3, 31), 125_000_000)


def test_a_workbook_with_a_cover_sheet(tmp_path: Path) -> None:
    path = tmp_path / "avtal.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Försätt").write_string(0, 0, "Avtal 2024")
        sheet = book.add_worksheet("Avtal")
        for row, cells in enumerate((("Leverantör", "Avtal", "Slutdatum"), ("Bageriet AB", "Bröd", "2026-12-31"))):
            sheet.write_row(row, 0, cells)
    (found,) = read_register(path, country="SE", key=KEY).contracts
    assert (found.name, found.end) == ("Bageriet AB", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Konto;Belopp\n1;2\n", "contracts.columns"),
        (b"Leverant\xf6r;Slutdatum\n;2024-13-01\n", "contracts.nothing"),
        (b"<?xml version='1.0'?><a/>", "contracts.kind"),
        (b"%PDF-1.7", "ledger.file.pdf"),
        (b"", "ledger.file.empty"),
    ],
)
def test_what_is_refused_leaves_the_register_before(tmp_path: Path, swedish: Path, content: bytes, code: str) -> None:
    store = Store(tmp_path / "store")
    load_register_file(swedish, store=store, anchor="a", country="SE", by="x")
    (tmp_path / "fel.csv").write_bytes(content)
    with pytest.raises(KvarError) as caught:
        load_register_file(tmp_path / "fel.csv", store=store, anchor="a", country="SE", by="x")
    assert caught.value.code == code
    kept = register_of(store, "a")
    assert kept is not None
    assert len(kept.contracts) == 4


def test_stored_read_back_and_removed(tmp_path: Path, swedish: Path) -> None:
    store = Store(tmp_path / "store")
    loaded = load_register_file(swedish, store=store, anchor="a", country="SE", by="x@example.org")
    assert register_of(store, "a") == loaded
    assert loaded.by == "x@example.org"
    remove_register(store, "a")
    assert register_of(store, "a") is None
    with pytest.raises(KvarError):
        remove_register(store, "a")


def test_rejected_rows_come_back_with_their_fault(swedish: Path) -> None:
    lines = rejected_csv(read_register(swedish, country="SE", key=KEY), "sv").splitlines()
    assert lines[0].endswith("Annonserad;fel")
    assert "”2024-02-30” är inget datum" in lines[1]
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("text", "months"),
    [("24", 24), ("12+12", 24), ("2 x 12 månader", 24), ("1+1 år", 24), ("2x1 år", 24), ("nej", 0), ("", 0),
     ("6 mån", 6), ("2 x 12 months", 24), ("1 year", 12)],
)  # fmt: skip
def test_extensions(text: str, months: int) -> None:
    assert extension_months(text) == months


@pytest.mark.parametrize("text", ["ett par år", "12-24", "1000 x 1000", "x", "+"])
def test_extensions_that_cannot_be_counted(text: str) -> None:
    with pytest.raises(KvarError):
        extension_months(text)


def test_terms() -> None:
    assert later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert (yes_or_no("Ja"), yes_or_no("no"), yes_or_no("")) == (True, False, None)
    assert (cpv_code("90910000-9"), cpv_code("90910000"), cpv_code("")) == ("90910000", "90910000", None)
    with pytest.raises(KvarError):
        cpv_code("9091")
