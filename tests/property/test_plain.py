"""Lines read in columns give what the same lines give one by one, whatever dirt is between them."""

import csv
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.ledger.contents import NAMES as TABLES
from kvar.ledger.delimited import Reader
from kvar.ledger.lines import physical_lines
from kvar.ledger.plain import survey
from kvar.ledger.read import read
from kvar.ledger.records import Row

SIGNS = st.sampled_from('aÅ1 ;;;""",\t\x0b\x0c\x00\u2028\ufeff\u00a0')
NEWLINES = st.sampled_from(["\n", "\n", "\r\n", "\r\n", "\r"])
LINES = st.lists(st.tuples(st.text(SIGNS, max_size=9), NEWLINES), max_size=30)
NAMES = [
    "A AB",
    '"A; AB"',
    '"A ""B"" AB"',
    'A "B" AB',
    '"A AB',
    "",
    " ",
    "Summa",
    "Grand total",
    "Leverantör",
    "Ö 811218-9876",
]
AMOUNTS = ["1", "-1,50", '"1 000,00"', "1.000,25-", "(3)", "x", "", "Total", "Belopp", '"2\n0"']
DATES = ["2024-03-01", "2024-02-30", "", "Datum", "2024-03-02;", "2024-03-02;;x", "2024-03-01;;"]
ROWS = st.lists(st.tuples(*map(st.sampled_from, (NAMES, AMOUNTS, DATES))), min_size=1, max_size=25)
EVERY = patch("kvar.ledger.delimited.FEWEST", 1)
NEVER = patch("kvar.ledger.delimited.FEWEST", 10**9)


def one_by_one(reader: Reader) -> list[tuple[int, int, list[str], bool]]:
    return [(item.first, item.last, item.cells, isinstance(item, Row)) for item in reader.one_by_one(0)]


def in_columns(reader: Reader) -> list[tuple[int, int, list[str], bool]]:
    with EVERY:
        tokens = reader.tokens(0, 2)
    rows = [row for records in tokens.records for row in records.rows(records.first.argsort())]
    found = [(row.first, row.last, row.cells, True) for row in [*rows, *tokens.rows]]
    return sorted(found + [(item.first, item.last, item.cells, False) for item in tokens.quarantined])


@given(LINES)
def test_columns_hold_what_single_lines_hold(written: list[tuple[str, str]]) -> None:
    lines = physical_lines("".join(line + end for line, end in written), "fil.csv")
    reader = Reader(lines, ";")
    assert in_columns(reader) == one_by_one(reader)


@given(LINES)
def test_a_plain_line_is_what_csv_reads(written: list[tuple[str, str]]) -> None:
    lines = physical_lines("".join(line + end for line, end in written), "fil.csv")
    found = survey(lines, ";")
    for n, line in enumerate(lines.texts(0, len(lines))):
        if found.plain[n]:
            [cells] = csv.reader([line], delimiter=";", strict=True)
            assert len(cells) == found.width[n]


@given(st.lists(st.tuples(st.text(SIGNS, max_size=9), NEWLINES)))
def test_physical_lines_are_those_of_the_text(written: list[tuple[str, str]]) -> None:
    text = "".join(line + end for line, end in written)
    lines = physical_lines(text, "fil.csv")
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines.texts(0, len(lines)) == (expected if expected[-1] else expected[:-1])


def outcome(path: Path) -> object:
    try:
        found = read(path, key=b"k" * 32)
    except KvarError as error:
        return error.code, error.values
    contents = {name: found.contents.columns(name).to_pylist() for name in TABLES}
    return found.tables, found.quarantined, found.months, contents


@given(ROWS, NEWLINES)
def test_a_ledger_reads_the_same_in_columns_and_line_by_line(rows: list[tuple[str, ...]], newline: str) -> None:
    text = newline.join(["Leverantör;Belopp;Datum", *(";".join(row) for row in rows)])
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/dev/shm")) as folder:
        path = Path(folder) / "fil.csv"
        path.write_text(text, encoding="utf-8", newline="")
        with EVERY:
            in_columns = outcome(path)
        with NEVER:
            assert outcome(path) == in_columns
