"""A year of an anchor in the national specification *leverantörsreskontra 1.1*: fifteen columns, one line a row.

The column names are those of the specification's own example (gitlab.com/lankadedata/spec/levreskontra, issue 7).
What is withheld stands as one last row with its sum, so that the file adds up to the ledger to the öre. No cell is
taken for a formula by a spreadsheet, and no personal number passes.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from kvar.core.numbers import mask
from kvar.ledger.corrections import safe
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.spending.open_data.reading import counted, open_lines

COLUMNS = (
    "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "belopp",
    "datum", "forvaltning", "fakturanummer", "grund", "avtal", "kommun_id", "s_kod_nr",
)  # fmt: skip
MUNICIPAL = "212000"  # how the numbers of Swedish municipalities and regions begin


@dataclass(slots=True)
class Summary:
    """Lines and sum of a year, minor units: what is open, and what is withheld by reason."""

    lines: int = 0
    amount: int = 0
    withheld: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def withheld_lines(self) -> int:
        """Lines that are not open."""
        return sum(n for n, _ in self.withheld.values())

    @property
    def withheld_amount(self) -> int:
        """Their sum."""
        return sum(amount for _, amount in self.withheld.values())

    @property
    def whole(self) -> int:
        """Everything the ledger holds of the year."""
        return self.amount + self.withheld_amount


def summary(store: Store, batches: Sequence[BatchRef], year: int) -> Summary:
    """Of an anchor's batches."""
    found = Summary()
    for batch in batches:
        for reason, n, amount in counted(store, batch, year):
            if reason:
                before = found.withheld.get(reason, (0, 0))
                found.withheld[reason] = (before[0] + n, before[1] + amount)
            else:
                found.lines, found.amount = found.lines + n, found.amount + amount
    return found


def csv_of(store: Store, batches: Sequence[BatchRef], year: int) -> Iterator[bytes]:
    """The file in pieces: UTF-8, comma, decimal point; an anchor's batches of one year."""
    anchor = batches[0].anchor
    yield _written([COLUMNS])
    for batch in batches:
        for piece in open_lines(store, batch, year):
            yield _written(_rows(anchor, piece))
    withheld = summary(store, batches, year)
    if withheld.withheld_lines:
        yield _written([_withheld_row(anchor, withheld, year)])


def _rows(anchor: Anchor, piece: dict[str, list[str | None]]) -> Iterator[Sequence[str]]:
    number, name, home = anchor.org_number or "", anchor.name, _municipality(anchor)
    names = ("voucher", "name", "number", "code", "account", "amount", "day", "unit", "invoice")
    for voucher, *rest, unit, invoice in zip(*(piece[column] for column in names), strict=True):
        yield [number, name, *(cell or "" for cell in (voucher, *rest, unit, invoice)), "", "", home, ""]


def _withheld_row(anchor: Anchor, found: Summary, year: int) -> Sequence[str]:
    sign, amount = "-" if found.withheld_amount < 0 else "", abs(found.withheld_amount)
    told = f"Skyddade uppgifter ({found.withheld_lines} rader)"
    money = f"{sign}{amount // 100}.{amount % 100:02}"
    return [anchor.org_number or "", anchor.name, "..", told, "", "", "..", money, f"{year}-12-31", "..", "", "", "",
            _municipality(anchor), ""]  # fmt: skip


def _municipality(anchor: Anchor) -> str:
    """The municipality's code where the buyer is one; a region's code has two digits."""
    known = (anchor.org_number or "").replace("-", "").startswith(MUNICIPAL)
    return anchor.place if anchor.country == "SE" and known and len(anchor.place) == 4 else ""


def _written(rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([safe(mask(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()
