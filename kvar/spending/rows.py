"""Rows of a report: one label with its purchases parted by place level, and suppliers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kvar.spending import relations
from kvar.spending.figure import LEVELS, Level
from kvar.spending.relations import PARTS


@dataclass(frozen=True, slots=True)
class Parts:
    """Minor units by place level (not cumulative); they sum to the base.

    `home_country` is known to be in the country but not where; of `unresolved` nothing is known. When a district is
    asked for, `home_municipality` is known to be in the municipality but not in which district.
    """

    levels: dict[str, int]
    home_country: int
    unresolved: int
    home_municipality: int = 0

    @classmethod
    def of(cls, amounts: Mapping[str, int]) -> "Parts":
        """From minor units by any of `relations.PARTS`; what is not there is nought."""
        levels: dict[str, int] = {level: amounts.get(level, 0) for level in LEVELS}
        return cls(levels, *(amounts.get(name, 0) for name in ("home_country", "unresolved", "home_municipality")))

    @property
    def base(self) -> int:
        """All of it."""
        return sum(self.levels.values()) + self.home_municipality + self.home_country + self.unresolved

    def up_to(self, level: Level) -> int:
        """What is known to be at `level` or nearer."""
        known = sum(self.levels.get(name, 0) for name in LEVELS[: LEVELS.index(level) + 1])
        known += self.home_municipality if level != "district" else 0
        return known + (self.home_country if level in ("country", "abroad") else 0)

    def unknown_at(self, level: Level) -> int:
        """What may or may not be at `level` or nearer."""
        unknown = self.unresolved + (self.home_municipality if level == "district" else 0)
        return unknown + (0 if level in ("country", "abroad") else self.home_country)


@dataclass(frozen=True, slots=True)
class Row:
    """Purchases under one label: a year, an anchor, a category, a legal form or a place."""

    label: str | None
    parts: Parts
    n: int
    suppliers: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """Purchases from persons (sole traders): counted, never named one by one. `amount` in minor units."""

    amount: int
    share: float
    n: int
    suppliers: int


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """One supplier's purchases. `name` None: the ledger has none."""

    slug: str
    name: str | None
    place: str | None
    level: str
    form_group: str
    amount: int
    share: float
    n: int


def grouped(link: duckdb.DuckDBPyConnection, label: str) -> tuple[Row, ...]:
    """Purchases by one of `relations.LABELS`; base = net of credits, largest first (years in order)."""
    order = "label" if label == "year" else "base desc, label"
    return read_rows(link, f"select * from ({relations.grouped(label)}) order by {order}")  # noqa: S608


def read_rows(link: duckdb.DuckDBPyConnection, sql: str) -> tuple[Row, ...]:
    """The rows of a query for label, PARTS, n, suppliers and base."""
    rows = link.execute(sql).fetchall()
    return tuple(Row(None if row[0] is None else str(row[0]), _parts(row[1:-3]), row[-3], row[-2]) for row in rows)


def _parts(amounts: Sequence[int]) -> Parts:
    """Minor units in the order of PARTS."""
    found = dict(zip(PARTS, amounts, strict=True))
    levels: dict[str, int] = {level: found.pop(level) for level in LEVELS}
    return Parts(levels, **found)


__all__ = ["PARTS", "Parts", "Row", "SupplierRow", "Withheld", "grouped", "read_rows"]
