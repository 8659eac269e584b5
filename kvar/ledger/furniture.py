"""Rows under a header: payments stay, blanks, totals and repeated headers are set aside, broken rows held back."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.dates import parse_date
from kvar.ledger.delimited import Tokens
from kvar.ledger.records import Records, Row, filled
from kvar.ledger.table import Furniture, Quarantined, RawTable

_TOTAL = re.compile(
    r"^(?:grand |sub-?\s?)?(?:totals?|summa|totalt|delsumma|slutsumma)\s*(?:belopp|amount)?\s*:?$", re.I
)
_TOTAL_WORD = "(?i)total|summa"  # fits wherever _TOTAL does
_DATE = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*")
SHORT = 3  # a total row has no more cells than these


def sort_out(table: RawTable, tokens: Tokens) -> None:
    """Put every row where it belongs in `table`: columns tell of most rows, the others are judged one by one."""
    width = len(table.header)
    kept, single = [], list(tokens.rows)
    for records in tokens.records:
        blank = records.empty()
        sure = _surely_payments(records, table.header) & ~blank
        table.furniture += _blanks(records.only(blank))
        single += records.rows(np.flatnonzero(~(sure | blank)))
        kept.append(records.cut(width).only(sure))
    kept.append(_judged(single, table))
    table.records = Records.together(kept)
    table.quarantined += tokens.quarantined
    table.quarantined.sort(key=lambda item: item.first)
    table.furniture.sort(key=lambda item: item.first)


def _blanks(records: Records) -> list[Furniture]:
    lines = zip(records.first.tolist(), records.last.tolist(), strict=True)
    return [Furniture(first, last, "blank") for first, last in lines]


def _judged(rows: Iterable[Row], table: RawTable) -> Records:
    """The payments among single rows; the others find their place in `table`."""
    found = [judge(row, table.header) for row in sorted(rows, key=lambda row: row.first)]
    table.furniture += [item for item in found if isinstance(item, Furniture)]
    table.quarantined += [item for item in found if isinstance(item, Quarantined)]
    return Records.of([item for item in found if isinstance(item, Row)], len(table.header))


def _surely_payments(records: Records, header: Sequence[str]) -> np.ndarray:
    """Rows that `judge` takes for payments, bool; there may be others."""
    width, sure = len(header), np.zeros(len(records), bool)
    if len(records.columns) > width:
        spare = Records(records.columns[width:], records.first, records.last).empty()
        sure[spare] = records.cut(width).only(spare).surely_used(SHORT + 1)
    elif len(records.columns) == width:
        first = records.columns[0]
        unnamed = ~filled(first)
        sure = ~_flags(pc.or_(pc.equal(first, header[0]), pc.match_substring_regex(first, _TOTAL_WORD)))
        sure[unnamed] = records.only(unnamed).surely_used(SHORT + 1)
    return sure


def _flags(found: pa.BooleanArray) -> np.ndarray:
    flags: np.ndarray = found.to_numpy(zero_copy_only=False)
    return flags


def judge(row: Row, header: Sequence[str]) -> Row | Furniture | Quarantined:
    """What one row under a header is; a payment is cut to the header's width."""
    first, cells = row.cells[0] if row.cells else "", row.cells
    if len(cells) != len(header) or not first:
        return _judge_odd(row, len(header))
    if first == header[0] and [cell.strip() for cell in cells] == header:
        return Furniture(row.first, row.last, "header")
    if _TOTAL.match(first.strip()):
        return _judge_total(row)
    return row


def _judge_total(row: Row) -> Row | Furniture | Quarantined:
    """A sum has no date. With one it is held back, unless it has all that a payment to a firm named Total has."""
    if not any(_DATE.fullmatch(cell) and parse_date(cell.strip(), "dmy") for cell in row.cells):
        return Furniture(row.first, row.last, "total", tuple(row.cells))
    used = [cell.strip() for cell in row.cells if cell.strip()]
    if len(used) > SHORT and any(cell.casefold() == "total" for cell in used):
        return row
    return Quarantined(row.first, row.last, "ledger.row.total", {}, row.cells)


def _judge_odd(row: Row, width: int) -> Row | Furniture | Quarantined:
    """A row that is blank, of another width, or without a first cell."""
    used = [cell.strip() for cell in row.cells if cell.strip()]
    if not used:
        return Furniture(row.first, row.last, "blank")
    if any(_TOTAL.match(cell) for cell in used) and len(used) <= SHORT:
        return _judge_total(row)
    if any(cell.strip() for cell in row.cells[width:]) or len(row.cells) < width:
        values: dict[str, object] = {"found": len(row.cells), "expected": width}
        return Quarantined(row.first, row.last, "ledger.row.cells", values, row.cells)
    return Row(row.cells[:width], row.first, row.last)
