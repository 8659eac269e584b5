"""Delimited text to rows: physical lines first, delimiter decided by the header, no quote swallows a row."""

import csv
from collections import Counter

from kvar.core.errors import KvarError
from kvar.ledger.table import Quarantined, Row

DELIMITERS = (";", "\t", ",", "|")
MAX_LINE = 1_000_000
MAX_RECORD_LINES = 20
csv.field_size_limit(MAX_LINE)


def physical_lines(text: str, name: str) -> list[str]:
    r"""The lines of a text split at `\r\n`, `\n` and bare `\r`; `ledger.line.too_long` above a million signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    longest = max(range(len(lines)), key=lambda i: len(lines[i]), default=0)
    if lines and len(lines[longest]) > MAX_LINE:
        raise KvarError("ledger.line.too_long", file=name, line=longest + 1, limit=MAX_LINE)
    return lines


def decide_delimiter(lines: list[str]) -> str:
    """The sign that gives the same number (>= 1) of cells in most of the first lines, header weighing most."""
    sample = [line for line in lines[:200] if line.strip()]

    def score(delimiter: str) -> tuple[float, int]:
        counts = Counter(line.count(delimiter) for line in sample)
        counts.pop(0, None)
        width, times = counts.most_common(1)[0] if counts else (0, 0)
        return times / max(len(sample), 1) if width else 0.0, width

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] > 0 else ","


def tokenise(lines: list[str], delimiter: str) -> tuple[list[Row], list[Quarantined]]:
    """Rows of `lines`; every line is in exactly one row or quarantined."""
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        records = []
    if len(records) == len(lines):
        return [Row(cells, n, n) for n, cells in enumerate(records, 1)], []
    return _carefully(lines, delimiter)


def _carefully(lines: list[str], delimiter: str) -> tuple[list[Row], list[Quarantined]]:
    width = _usual_width(lines, delimiter)
    rows: list[Row] = []
    bad: list[Quarantined] = []
    at = 0
    while at < len(lines):
        row = _record(lines, at, delimiter, width)
        if row is None:
            cells = lines[at].split(delimiter)
            bad.append(Quarantined(at + 1, at + 1, "ledger.row.quote", {}, cells))
            at += 1
        else:
            rows.append(row)
            at = row.last
    return rows, bad


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(line.split(delimiter)) for line in lines[:2000] if '"' not in line and line.strip())
    return widths.most_common(1)[0][0] if widths else 0


def _record(lines: list[str], at: int, delimiter: str, width: int) -> Row | None:
    """The record that starts at line `at`: on one line, over a few lines if the width agrees, or as plain text."""
    for last in range(at, min(at + MAX_RECORD_LINES, len(lines))):
        cells = _parse("\n".join(lines[at : last + 1]), delimiter)
        if cells is not None and (last == at or len(cells) == width):
            return Row(cells, at + 1, last + 1)
    plain = lines[at].split(delimiter)
    return Row(plain, at + 1, at + 1) if len(plain) == width else None


def _parse(record: str, delimiter: str) -> list[str] | None:
    """The cells of one closed record, or None while a quote stands open."""
    try:
        parsed = list(csv.reader(record.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return parsed[0] if len(parsed) == 1 else ([] if not parsed else None)
