"""Rows held back come out in their own shape with the reason, and load once corrected."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from kvar.ledger.corrections import corrections, safe
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store

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


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("=1+1", "'=1+1"), ("-100,00", "-100,00"), ("-A1", "'-A1"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("Å", "Å")],
)
def test_no_formulas(cell: str, expected: str) -> None:
    assert safe(cell) == expected
