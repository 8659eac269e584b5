"""Law and limits as dated data: each value has a first day, a source and a verified flag.

The data are TOML files in `kvar/parameters/<area>/<name>.toml`; see `docs/reference/parameters.md`.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kvar.core.errors import KvarError


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force from `valid_from`; `verified` is False where nobody has seen it in the source itself."""

    value: int
    unit: str
    valid_from: date
    source: str
    verified: bool
    source_sv: str


@cache
def history(name: str) -> tuple[Dated, ...]:
    """All values of a parameter (`procurement/direct_award`), oldest first; `core.parameter.unknown`."""
    path = files("kvar") / "parameters" / f"{name}.toml"
    if not path.is_file():
        raise KvarError("core.parameter.unknown", name=name)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = [
        Dated(
            row["value"],
            data["unit"],
            row["from"],
            row["source"],
            row["verified"],
            row.get("source_sv", row["source"]),
        )
        for row in data["values"]
    ]
    return tuple(sorted(rows, key=lambda row: row.valid_from))


def value_at(name: str, day: date) -> Dated:
    """The value in force on `day`; `core.parameter.no_value` before the first."""
    valid = [row for row in history(name) if row.valid_from <= day]
    if not valid:
        raise KvarError("core.parameter.no_value", name=name, day=day.isoformat())
    return valid[-1]
