"""A chart as a file: CSV in the language's dialect, and all charts as one workbook."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

import xlsxwriter

from kvar.core.messages import Language
from kvar.ledger.corrections import safe
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.written import decimal, ratio

FORMATS: dict[Kind, str] = {"text": "", "share": "0.0 %", "money": "#,##0.00", "count": "#,##0",
                            "ratio": "0.00"}  # fmt: skip


def as_csv(chart: Chart, lang: Language) -> str:
    """`;` and decimal comma with BOM in Swedish, `,` and point in English; shares in per cent, money in kronor."""
    text = StringIO()
    out = csv.writer(text, delimiter=";" if lang == "sv" else ",")
    out.writerow([safe(name) for name in chart.header])
    for row in chart.rows:
        out.writerow([_written(cell, kind, lang) for cell, kind in zip(row, chart.kinds, strict=True)])
    return "\ufeff" + text.getvalue()


def _written(cell: Cell, kind: Kind, lang: Language) -> str:
    if cell is None:
        return "-"
    if kind == "share" and isinstance(cell, float):
        return decimal(100 * cell, lang).replace("−", "-")
    if kind == "ratio" and isinstance(cell, float):
        return ratio(cell, lang)
    if kind == "money" and isinstance(cell, int):
        sign, (whole, cents) = "-" if cell < 0 else "", divmod(abs(cell), 100)
        return f"{sign}{whole}{',' if lang == 'sv' else '.'}{cents:02}"
    return safe(str(cell))


def as_workbook(charts: Iterable[Chart], notes: Iterable[tuple[str, str]]) -> bytes:
    """One sheet a chart and a first sheet of notes (what, which period, source, definitions)."""
    out = BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        first = book.add_worksheet("Kvar")
        first.set_column(0, 0, 28)
        first.set_column(1, 1, 90)
        for number, (name, text) in enumerate(notes):
            first.write_string(number, 0, name, bold)
            first.write_string(number, 1, text)
        for chart in charts:
            _sheet(book, chart, bold)
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, chart: Chart, bold: object) -> None:
    sheet = book.add_worksheet(chart.name)
    sheet.write_string(0, 0, chart.title, bold)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(chart.header), 16)
    sheet.write_row(1, 0, chart.header, bold)
    styles = {kind: book.add_format({"num_format": style}) if style else None for kind, style in FORMATS.items()}
    for number, row in enumerate(chart.rows, 2):
        for column, (cell, kind) in enumerate(zip(row, chart.kinds, strict=True)):
            if cell is None or isinstance(cell, str):
                sheet.write_string(number, column, cell or "-")
            else:
                sheet.write_number(number, column, cell / 100 if kind == "money" else cell, styles[kind])
    sheet.freeze_panes(2, 1)
