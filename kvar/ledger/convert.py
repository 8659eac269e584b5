"""Raw table + mapping to typed columns; every row becomes loaded, furniture or quarantined."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from kvar.core.period import month
from kvar.ledger.amounts import decide_decimal, parse_column
from kvar.ledger.dates import Order, parse_dates
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Field
from kvar.ledger.table import Furniture, Quarantined, RawTable

_AMBIGUOUS = re.compile(r"^\D*\d{1,3}[.,]\d{3}\D*$")
TEXTS: tuple[Field, ...] = (
    "supplier_name", "supplier_id", "supplier_vat", "supplier_ref", "supplier_postcode", "supplier_city",
    "legal_form", "account_code", "account_text", "unit", "invoice", "voucher", "text",
)  # fmt: skip


@dataclass(slots=True)
class Typed:
    """Columns of the loaded rows of one table, of equal length n; `amount` int64 minor, `month` yyyymm or 0."""

    first: np.ndarray
    last: np.ndarray
    amount: np.ndarray
    month: np.ndarray
    dates: list[date | None]
    texts: dict[Field, list[str]]


def convert(table: RawTable, mapping: Mapping, file_name: str) -> Typed:
    """Typed columns; rows that cannot be typed move to `table.quarantined` or `table.furniture` in place."""
    cells = _columns(table, mapping)
    dates = _dates(cells.get("date"), len(table.rows), mapping, table.from_workbook)
    minor, refused = _amounts(cells["amount"], mapping)
    period = _period(mapping, file_name, table.sheet)
    keep = _sort_out(table, cells, dates, refused, period)
    index = np.flatnonzero(keep)
    chosen = index.tolist()
    kept_dates = [dates[i] for i in chosen]
    months = [month(d.year, d.month) if d else period for d in kept_dates]
    return Typed(
        np.array([table.rows[i].first for i in chosen], np.int32),
        np.array([table.rows[i].last for i in chosen], np.int32),
        minor[index] * mapping.sign,
        np.array(months, np.int32),
        kept_dates,
        {name: _texts(cells, name, keep, len(chosen)) for name in TEXTS},
    )


def _columns(table: RawTable, mapping: Mapping) -> dict[Field, list[str]]:
    columns = list(zip(*(row.cells for row in table.rows), strict=True)) or [()] * len(table.header)
    cells: dict[Field, list[str]] = {
        meaning: list(columns[table.header.index(name)])
        for meaning, name in mapping.columns.items()
        if name in table.header
    }
    if mapping.account_split and "account_code" in cells:
        _split_account(cells, re.compile(mapping.account_split))
    return cells


def _split_account(cells: dict[Field, list[str]], pattern: re.Pattern[str]) -> None:
    pairs = {cell: pattern.match(cell) for cell in set(cells["account_code"])}
    written = cells["account_code"]
    found = [(m.group("code"), m.group("text").strip()) if (m := pairs[cell]) else (cell, "") for cell in written]
    cells["account_code"] = [code for code, _ in found]
    cells.setdefault("account_text", [text for _, text in found])


def _amounts(cells: list[str], mapping: Mapping) -> tuple[np.ndarray, dict[int, str]]:
    decimal = mapping.decimal or decide_decimal(cells)
    minor, refused = parse_column(cells, decimal or ".")
    if decimal is None:
        refused |= {i: "ledger.amount.ambiguous" for i, cell in enumerate(cells) if _AMBIGUOUS.match(cell)}
    return minor, refused


def _dates(cells: list[str] | None, n: int, mapping: Mapping, workbook: bool) -> list[date | None]:
    if cells is None:
        return [None] * n
    order: Order | None = mapping.date_order  # type: ignore[assignment]
    known = parse_dates(cells, order, serials=workbook or _all_serials(cells))
    return [known[cell] for cell in cells]


def _all_serials(cells: list[str]) -> bool:
    used = [cell for cell in cells if cell.strip()]
    return bool(used) and all(re.fullmatch(r"[34]\d{4}(?:\.\d+)?", cell.strip()) for cell in used)


def _period(mapping: Mapping, file_name: str, sheet: str | None) -> int:
    if mapping.period_from_name is None:
        return 0
    found = re.search(mapping.period_from_name, sheet or "") or re.search(mapping.period_from_name, file_name)
    return month(int(found["year"]), int(found["month"])) if found else 0


def _sort_out(
    table: RawTable, cells: dict[Field, list[str]], dates: list[date | None], refused: dict[int, str], period: int
) -> np.ndarray:
    """Which rows load; the others are put where they belong."""
    keep = np.ones(len(table.rows), bool)
    names, raw_dates = cells.get("supplier_name"), cells.get("date")
    for i, row in enumerate(table.rows):
        code = refused.get(i)
        if raw_dates is not None and dates[i] is None and code is None:
            code = "ledger.date.unreadable" if raw_dates[i].strip() else ("" if period else "ledger.date.missing")
        nameless = names is None or not names[i].strip()
        if code is None and not nameless:
            continue
        if nameless and _is_total(row.cells):
            keep[i] = False
            table.furniture.append(Furniture(row.first, row.last, "total"))
        elif code:
            keep[i] = False
            values = {"value": _shown(cells, code, i), "line": row.first}
            table.quarantined.append(Quarantined(row.first, row.last, code, values, row.cells))
    return keep


def _is_total(cells: list[str]) -> bool:
    """A number alone on its row, or with a word or two."""
    used = [cell for cell in cells if cell.strip()]
    return len(used) <= 2 and any(any(map(str.isdigit, cell)) for cell in used)


def _shown(cells: dict[Field, list[str]], code: str, i: int) -> str:
    return cells["date" if code.startswith("ledger.date") else "amount"][i][:60]


def _texts(cells: dict[Field, list[str]], name: Field, keep: np.ndarray, n: int) -> list[str]:
    column = cells.get(name)
    if column is None:
        return [""] * n
    return column if keep.all() else [cell for cell, kept in zip(column, keep.tolist(), strict=True) if kept]
