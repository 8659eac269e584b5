"""A table as read: text cells, and for every physical line what became of it."""

from dataclasses import dataclass, field

from kvar.ledger.model import Notice
from kvar.ledger.records import Records


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that carry no payment: header, blank, total, preamble. A total keeps its `cells`: they are compared."""

    first: int
    last: int
    kind: str
    cells: tuple[str, ...] = ()


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
    """The payments of one table under its header. `lines` is what was read; `from_workbook`: cells came typed."""

    sheet: str | None
    header: list[str]
    records: Records
    lines: int
    furniture: list[Furniture] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    from_workbook: bool = False
    headless: bool = False  # the first row looks like a payment: there is no header
    delimiter: str | None = None

    def leave_out(self) -> None:
        """A sheet that is no ledger: all its rows become furniture."""
        lines = zip(self.records.first.tolist(), self.records.last.tolist(), strict=True)
        self.furniture += [Furniture(first, last, "other_sheet") for first, last in lines]
        self.furniture += [Furniture(item.first, item.last, "other_sheet") for item in self.quarantined]
        self.records, self.quarantined = Records.of([], len(self.header)), []
