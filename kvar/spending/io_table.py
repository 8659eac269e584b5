"""The user's input–output table and employment by industry: a cross-check of the multiplier, never its proof.

`flows`: a row and a column an industry (seller in rows, buyer in columns), and a last row `output`. `employment`: an
industry a row with the place's and the country's employed. An industry's code names its divisions: `43`, `41-43`,
`10, 11-12`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kvar.core.errors import KvarError
from kvar.ledger.mapping import fold
from kvar.ledger.store import Store
from kvar.spending.indicators import input_output
from kvar.spending.small_table import SmallTable, columns, hundredths, read_small_table

OUTPUT = ("output", "produktion", "total output", "x")
EMPLOYMENT: Mapping[str, Sequence[str]] = {
    "code": ("kod", "code", "sni", "sic"),
    "region": ("här", "here", "kommunen", "region"),
    "nation": ("landet", "country", "riket", "nation"),
}
_DIVISIONS = re.compile(r"(\d{2})(?:\s*[-–]\s*(\d{2}))?")


@dataclass(frozen=True, slots=True)
class IoTable:
    """Industries by code with their flows and output (any one unit of money) and the employed; where it came from."""

    codes: tuple[str, ...]
    flows: tuple[tuple[float, ...], ...]
    output: tuple[float, ...]
    region: tuple[float, ...]
    nation: tuple[float, ...]
    source: str
    year: str
    invented: bool
    sha256: tuple[str, str]

    def division(self, industry: str | None) -> int | None:
        """The row of an industry code (its first two digits), None when the table has none."""
        number = int(industry[:2]) if industry and industry[:2].isdigit() else -1
        return next((n for n, code in enumerate(self.codes) if number in _divisions(code)), None)


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Output here for each unit bought from suppliers here, over δ; `covered` of the purchases have an industry."""

    rows: tuple[tuple[float, float], ...]
    covered: float
    table: IoTable


def load_io_table(  # noqa: PLR0913 - what must be told of a table
    flows: Path, employment: Path, *, store: Store, place: str, source: str, year: str, invented: bool = False
) -> IoTable:
    """Read both files and keep the table for a place; `spending.io.*` and `spending.table.*` when they do not fit."""
    table, staff = read_small_table(flows), read_small_table(employment)
    codes, matrix, output = _flows(table)
    region, nation = _employment(staff, codes)
    found = IoTable(codes, matrix, output, region, nation, source, year, invented, (table.sha256, staff.sha256))
    _check(found)
    path = _path(store, place)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    beside.rename(path)
    return found


def io_table_of(store: Store, place: str) -> IoTable | None:
    """The table loaded for a place, None when there is none."""
    path = _path(store, place)
    if not path.exists():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    flows = tuple(tuple(row) for row in data.pop("flows"))
    others: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
    return IoTable(flows=flows, **others)


def cross_check(table: IoTable, bought: Mapping[str | None, int]) -> CrossCheck | None:
    """Multipliers weighted by purchases from local suppliers by industry; None where no industry is known."""
    weights = np.zeros(len(table.codes))
    for industry, amount in bought.items():
        if (row := table.division(industry)) is not None:
            weights[row] += amount
    known, whole = weights.sum(), sum(bought.values())
    if known <= 0 or whole <= 0:
        return None
    found = input_output.sensitivity(*_matrices(table))
    rows = tuple((s.delta, float(s.multipliers @ weights / known)) for s in found)
    return CrossCheck(rows, float(known / whole), table)


def _matrices(table: IoTable) -> tuple[input_output.Matrix, input_output.Matrix, input_output.Matrix]:
    flows, output = np.array(table.flows), np.array(table.output)
    return input_output.coefficients(flows, output), np.array(table.region), np.array(table.nation)


def _check(table: IoTable) -> None:
    """The table must be productive, and its δ computable, before it is kept."""
    a, region, nation = _matrices(table)
    input_output.leontief(a)
    input_output.sensitivity(a, region, nation)


def _flows(table: SmallTable) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...], tuple[float, ...]]:
    codes = table.header[1:]
    rows = {cells[0]: (line, cells[1:]) for line, cells in table.rows}
    last = next((name for name in rows if fold(name) in OUTPUT), None)
    if last is None or tuple(name for name in rows if name != last) != codes:
        raise KvarError("spending.io.square", file=table.file, codes=", ".join(codes)[:200])
    numbers = {name: tuple(hundredths(table, line, cell) / 100 for cell in cells)
               for name, (line, cells) in rows.items()}  # fmt: skip
    return codes, tuple(numbers[code] for code in codes), numbers[last]


def _employment(table: SmallTable, codes: Sequence[str]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    at = columns(table, EMPLOYMENT)
    rows = {cells[at["code"]]: (line, cells) for line, cells in table.rows}
    if set(rows) != set(codes):
        raise KvarError("spending.io.codes", file=table.file, missing=", ".join(sorted({*codes} ^ {*rows}))[:200])

    def column(name: str) -> tuple[float, ...]:
        return tuple(hundredths(table, rows[code][0], rows[code][1][at[name]]) / 100 for code in codes)

    return column("region"), column("nation")


def _divisions(code: str) -> set[int]:
    return {n for first, last in _DIVISIONS.findall(code) for n in range(int(first), int(last or first) + 1)}


def _path(store: Store, place: str) -> Path:
    return store.root / "surveys" / f"io-{place}.json"
