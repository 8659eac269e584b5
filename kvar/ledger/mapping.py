"""How one sender's columns are read: saved, versioned, shown before it counts."""

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any

from kvar.ledger.model import Field


@dataclass(frozen=True, slots=True)
class Mapping:
    """Field -> header as written, with what the file itself cannot say.

    `decimal`, `date_order`, `delimiter`, `encoding` None: decided from the file. `sign` -1 turns amounts around.
    """

    source: str
    version: int
    columns: Dict[Field, str]
    country: str
    currency: str
    decimal: str | None = None
    date_order: str | None = None
    sign: int = 1
    delimiter: str | None = None
    encoding: str | None = None
    account_split: str | None = None  # regular expression with groups code and text
    period_from_name: str | None = None  # regular expression with groups year and month
    usual_lines: int | None = None  # fewer than a tenth of these in a file speaks up
    publication_floor_minor: int | None = None  # smaller payments are not published
    names_only: bool = False  # the publisher's copy has lost signs: names and numbers are good, sums are not
    guessed: bool = False
    notes: Sequence[str] = field(default_factory=tuple)

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage."""
        return {**asdict(self), "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> "Mapping":
        """A mapping from stored data; unknown keys are refused by TypeError."""
        known = {item.name for item in fields(cls)}
        unknown = set(data) - known
        if unknown:
            raise TypeError(f"unknown keys in mapping: {sorted(unknown)}")
        return cls(**{**data, "notes": tuple(data.get("notes", ()))})


_FOLD = str.maketrans("åäöéèüÅÄÖÉ", "aaoeeuaaoe")


@lru_cache(4096)
def fold(header: str) -> str:
    """A header as compared: no case, accents or punctuation (`Belopp exkl. moms` → `beloppexklmoms`)."""
    return re.sub(r"[^a-z0-9£]", "", header.translate(_FOLD).lower().replace("\ufeff", ""))
