"""Raw table + mapping to typed columns; every row becomes loaded, furniture or quarantined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from kvar.core.period import month
from kvar.ledger import distinct
from kvar.ledger.amounts import decide_decimal, parse_column
from kvar.ledger.dates import Order, parse_dates
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Field
from kvar.ledger.records import Records
from kvar.ledger.table import Furniture, Quarantined, RawTable

_AMBIGUOUS = re.compile(r"^\D*\d{1,3}[.,]\d{3}\D*$")
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
TEXTS: tuple[Field, ...] = (
    "supplier_name", "supplier_id", "supplier_vat", "supplier_ref", "supplier_postcode", "supplier_city",
    "legal_form", "account_code", "account_text", "unit", "invoice", "voucher", "text",
)  # fmt: skip
Columns = dict[Field, pa.DictionaryArray]
Reasons = dict[int, str]  # of the distinct values that cannot be read: number -> code of why


@dataclass(slots=True)
class Typed:
    """Columns of the loaded rows of one table, of equal length n; `amount` int64 minor, `month` yyyymm or 0.

    `dates` date32, null where there is none; `texts` as written, those that the table has.
    """

    first: np.ndarray
    last: np.ndarray
    amount: np.ndarray
    month: np.ndarray
    dates: pa.Date32Array
    texts: Columns


_NO_LINES, _NO_MONTHS = np.array([], np.int32), np.array([], np.int32)
NOTHING = Typed(_NO_LINES, _NO_LINES, np.array([], np.int64), _NO_MONTHS, pa.nulls(0, pa.date32()), {})


def convert(table: RawTable, mapping: Mapping, file_name: str) -> Typed:
    """Typed columns; rows that cannot be typed move to `table.quarantined` or `table.furniture` in place."""
    cells = _columns(table, mapping)
    period = _period(mapping, file_name, table.sheet)
    minor, refused = _amounts(cells["amount"], mapping)
    days = _days(cells["date"], mapping, table.from_workbook) if "date" in cells else [None]
    reasons: dict[Field, Reasons] = {"amount": refused}
    if "date" in cells:
        reasons["date"] = _undated(distinct.values(cells["date"]), days, period)
    day = distinct.numbers(cells["date"]) if "date" in cells else np.zeros(len(table.records), np.int32)
    dated = np.array([found is not None for found in days], bool)[day]
    keep = _sort_out(table, cells, reasons, dated)
    months = np.array([month(d.year, d.month) if d else period for d in days], np.int32)
    return Typed(
        table.records.first[keep],
        table.records.last[keep],
        minor[distinct.numbers(cells["amount"])[keep]] * mapping.sign,
        months[day[keep]],
        pa.array(days, pa.date32()).take(pa.array(day[keep])),
        {name: distinct.only(cells[name], keep) for name in TEXTS if name in cells},
    )


def _columns(table: RawTable, mapping: Mapping) -> Columns:
    cells: Columns = {
        meaning: table.records.columns[table.header.index(name)].dictionary_encode()
        for meaning, name in mapping.columns.items()
        if name in table.header
    }
    if mapping.account_split and "account_code" in cells:
        _split_account(cells, re.compile(mapping.account_split))
    return cells


def _split_account(cells: Columns, pattern: re.Pattern[str]) -> None:
    written = cells["account_code"]
    found = [(m["code"], m["text"].strip()) if (m := pattern.match(c)) else (c, "") for c in distinct.values(written)]
    cells["account_code"] = distinct.renamed(written, [code for code, _ in found])
    cells.setdefault("account_text", distinct.renamed(written, [text for _, text in found]))


def _amounts(column: pa.DictionaryArray, mapping: Mapping) -> tuple[np.ndarray, Reasons]:
    """Minor units and refusals by distinct value."""
    decimal = mapping.decimal or _decimal(column)
    minor, refused = parse_column(column.dictionary, decimal or ".")
    if decimal is None:
        cells = distinct.values(column)
        refused |= {i: "ledger.amount.ambiguous" for i, cell in enumerate(cells) if _AMBIGUOUS.match(cell)}
    return minor, refused


def _decimal(column: pa.DictionaryArray) -> str | None:
    times = np.bincount(distinct.numbers(column), minlength=len(column.dictionary))
    return decide_decimal(distinct.values(column), times.tolist())


def _days(column: pa.DictionaryArray, mapping: Mapping, workbook: bool) -> list[date | None]:
    cells = distinct.values(column)
    order: Order | None = mapping.date_order  # type: ignore[assignment]
    known = parse_dates(cells, order, serials=workbook or _all_serials(cells))
    return [known[cell] for cell in cells]


def _all_serials(cells: Sequence[str]) -> bool:
    used = [cell.strip() for cell in cells if cell.strip()]
    return bool(used) and all(map(_SERIAL.fullmatch, used))


def _undated(cells: Sequence[str], days: Sequence[date | None], period: int) -> Reasons:
    """A blank date is no reason where the file's name tells the month."""
    undated = [n for n, day in enumerate(days) if day is None and (cells[n].strip() or not period)]
    return {n: "ledger.date.unreadable" if cells[n].strip() else "ledger.date.missing" for n in undated}


def _period(mapping: Mapping, file_name: str, sheet: str | None) -> int:
    if mapping.period_from_name is None:
        return 0
    found = re.search(mapping.period_from_name, sheet or "") or re.search(mapping.period_from_name, file_name)
    return month(int(found["year"]), int(found["month"])) if found else 0


def _sort_out(table: RawTable, cells: Columns, reasons: dict[Field, Reasons], dated: np.ndarray) -> np.ndarray:
    """Which rows load, bool; the others are put where they belong."""
    records = table.records
    total = _totals(records, cells.get("supplier_name"), dated)
    sums = records.rows(np.flatnonzero(total))
    table.furniture += [Furniture(row.first, row.last, "total", tuple(row.cells)) for row in sums]
    number = {name: distinct.numbers(cells[name]) for name in reasons}
    bad = np.zeros(len(records), bool)
    for name, found in reasons.items():
        bad |= np.isin(number[name], list(found))
    held = np.flatnonzero(bad & ~total)
    for i, row in zip(held.tolist(), records.rows(held), strict=True):
        name = next(name for name, found in reasons.items() if number[name][i] in found)
        values: dict[str, object] = {"value": cells[name][i].as_py()[:60], "line": row.first}
        table.quarantined.append(Quarantined(row.first, row.last, reasons[name][number[name][i]], values, row.cells))
    keep: np.ndarray = ~(bad | total)
    return keep


def _totals(records: Records, names: pa.DictionaryArray | None, dated: np.ndarray) -> np.ndarray:
    """Rows without a name or a date that hold a number alone, or with a word; bool. A dated one is a payment."""
    found = np.zeros(len(records), bool)
    nameless = ~found if names is None else distinct.where(names, lambda name: not name.strip())
    index = np.flatnonzero(nameless & ~dated)
    unsure = index[~records.take(index).surely_used(3)]
    found[unsure] = [_is_total(row.cells) for row in records.rows(unsure)]
    return found


def _is_total(cells: Sequence[str]) -> bool:
    used = [cell for cell in cells if cell.strip()]
    return len(used) <= 2 and any(any(map(str.isdigit, cell)) for cell in used)
