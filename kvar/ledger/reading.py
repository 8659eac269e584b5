"""A file to raw tables: the header found, what stands before it set aside, nothing lost."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

import numpy as np

from kvar.core.errors import KvarError
from kvar.ledger.container import Payload
from kvar.ledger.delimited import DELIMITERS, Reader, Tokens, decide_delimiter
from kvar.ledger.encoding import decode
from kvar.ledger.furniture import sort_out
from kvar.ledger.lines import Lines, physical_lines, refuse_endless
from kvar.ledger.model import Notice
from kvar.ledger.recognise import is_header, is_payment
from kvar.ledger.records import Records, Row
from kvar.ledger.table import Furniture, Quarantined, RawTable
from kvar.ledger.workbook import sheets

HEADER_WITHIN = 40


def read_tables(
    payload: Payload, *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[str, list[RawTable]]:
    """The encoding and the raw tables of a text or workbook; `ledger.header.missing` or `.data` when none has one."""
    if payload.kind == "workbook":
        code, tables = "xlsx", [table for table in (_sheet(*found) for found in sheets(payload)) if table.lines]
    else:
        if encoding is None:
            refuse_endless(payload.data, payload.name)
        text = decode(payload.data, payload.name, encoding)
        code, tables = text.encoding, [_text(physical_lines(text.text, payload.name), delimiter)]
        tables[0].notices += text.notices
    if not any(table.header for table in tables):
        if any(table.headless for table in tables):
            raise KvarError("ledger.header.data", file=payload.name)
        raise KvarError("ledger.header.missing", file=payload.name, seen=_seen(tables))
    return code, tables


def _text(lines: Lines, delimiter: str | None) -> RawTable:
    sample = lines.texts(0, 200)
    sign = delimiter or _by_header(sample[:HEADER_WITHIN]) or decide_delimiter(sample)
    reader = Reader(lines, sign)
    head = _first(reader.one_by_one(0))
    table, at = _begin([row for row in head if isinstance(row, Row)])
    table.lines, table.delimiter = len(lines), sign
    table.quarantined += takewhile(lambda item: item.last <= at, (i for i in head if isinstance(i, Quarantined)))
    if table.header:
        sort_out(table, reader.tokens(at, len(table.header)))
    return table


def _by_header(lines: Sequence[str]) -> str | None:
    """The delimiter that turns one of the first lines into a header we know, the widest if several do."""
    found = [
        (len(cells), sign)
        for sign in DELIMITERS
        for cells in (line.replace('"', "").split(sign) for line in lines if sign in line)
        if is_header(cells)
    ]
    return max(found)[1] if found else None


def _first(found: Iterable[Row | Quarantined]) -> list[Row | Quarantined]:
    """As much as holds the first rows, where a header may be."""
    head: list[Row | Quarantined] = []
    rows = 0
    for item in found:
        head.append(item)
        rows += isinstance(item, Row)
        if rows == HEADER_WITHIN:
            break
    return head


def _sheet(name: str, records: Records, hidden: bool) -> RawTable:
    table, at = _begin(records.rows(np.arange(min(len(records), HEADER_WITHIN))))
    table.sheet, table.lines, table.from_workbook, table.records = name, len(records), True, records
    if table.header:
        sort_out(table, Tokens([records.only(records.first > at)], [], []))
    if hidden:
        table.notices.append(Notice("ledger.notice.hidden_sheet", {"sheet": name}))
    return table


def _begin(rows: Sequence[Row]) -> tuple[RawTable, int]:
    """A table with its header and what stands before, and the header's last line.

    Without a known header the first row with several cells is shown as one, so that the user can match columns:
    but a row with an amount or a date is a payment, and must not be lost as a header.
    """
    table = RawTable(None, [], Records.of([], 0), 0)
    at = next((n for n, row in enumerate(rows) if is_header(row.cells)), None)
    if at is None:
        at = next((n for n, row in enumerate(rows) if sum(map(bool, map(str.strip, row.cells))) > 1), None)
    if at is None:
        return table, 0
    if not is_header(rows[at].cells) and is_payment(rows[at].cells):
        table.headless = True
        return table, 0
    table.header = _trimmed(rows[at].cells)
    table.furniture += [Furniture(row.first, row.last, "preamble") for row in rows[:at]]
    table.furniture.append(Furniture(rows[at].first, rows[at].last, "header"))
    return table, rows[at].last


def _trimmed(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _seen(tables: Iterable[RawTable]) -> str:
    names = [name for table in tables for name in table.header]
    return ", ".join(names)[:300] or "–"
