"""A file to raw tables: the header found, blanks, totals and preambles set aside, nothing lost."""

import re

from kvar.core.errors import KvarError
from kvar.ledger.container import Payload
from kvar.ledger.delimited import DELIMITERS, decide_delimiter, physical_lines, tokenise
from kvar.ledger.encoding import decode
from kvar.ledger.model import Notice
from kvar.ledger.recognise import is_header
from kvar.ledger.table import Furniture, Quarantined, RawTable, Row
from kvar.ledger.workbook import sheets

HEADER_WITHIN = 40
_TOTAL = re.compile(
    r"^(?:grand |sub-?\s?)?(?:totals?|summa|totalt|delsumma|slutsumma)\s*(?:belopp|amount)?\s*:?$", re.I
)


def read_tables(
    payload: Payload, *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[str, list[RawTable]]:
    """The encoding and the raw tables of a text or workbook; `ledger.header.missing` when none has a header."""
    if payload.kind == "workbook":
        tables = [_sheet(*found) for found in sheets(payload)]
        used = [table for table in tables if table.lines]
        if not any(table.header for table in used):
            raise KvarError("ledger.header.missing", file=payload.name, seen=_seen(used))
        return "xlsx", used
    text = decode(payload.data, payload.name, encoding)
    lines = physical_lines(text.text, payload.name)
    sign = delimiter or _by_header(lines) or decide_delimiter(lines)
    rows, quarantined = tokenise(lines, sign)
    table = _table(rows, None, False)
    table.lines, table.delimiter = len(lines), sign
    table.quarantined += quarantined
    table.notices += text.notices
    if not table.header:
        raise KvarError("ledger.header.missing", file=payload.name, seen=_seen([table]))
    return text.encoding, [table]


def _by_header(lines: list[str]) -> str | None:
    """The delimiter that turns one of the first lines into a header we know, the widest if several do."""
    found = [
        (len(cells), sign)
        for sign in DELIMITERS
        for cells in (line.replace('"', "").split(sign) for line in lines[:HEADER_WITHIN])
        if is_header(cells)
    ]
    return max(found)[1] if found else None


def _sheet(name: str, rows: list[Row], hidden: bool) -> RawTable:
    table = _table(rows, name, True)
    if hidden:
        table.notices.append(Notice("ledger.notice.hidden_sheet", {"sheet": name}))
    return table


def _table(rows: list[Row], sheet: str | None, from_workbook: bool) -> RawTable:
    at = next((n for n, row in enumerate(rows[:HEADER_WITHIN]) if is_header(row.cells)), None)
    table = RawTable(sheet, [], [], len(rows), from_workbook=from_workbook)
    if at is None:
        at = _first_used(rows)
        if at is not None:
            _without_header(rows, at, table)
        return table
    table.header = _trimmed(rows[at].cells)
    table.furniture += [Furniture(row.first, row.last, "preamble") for row in rows[:at]]
    table.furniture.append(Furniture(rows[at].first, rows[at].last, "header"))
    _body(rows[at + 1 :], table)
    return table


def _first_used(rows: list[Row]) -> int | None:
    return next(
        (n for n, row in enumerate(rows[:HEADER_WITHIN]) if sum(map(bool, map(str.strip, row.cells))) > 1), None
    )


def _without_header(rows: list[Row], at: int, table: RawTable) -> None:
    """No known header: the first row with several cells is shown as one, so that the user can match columns."""
    table.furniture += [Furniture(row.first, row.last, "preamble") for row in rows[:at]]
    table.furniture.append(Furniture(rows[at].first, rows[at].last, "header"))
    table.header = _trimmed(rows[at].cells)
    _body(rows[at + 1 :], table)


def _trimmed(cells: list[str]) -> list[str]:
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _body(rows: list[Row], table: RawTable) -> None:
    width, header = len(table.header), table.header
    for row in rows:
        cells = row.cells
        if len(cells) == width and cells[0]:
            if cells[0] == header[0] and [cell.strip() for cell in cells] == header:
                table.furniture.append(Furniture(row.first, row.last, "header"))
            elif _TOTAL.match(cells[0].strip()):
                table.furniture.append(Furniture(row.first, row.last, "total"))
            else:
                table.rows.append(row)
        else:
            _odd(row, table)


def _odd(row: Row, table: RawTable) -> None:
    """A row that is blank, of another width, or without a first cell."""
    width = len(table.header)
    used = [cell.strip() for cell in row.cells if cell.strip()]
    if not used:
        table.furniture.append(Furniture(row.first, row.last, "blank"))
    elif any(_TOTAL.match(cell) for cell in used) and len(used) <= 3:
        table.furniture.append(Furniture(row.first, row.last, "total"))
    elif any(cell.strip() for cell in row.cells[width:]) or len(row.cells) < width:
        values: dict[str, object] = {"found": len(row.cells), "expected": width}
        table.quarantined.append(Quarantined(row.first, row.last, "ledger.row.cells", values, row.cells))
    else:
        table.rows.append(Row(row.cells[:width], row.first, row.last))


def _seen(tables: list[RawTable]) -> str:
    names = [name for table in tables for name in table.header]
    return ", ".join(names)[:300] or "–"


def total_notice(table: RawTable) -> list[Notice]:
    """A word about total rows that were not counted."""
    lines = [item.first for item in table.furniture if item.kind == "total"]
    return [Notice("ledger.notice.total_row", {"n": len(lines), "line": lines[0]})] if lines else []
