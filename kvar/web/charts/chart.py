"""A chart with all its twins: picture, table, CSV, sheet; the title says the finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "share", "money", "count", "ratio"]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """`rows` under `header`, cell by cell of `kinds`: share 0–1, money in minor units, any ratio; None is missing.

    `template` draws `wide` (and `narrow` on a phone); None: the table is the picture. `lens`: seen from a district.
    `form` asks the chart's question and `asked` is the answer, where it is more than a year and an anchor.
    """

    name: str
    title: str
    lead: str
    method: str
    header: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    currency: str
    template: str | None = None
    wide: object = None
    narrow: object = None
    legend: tuple[str, ...] = ()
    lens: bool = False
    form: str = "filter.html"
    asked: Mapping[str, object] = field(default_factory=dict)
