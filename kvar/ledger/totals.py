"""Total rows of a file: the file's own control, compared with the lines it sums."""

from collections.abc import Iterator, Sequence

import numpy as np

from kvar.ledger.amounts import AmountError, parse_amount
from kvar.ledger.convert import Typed
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Notice
from kvar.ledger.table import Furniture, RawTable

SHOWN = 3  # more rows that differ are one fault, not many


def total_notices(table: RawTable, typed: Typed, mapping: Mapping) -> list[Notice]:
    """Which total rows agree with the lines above them, which differ, and which hold no amount to compare.

    A row may sum the lines since the total before it, all lines above, or (when it stands first) all below.
    """
    totals = sorted((item for item in table.furniture if item.kind == "total"), key=lambda item: item.first)
    if not totals:
        return []
    lines = _Lines(table, typed, mapping)
    agree: list[int] = []
    silent: list[int] = []
    differ: list[Notice] = []
    before = 0
    for item in totals:
        stated = _stated(item, lines.column, mapping)
        found = lines.sums(before, item.first)
        before = item.first
        if not stated:
            silent.append(item.first)
        elif stated & found:
            agree.append(item.first)
        else:
            told = _nearest(stated, lines.loaded(item.first))
            values = {"line": item.first, "stated": told, "found": lines.loaded(item.first)}
            differ.append(Notice("ledger.notice.total_differs", values | {"currency": mapping.currency}))
    return [*_said("agrees", agree), *differ[:SHOWN], *_said("row", silent)]


def _said(what: str, rows: Sequence[int]) -> Iterator[Notice]:
    if rows:
        yield Notice(f"ledger.notice.total_{what}", {"n": len(rows), "line": rows[0]})


def _nearest(stated: set[int], found: int) -> int:
    return min(stated, key=lambda amount: (abs(amount - found), amount))


class _Lines:
    """Sums of a table's lines between two lines of the file; those held back counted with, or not."""

    def __init__(self, table: RawTable, typed: Typed, mapping: Mapping) -> None:
        header = mapping.columns.get("amount", "")
        self.column = table.header.index(header) if header in table.header else -1
        order = np.argsort(typed.first, kind="stable")
        self.first, self.sum = typed.first[order], np.concatenate([[0], np.cumsum(typed.amount[order])])
        held = [(item.first, _readable(item.cells, self.column, mapping)) for item in table.quarantined]
        self.held = [(line, min(amounts)) for line, amounts in held if amounts]

    def loaded(self, line: int) -> int:
        """The sum of the loaded lines above one; of all when there are none above."""
        return self._between(0, line) if np.searchsorted(self.first, line) else int(self.sum[-1])

    def sums(self, after: int, line: int) -> set[int]:
        """What a total on a line may say, when the total before it stands on `after`."""
        return {
            self._between(start, end) + held
            for start, end in ((after, line), (0, line), (line, np.iinfo(np.int32).max))
            for held in {0, sum(amount for at, amount in self.held if start < at < end)}
        }

    def _between(self, start: int, end: int) -> int:
        low, high = np.searchsorted(self.first, (start, end))
        return int(self.sum[high] - self.sum[low])


def _stated(item: Furniture, column: int, mapping: Mapping) -> set[int]:
    """The amount of a total row: in its column, else the only one there is."""
    if found := _readable(item.cells, column, mapping):
        return found
    readable = [found for n in range(len(item.cells)) if (found := _readable(item.cells, n, mapping))]
    return readable[0] if len(readable) == 1 else set()


def _readable(cells: Sequence[str], column: int, mapping: Mapping) -> set[int]:
    """A cell as minor units, by either decimal sign where nothing says which; empty when it is no amount."""
    found = set()
    for decimal in mapping.decimal or ",.":
        try:
            found.add(parse_amount(cells[column], decimal) * mapping.sign)
        except (AmountError, IndexError):
            continue
    return found
