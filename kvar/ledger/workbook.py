"""XLSX and XLS through calamine: every sheet a table, every used row accounted."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kvar.core.errors import KvarError
from kvar.ledger.container import Payload
from kvar.ledger.records import Records

Cell = int | float | str | bool | time | date | datetime | timedelta


def sheets(payload: Payload) -> list[tuple[str, Records, bool]]:
    """(name, cells as text, hidden) of each sheet; the stated dimension is never believed. `ledger.file.workbook`."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(payload.data))
        shown = {sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible}
        return [(name, _records(book, name), name not in shown) for name in book.sheet_names]
    except CalamineError as error:
        raise KvarError("ledger.file.workbook", file=payload.name) from error


def _records(book: CalamineWorkbook, name: str) -> Records:
    sheet = book.get_sheet_by_name(name)
    columns = list(zip(*sheet.to_python(skip_empty_area=True), strict=True))
    rows = np.arange(len(columns[0]) if columns else 0, dtype=np.int32) + (sheet.start[0] if sheet.start else 0) + 1
    return Records([_texts(column) for column in columns], rows, rows)


def _texts(column: Sequence[Cell]) -> pa.StringArray:
    return pa.array([cell if type(cell) is str else as_text(cell) for cell in column], pa.string())


def as_text(cell: Cell) -> str:
    """A cell as the text a person would see: dates ISO, whole numbers without `.0`."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
