"""Rows of a contract register to contracts: columns by name, every cell typed or the row refused with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.amounts import AmountError, parse_amount
from kvar.ledger.dates import Order, parse_date
from kvar.ledger.mapping import fold
from kvar.ledger.payees import payee_row
from kvar.ledger.records import Row
from kvar.spending.contract_terms import cpv_code, extension_months, is_open_ended, later, yes_or_no
from kvar.spending.contracts import Contract

TEXTS = ("title", "reference", "account", "procedure")


@dataclass(frozen=True, slots=True)
class Way:
    """How this file is read: column of each field, decimal sign, order of dates, and how persons are keyed."""

    columns: dict[str, int]
    decimal: str
    order: Order
    workbook: bool
    country: str
    key: bytes

    def cell(self, cells: Sequence[str], field: str) -> str:
        """The cell of a field, without blanks around; empty where there is none."""
        at = self.columns.get(field)
        return cells[at].strip() if at is not None and at < len(cells) else ""


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Field -> what its column may be called, folded, best first."""
    text = (files("kvar.spending") / "contract_aliases.yml").read_text(encoding="utf-8")
    return {field: tuple(map(fold, names)) for field, names in yaml.load(text, yaml.CSafeLoader).items()}


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column each field is in; a column is used once."""
    known = {fold(name): at for at, name in reversed(list(enumerate(header))) if fold(name)}
    found: dict[str, int] = {}
    for field, names in aliases().items():
        at = next((known[name] for name in names if name in known and known[name] not in found.values()), None)
        if at is not None:
            found[field] = at
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Do these cells name a supplier and a last day?"""
    found = columns_of(cells)
    return bool({"supplier_name", "supplier_id"} & found.keys()) and bool({"end", "last_end"} & found.keys())


def contract(row: Row, way: Way) -> Contract:
    """The contract of a row; raises `contracts.*` with what is wrong."""
    start, ends = _day(row, "start", way), way.cell(row.cells, "end")
    open_ended = is_open_ended(ends)
    end = None if open_ended else _day(row, "end", way)
    months = extension_months(way.cell(row.cells, "extension"))
    last = _day(row, "last_end", way) or (later(end, months) if end and months else end)
    for one, other in ((start, end), (end, last)):
        if one and other and other < one:
            raise KvarError("contracts.order", first=one.isoformat(), last=other.isoformat())
    text = {field: mask(way.cell(row.cells, field)) or None for field in TEXTS}
    title = text.pop("title") or text["reference"] or ""
    return Contract(
        row.first, *_supplier(row, way), title=title, **text, cpv=cpv_code(way.cell(row.cells, "cpv")), start=start,
        end=end, last_end=last, open_ended=open_ended, value=_value(row, way),
        advertised=yes_or_no(way.cell(row.cells, "advertised")),
    )  # fmt: skip


def _supplier(row: Row, way: Way) -> tuple[str | None, str | None, str | None]:
    """Scheme, number and name of the supplier as the ledger keeps them: a person is keyed and has no name."""
    name, number = way.cell(row.cells, "supplier_name"), way.cell(row.cells, "supplier_id")
    found = payee_row(0, (name, number, "", "", "", "", ""), way.country, way.key)
    if not found["name"] and not found["number"]:
        raise KvarError("contracts.supplier", value=number[:60])
    scheme, keyed, shown = (str(found[field]) if found[field] else None for field in ("scheme", "number", "name"))
    return scheme, keyed, shown


def _day(row: Row, field: str, way: Way) -> date | None:
    text = way.cell(row.cells, field)
    if not text or text == "-":
        return None
    found = parse_date(text, way.order, serials=way.workbook)
    if found is None:
        raise KvarError("contracts.date", value=text[:60])
    return found


def _value(row: Row, way: Way) -> int | None:
    text = way.cell(row.cells, "value")
    if not text or text == "-":
        return None
    try:
        return parse_amount(text, way.decimal)
    except AmountError as error:
        raise KvarError("contracts.value", value=text[:60]) from error
