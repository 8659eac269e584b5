"""Quarantined rows as a file in the shape they were sent, with a column that says what is wrong."""

import csv
import json
from io import StringIO

import pyarrow.parquet as pq

from kvar.core.messages import Language, say
from kvar.ledger.model import BatchRef

COLUMN: dict[Language, str] = {"sv": "fel", "en": "error"}
_FORMULA = ("=", "+", "@", "\t", "\r", "＝", "＋", "＠")


def corrections(batch: BatchRef, language: Language) -> str:
    """CSV of a batch's quarantined rows, to be corrected and sent again; starts with a BOM. For members only."""
    report = json.loads((batch.folder / "report.json").read_text(encoding="utf-8"))
    out = StringIO()
    write = csv.writer(out, delimiter=";")
    for row in pq.read_table(batch.folder / "quarantine.parquet").to_pylist():
        header = report["headers"][row["table"]]
        if out.tell() == 0:
            write.writerow([*header, COLUMN[language]])
        cells = [safe(cell) for cell in row["cells"]][: len(header)]
        blanks = [""] * (len(header) - len(cells))
        write.writerow([*cells, *blanks, _reason(row, header, language)])
    return "\ufeff" + out.getvalue()


def _reason(row: dict[str, object], header: list[str], language: Language) -> str:
    cells = row["cells"]
    found = len(cells) if isinstance(cells, list) else 0
    values = {"line": row["line"], "value": row["value"], "found": found, "expected": len(header)}
    return say(str(row["code"]), values, language)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; negative numbers stay as they are."""
    if cell.startswith(_FORMULA) or (cell.startswith("-") and not cell[1:2].isdigit()):
        return "'" + cell
    return cell
