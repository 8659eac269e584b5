"""The known registers: one folder each with a `register.yml` that says who publishes it and how it is read."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from kvar.core.errors import KvarError
from kvar.ledger.mapping import fold

Kind = Literal["firms", "workplaces", "residents"]
FIELDS: Dict[str, Sequence[str]] = {
    "firms": ("number", "name", "country", "postcode", "place", "district", "form", "ownership", "industry",
              "employees", "turnover_eur", "balance_eur", "size", "parent", "collects", "ended", "ref"),
    "workplaces": ("number", "ref", "postcode", "place", "district", "employees"),
    "residents": ("number", "place", "employees"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """One publisher's register.

    `columns`: field -> headers it has had. `extract`: field -> pattern whose group `x` is the value. `values`: field
    -> how the publisher's words are ours. `rank` (and `ranks` by field): smaller is believed first. `unnumbered`:
    entries without a number are kept by name. `refs`: the register whose own ids the `ref` column holds. `verified`:
    someone has read a delivered file with it.
    """

    id: str
    title: Dict[str, str]
    publisher: str
    licence: str
    country: str | None
    verified: bool
    columns: Dict[str, Sequence[str]]
    kind: Kind = "firms"
    format: Literal["csv", "xlsx", "json"] = "csv"
    encoding: str | None = None
    delimiter: str | None = None
    quoted: bool = True
    signature: Sequence[str] = ()
    extract: Dict[str, str] = field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    rank: int = 50
    ranks: Dict[str, int] = field(default_factory=dict)
    unnumbered: bool = False
    refs: str | None = None
    quirks: Dict[str, Sequence[str]] = field(default_factory=dict)

    def match(self, header: Sequence[str]) -> dict[str, str] | None:
        """Field -> header of a file that bears this register's signature; None if it does not."""
        known = {fold(name): name for name in header if name.strip()}
        if not all(any(fold(name) in known for name in names.split("|")) for names in self.signature):
            return None
        found = {
            ours: known[fold(theirs)]
            for ours, names in self.columns.items()
            for theirs in [next((n for n in names if fold(n) in known), None)]
            if theirs is not None
        }
        return found if self._enough(found) else None

    def _enough(self, found: Dict[str, str]) -> bool:
        """A firm needs a number, or a name where those without number are kept; a workplace a number and a place."""
        if self.kind == "firms":
            return "name" in found and ("number" in found or self.unnumbered)
        return ("number" in found or "ref" in found) and ("place" in found or "postcode" in found)


@cache
def catalogue() -> tuple[Register, ...]:
    """Every register, the most particular signature first."""
    found = [
        _read(folder.name, yaml.load((folder / "register.yml").read_text(encoding="utf-8"), yaml.CSafeLoader))
        for folder in files("kvar.suppliers.registers").iterdir()
        if (folder / "register.yml").is_file()
    ]
    return tuple(sorted(found, key=lambda register: (-len(register.signature), register.id)))


def by_id(identity: str) -> Register:
    """One register; `suppliers.register.unknown` with the names that exist."""
    for register in catalogue():
        if register.id == identity:
            return register
    raise KvarError("suppliers.register.unknown", register=identity, known=", ".join(r.id for r in catalogue()))


def _read(identity: str, data: dict[str, Any]) -> Register:
    columns = {name: [names] if isinstance(names, str) else names for name, names in data.pop("columns").items()}
    known = {item.name for item in fields(Register)} - {"id"}
    wrong = set(data) - known | set(columns) - set(FIELDS[data.get("kind", "firms")])
    if wrong:
        raise KvarError("suppliers.register.keys", register=identity, keys=", ".join(sorted(wrong)))
    return Register(identity, columns=columns, **data)
