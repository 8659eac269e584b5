"""Several anchors' sheets as one table: who is behind each figure, and whether the rules let it be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kvar.core.errors import KvarError
from kvar.spending.release.rules import FEWEST_ANCHORS, FEWEST_SUPPLIERS, dominated
from kvar.spending.release.sheet import Key, Part, Sheet, keys_of

Why = Literal["anchors", "suppliers", "dominance", "file", "protects"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of several anchors, minor units; None where one of them withheld its part.

    `suppliers` are at least so many: the most that one anchor has, for anchors do not tell each other who they are.
    `why` it may not be told; None: it may.
    """

    key: Key
    amount: int | None
    anchors: int
    suppliers: int
    why: Why | None


def table(sheets: Sequence[Sheet]) -> dict[Key, Figure]:
    """Every figure of the sheets together; `release.anchors` when they are fewer than three."""
    if len({sheet.anchor for sheet in sheets}) < FEWEST_ANCHORS:
        raise KvarError("release.anchors", n=len(sheets), fewest=FEWEST_ANCHORS)
    keys = keys_of(cell for sheet in sheets for cell in sheet.cells())
    return {key: _figure(key, [sheet.figures[key] for sheet in sheets if key in sheet.figures]) for key in keys}


def _figure(key: Key, parts: Sequence[Part]) -> Figure:
    amounts = [part.amount for part in parts if part.amount is not None]
    suppliers = max(part.suppliers for part in parts)
    whole = sum(amounts) if len(amounts) == len(parts) else None
    return Figure(key, whole, len(parts), suppliers, _why(parts, amounts, suppliers))


def _why(parts: Sequence[Part], amounts: Sequence[int], suppliers: int) -> Why | None:
    if len(parts) < FEWEST_ANCHORS:
        return "anchors"
    if len(amounts) < len(parts):
        return "file"
    if suppliers < FEWEST_SUPPLIERS:
        return "suppliers"
    return "dominance" if dominated(amounts) else None


def told(figures: Mapping[Key, Figure]) -> set[Key]:
    """The figures that the rules for single figures let through."""
    return {key for key, figure in figures.items() if figure.why is None}
