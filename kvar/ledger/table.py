"""A table as read: text cells, and for every physical line what became of it."""

from dataclasses import dataclass, field

from kvar.ledger.model import Notice


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells and the physical lines (or sheet rows) it came from, from 1."""

    cells: list[str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that carry no payment: header, blank, total, preamble."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Lines held back: why (`code`, `values`), and the cells so that they can be corrected and sent again."""

    first: int
    last: int
    code: str
    values: dict[str, object]
    cells: list[str]


@dataclass(slots=True)
class RawTable:
    """The rows of one table under its header. `lines` is what was read; `from_workbook`: cells came typed."""

    sheet: str | None
    header: list[str]
    rows: list[Row]
    lines: int
    furniture: list[Furniture] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    from_workbook: bool = False
    delimiter: str | None = None
