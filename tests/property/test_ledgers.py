"""Generated ledgers: whatever the dirt, every line has one state and every öre is counted."""

import os
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.ledger.amounts import AmountError, parse_amount, parse_column
from kvar.ledger.read import read

NAMES = st.text(st.sampled_from("abcdefåäöÅÄÖ &.-'éÉ" + '"'), min_size=1, max_size=20).filter(
    lambda name: name.strip().lower() not in ("", "-")
)
MINOR = st.integers(-(10**11), 10**11)
FORMS = st.sampled_from(["comma", "grouped", "minus_after", "brackets"])
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
DIRT = st.sampled_from(["", "", "", "blank", "header", "bad_amount", "bad_date", "cells"])
ROWS = st.lists(st.tuples(NAMES, MINOR, FORMS, DIRT), min_size=1, max_size=25)


def written(minor: int, form: str) -> str:
    whole, cents = divmod(abs(minor), 100)
    digits = f"{whole:,}".replace(",", " ") if form == "grouped" else str(whole)
    text = f"{digits},{cents:02}"
    if minor >= 0:
        return text
    return {"minus_after": f"{text}-", "brackets": f"({text})"}.get(form, f"-{text}")


def row(name: str, minor: int, form: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    return f"{quoted};{written(minor, form)};2024-03-01"


DIRTY = {
    "blank": ";;",
    "header": "Leverantör;Belopp;Datum",
    "bad_amount": "Fel AB;12a,00;2024-03-01",
    "bad_date": "Fel AB;12,00;2024-02-30",
    "cells": "Fel AB;12,00;2024-03-01;;extra",
}


@settings(max_examples=settings().max_examples * 5)
@given(ROWS, NEWLINES, ENCODINGS, st.booleans())
def test_conserved(rows: list[tuple[str, int, str, str]], newline: str, encoding: str, footer: bool) -> None:
    lines = ["Leverantör;Belopp;Datum"]
    for name, minor, form, dirt in rows:
        lines.append(row(name, minor, form))
        lines += [DIRTY[dirt]] if dirt else []
    if footer:
        lines.append(f"Summa;{written(sum(minor for _, minor, _, _ in rows), 'comma')};")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/dev/shm")) as folder:
        path = Path(folder) / "fil.csv"
        path.write_bytes((newline.join(lines) + newline).encode(encoding))
        found = read(path, key=b"k" * 32)
    table = found.tables[0]
    held = sum(dirt in ("bad_amount", "bad_date", "cells") for _, _, _, dirt in rows)
    assert table.lines == len(lines) == table.loaded + table.quarantined + table.furniture
    assert (table.loaded, table.quarantined) == (len(rows), held)
    assert table.sum_positive_minor == sum(minor for _, minor, _, _ in rows if minor > 0)
    assert table.sum_negative_minor == sum(minor for _, minor, _, _ in rows if minor < 0)
    assert found.contents.lines["amount"].to_pylist() == [minor for _, minor, _, _ in rows]
    rolled = found.contents.rollup
    assert sum(rolled["positive"].to_pylist()) + sum(rolled["negative"].to_pylist()) == sum(r[1] for r in rows)


@given(st.lists(st.text(st.sampled_from("0123456789.,-() \u00a0+eEkr£x"), max_size=14), max_size=30))
def test_fast_and_slow_amounts_agree(cells: list[str]) -> None:
    minor, refused = parse_column(pa.array(cells, pa.string()), ".")
    for index, cell in enumerate(cells):
        try:
            expected: int | str = parse_amount(cell, ".")
        except AmountError as error:
            expected = error.code
        assert refused.get(index, int(minor[index])) == expected
