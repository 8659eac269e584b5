"""Reports as a file: a list to fill in with a spreadsheet, read back whole or not at all."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.core.whole import whole
from kvar.ledger.corrections import safe
from kvar.ledger.encoding import decode
from kvar.procurement.models import Obligation

HEADER = ("nr", "åtagande", "enhet", "månad", "antal", "anteckning")
MOST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: obligation, month as yyyymm, amount in the obligation's unit, note."""

    obligation: Obligation
    period: int
    amount: int
    note: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be read, with its error."""

    line: int
    error: KvarError


def blank(obligations: Sequence[Obligation], language: Language = "sv") -> str:
    """The list to fill in: `;`, UTF-8 with BOM; no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for item in obligations:
        writer.writerow([item.pk, safe(item.titled(language)), item.unit, "", "", ""])
    return "\ufeff" + out.getvalue()


def read(body: bytes, obligations: Mapping[int, Obligation]) -> tuple[list[Row], list[Wrong]]:
    """Rows and wrong lines; lines without an amount are left out. `procurement.report.file` for other files."""
    text = decode(body, "rapport.csv").text.replace("\0", "")
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    if not lines or [cell.strip().casefold() for cell in lines[0]][:5] != list(HEADER[:5]) or len(lines) > MOST:
        raise KvarError("procurement.report.file", header=";".join(HEADER))
    rows: list[Row] = []
    wrong: list[Wrong] = []
    for number, cells in enumerate(lines[1:], 2):
        given = [cell.strip() for cell in [*cells, *[""] * 6]]
        if not given[3] and not given[4]:
            continue
        try:
            rows.append(_row(given, obligations))
        except KvarError as error:
            wrong.append(Wrong(number, error))
    return rows, wrong


def _row(cells: Sequence[str], obligations: Mapping[int, Obligation]) -> Row:
    item = obligations.get(whole(cells[0]) or 0)
    if item is None:
        raise KvarError("procurement.report.number", number=cells[0][:20] or "-")
    return Row(item, month(cells[3]), amount(cells[4]), cells[5][:2000])


def month(text: str) -> int:
    """`2026-03` or `202603` as 202603; `procurement.report.month`."""
    digits = text.replace("-", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6 and 1 <= int(digits) % 100 <= 12):
        raise KvarError("procurement.report.month", text=text[:20] or "-")
    return int(digits)


def amount(text: str) -> int:
    """A whole number of zero or more; `procurement.report.whole`."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise KvarError("procurement.report.whole", text=text[:20] or "-")
    return int(digits)
