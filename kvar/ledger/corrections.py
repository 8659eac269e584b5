"""Quarantined rows as a file in the shape they were sent, with a column that says what is wrong."""

import csv
import json
import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

import pyarrow.parquet as pq

from kvar.core.messages import Language, say
from kvar.ledger.model import BatchRef

COLUMN: dict[Language, str] = {"sv": "fel", "en": "error"}
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"[-–]|[+-]?[\d\s.,]*\d[\d\s.,]*(?:kr|%)?")
Column = tuple[str, int]  # a header and which of its kind it is, from 0


def corrections(batch: BatchRef, language: Language) -> str:
    """CSV of a batch's quarantined rows, to be corrected and sent again; starts with a BOM. For members only.

    Tables with other columns (the sheets of a workbook) share one header; a row's cells too many stand last.
    """
    report = json.loads((batch.folder / "report.json").read_text(encoding="utf-8"))
    rows = pq.read_table(batch.folder / "quarantine.parquet").to_pylist()
    headers = {number: _columns(report["headers"][number]) for number in {row["table"] for row in rows}}
    columns = list(dict.fromkeys(column for number in sorted(headers) for column in headers[number]))
    columns = [column for column in columns if column[0] not in COLUMN.values()]
    out = StringIO()
    write = csv.writer(out, delimiter=";")
    if rows:
        write.writerow([*(safe(name) for name, _ in columns), COLUMN[language]])
    for row in rows:
        header = headers[row["table"]]
        cells = dict(zip(header, row["cells"], strict=False))
        shown = [safe(cells.get(column, "")) for column in columns]
        write.writerow([*shown, _reason(row, len(header), language), *map(safe, row["cells"][len(header) :])])
    return "\ufeff" + out.getvalue()


def _columns(header: Sequence[str]) -> list[Column]:
    return [(name, list(header[:n]).count(name)) for n, name in enumerate(header)]


def _reason(row: dict[str, Any], width: int, language: Language) -> str:
    values = {"line": row["line"], "value": "", "found": len(row["cells"]), "expected": width}
    return say(row["code"], values | json.loads(row["values"]), language)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers with a sign stay as they are."""
    text = cell.lstrip()
    if cell.startswith(("\t", "\r", "\n")) or (text.startswith(_FORMULA) and not _HARMLESS.fullmatch(text)):
        return "'" + cell
    return cell
