"""The known publishers: one folder each with a `source.yml` that says how its files are read."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import yaml

from kvar.core.errors import KvarError
from kvar.ledger.mapping import Mapping, fold
from kvar.ledger.model import Field

KEYS = {"title", "country", "currency", "signature", "options", "quirks"}
OPTIONS = {item.name for item in fields(Mapping)} - {"source", "columns", "country", "currency", "guessed", "notes"}


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's dialect. `columns`: field -> headers it has had; `signature`: headers (`a|b`) it must have."""

    id: str
    title: Dict[str, str]
    country: str
    currency: str
    columns: Dict[Field, Sequence[str]]
    signature: Sequence[str]
    options: Dict[str, Any]
    quirks: Dict[str, Sequence[str]]

    def match(self, header: Sequence[str]) -> Mapping | None:
        """The mapping for a header that bears this source's signature, else None."""
        known = {fold(name): name for name in header}
        if not all(any(fold(name) in known for name in names.split("|")) for names in self.signature):
            return None
        columns = {
            meaning: known[fold(name)]
            for meaning, names in self.columns.items()
            for name in [next((n for n in names if fold(n) in known), None)]
            if name is not None
        }
        if "supplier_name" not in columns or "amount" not in columns:
            return None
        return Mapping(self.id, columns=columns, country=self.country, currency=self.currency, **self.options)


@cache
def catalogue() -> tuple[Source, ...]:
    """Every source, the most particular signature first."""
    found = [
        _read(folder.name, yaml.load((folder / "source.yml").read_text(encoding="utf-8"), yaml.CSafeLoader))
        for folder in files("kvar.ledger.sources").iterdir()
        if (folder / "source.yml").is_file()
    ]
    return tuple(sorted(found, key=lambda source: (-len(source.signature), source.id)))


def by_id(identity: str) -> Source:
    """One source; `ledger.source.unknown` with the names that exist."""
    for source in catalogue():
        if source.id == identity:
            return source
    raise KvarError("ledger.source.unknown", source=identity, known=", ".join(s.id for s in catalogue()))


def _read(identity: str, data: dict[str, Any]) -> Source:
    columns = {meaning: _names(names) for meaning, names in data.pop("columns").items()}
    unknown = set(data) - KEYS | set(data["options"]) - OPTIONS | set(columns) - set(get_args(Field))
    if unknown:
        raise KvarError("ledger.source.keys", source=identity, keys=", ".join(sorted(unknown)))
    return Source(
        identity, data.pop("title"), data.pop("country"), data.pop("currency"), columns,
        data.pop("signature"), data.pop("options"), data.pop("quirks", {}),
    )  # fmt: skip


def _names(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
