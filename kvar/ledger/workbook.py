"""XLSX and XLS through calamine: every sheet a table, every used row accounted."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kvar.core.errors import KvarError
from kvar.ledger.container import Payload
from kvar.ledger.table import Row

Cell = int | float | str | bool | time | date | datetime | timedelta


def sheets(payload: Payload) -> list[tuple[str, list[Row], bool]]:
    """(name, rows as text, hidden) of each sheet; the stated dimension is never believed. `ledger.file.workbook`."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(payload.data))
        shown = {sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible}
        return [(name, _rows(book, name), name not in shown) for name in book.sheet_names]
    except CalamineError as error:
        raise KvarError("ledger.file.workbook", file=payload.name) from error


def _rows(book: CalamineWorkbook, name: str) -> list[Row]:
    sheet = book.get_sheet_by_name(name)
    start = sheet.start[0] if sheet.start else 0
    cells = sheet.to_python(skip_empty_area=True)
    return [Row([as_text(cell) for cell in row], n, n) for n, row in enumerate(cells, start + 1)]


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
