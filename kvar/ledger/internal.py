"""A publisher's own supplier numbers in the column for company numbers: a number in common is then no identity."""

from kvar.core.numbers import read_number
from kvar.ledger import distinct
from kvar.ledger.convert import Typed
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Notice

FEWEST, LEAST = 20, 0.5


def set_aside(typed: Typed, mapping: Mapping) -> list[Notice]:
    """Move the column to the sender's references, in place, when less than half of its numbers are real ones."""
    if "supplier_id" not in typed.texts:
        return []
    written = [cell for cell in distinct.values(typed.texts["supplier_id"]) if cell.strip()]
    real = sum(read_number(cell, mapping.country) is not None for cell in written)
    if len(written) < FEWEST or real >= LEAST * len(written):
        return []
    typed.texts["supplier_ref"] = typed.texts.pop("supplier_id")
    values = {"column": mapping.columns["supplier_id"], "percent": 100 * real // len(written)}
    return [Notice("ledger.notice.internal_numbers", values)]
