"""Kinds of outcomes as data: unit, definition, baseline, evidence and what the number is not.

Data: `kvar/parameters/outcomes/kinds.yml`. Kinds with `measured` are reported without having been promised; localness
is one of them and can be nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LEVELS = ("percent", "days")  # units whose reports are levels: the last holds, and contracts are not added
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of outcome; `less`: less is better; `of`: what it is a part of; `only`: the laws it is made for."""

    id: str
    unit: str
    title: Words
    theme: Words
    definition: Words
    baseline: Words
    evidence: Words
    is_not: Words
    slugs: tuple[str, ...]
    terms: tuple[str, ...]
    measured: bool
    less: bool
    of: Words | None
    only: tuple[str, ...]
    cites: tuple[str, ...]
    rates: tuple[str, ...]

    def fits(self, jurisdiction: str) -> bool:
        """Is the kind for contracts under this law?"""
        return not self.only or jurisdiction in self.only


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the order of the file."""
    path = files("kvar") / "parameters" / "outcomes" / "kinds.yml"
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {row["id"]: _kind(row) for row in rows}


def kind_of(obligation_kind: str, slug: str) -> Kind | None:
    """The kind that a promise is of, by its measure's slug or the kind of its term; None where it is none of them."""
    for kind in kinds().values():
        if slug in kind.slugs or (not slug and obligation_kind in kind.terms):
            return kind
    return None


def _kind(row: dict[str, Any]) -> Kind:
    both = {name: {"sv": row[f"{name}_sv"], "en": row[f"{name}_en"]}
            for name in ("definition", "baseline", "evidence", "not")}  # fmt: skip
    return Kind(
        row["id"], row["unit"], {"sv": row["sv"], "en": row["en"]}, row["theme"], both["definition"],
        both["baseline"], both["evidence"], both["not"], tuple(row.get("slugs", ())), tuple(row.get("terms", ())),
        row.get("measured", False), row.get("less", False), row.get("of"), tuple(row.get("only", ())),
        tuple(row.get("cites", ())), tuple(row.get("rates", ())),
    )  # fmt: skip
