"""Delimited text to rows: physical lines first, delimiter decided by the header, no quote swallows a row."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kvar.ledger import plain
from kvar.ledger.lines import MAX_LINE, Lines
from kvar.ledger.records import Records, Row
from kvar.ledger.table import Quarantined

DELIMITERS = (";", "\t", ",", "|")
MAX_RECORD_LINES = 20
FEWEST = 8  # plain lines of one width, from which on columns are worth their while
csv.field_size_limit(MAX_LINE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every line is in exactly one record, row or quarantined; `records` each of one width."""

    records: Sequence[Records]
    rows: Sequence[Row]
    quarantined: Sequence[Quarantined]


def decide_delimiter(lines: Sequence[str]) -> str:
    """The sign that gives the same number (>= 1) of cells in most of the first lines, header weighing most."""
    sample = [line for line in lines[:200] if line.strip()]

    def score(delimiter: str) -> tuple[float, int]:
        counts = Counter(line.count(delimiter) for line in sample)
        counts.pop(0, None)
        width, times = counts.most_common(1)[0] if counts else (0, 0)
        return times / max(len(sample), 1) if width else 0.0, width

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] > 0 else ","


class Reader:
    """Rows out of lines with one delimiter."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        self.lines, self.delimiter = lines, delimiter

    @cached_property
    def width(self) -> int:
        """What most of the first 2,000 lines without quotes have."""
        sample = self.lines.texts(0, 2000)
        widths = Counter(len(line.split(self.delimiter)) for line in sample if '"' not in line and line.strip())
        return widths.most_common(1)[0][0] if widths else 0

    def one_by_one(self, at: int) -> Iterator[Row | Quarantined]:
        """The record that begins at line `at` (from 0), and those after it."""
        while at < len(self.lines):
            found = self.record(at)
            at = found.last
            yield found

    def record(self, at: int) -> Row | Quarantined:
        """One line, a few lines if the width then agrees, plain text if that has the width, else held back."""
        texts = self.lines.texts(at, at + 1)
        if (alone := _parse(texts[0], self.delimiter)) is not None:
            return Row(alone, at + 1, at + 1)
        for last in range(at + 1, min(at + MAX_RECORD_LINES, len(self.lines))):
            texts.append(self.lines.text(last))
            together = _parse("\n".join(texts), self.delimiter)
            if together is not None and len(together) == self.width:
                return Row(together, at + 1, last + 1)
        cells = texts[0].split(self.delimiter)
        if len(cells) == self.width:
            return Row(cells, at + 1, at + 1)
        return Quarantined(at + 1, at + 1, "ledger.row.quote", {}, cells)

    def tokens(self, at: int, width: int) -> Tokens:
        """All that begins at line `at` or after; lines of at least `width` (>= 2) cells come in columns."""
        found = plain.survey(self.lines, self.delimiter)
        left = np.arange(len(self.lines)) >= at
        odd = self._odd(left & ~found.plain, left)
        widths, counts = np.unique(found.width[left & (found.width >= width)], return_counts=True)
        records = []
        for cells in widths[(counts >= FEWEST) & (widths < 2 * width + 100)].tolist():
            chosen = left & (found.width == cells)
            records.append(plain.columns(self.lines, chosen, cells, self.delimiter))
            left &= ~chosen
        odd += [self.record(n) for n in np.flatnonzero(left).tolist()]
        rows = [item for item in odd if isinstance(item, Row)]
        return Tokens(records, rows, [item for item in odd if isinstance(item, Quarantined)])

    def _odd(self, odd: np.ndarray, left: np.ndarray) -> list[Row | Quarantined]:
        """The records that begin at odd lines; the lines they take are struck from `left`, in place."""
        found: list[Row | Quarantined] = []
        for at in np.flatnonzero(odd).tolist():
            if left[at]:
                found.append(self.record(at))
                left[at : found[-1].last] = False
        return found


def _parse(record: str, delimiter: str) -> list[str] | None:
    """The cells of one closed record, or None while a quote stands open."""
    try:
        [cells] = csv.reader([record], delimiter=delimiter, strict=True)
    except csv.Error:
        return None
    return cells
