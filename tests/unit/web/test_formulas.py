"""No cell of an export is a formula, and negative numbers stay numbers."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from kvar.web.charts.chart import Chart
from kvar.web.charts.twins import as_csv, as_workbook

NASTY = ("=1+1", "+A1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "-2+3+cmd|' /C calc'!A0")
CHART = Chart(
    "former", "=1+1", "@lead", "local_share", ("=cmd", "Belopp", "Andel"), ("text", "money", "share"),
    (*((text, -12345, -0.05) for text in NASTY), ("Bageriet AB", None, None)), "SEK",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_csv(lang: str) -> None:
    text = as_csv(CHART, lang).removeprefix("\ufeff")  # type: ignore[arg-type]
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=";" if lang == "sv" else ","))
    assert [row[0] for row in rows] == ["'=cmd", *(f"'{text}" for text in NASTY), "Bageriet AB"]
    assert {tuple(row[1:]) for row in rows[1:-1]} == {("-123,45", "-5,0") if lang == "sv" else ("-123.45", "-5.0")}
    assert rows[-1][1:] == ["-", "-"]


def test_workbook() -> None:
    content = as_workbook([CHART], [("=1+1", "@x")])
    with ZipFile(BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert "<v>-123.45</v>" in sheets[1]
