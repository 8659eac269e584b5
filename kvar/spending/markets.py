"""Kinds of market: what an account buys (CPV) and who sells such things (NACE): visible data, measured.

The data are `kvar/parameters/markets/markets.yml`. What no pattern fits is unknown, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from kvar.core.messages import Language

Nature = Literal["works", "services", "goods"]
Size = Literal["micro", "small", "medium", "large"]
SIZES: tuple[Size, ...] = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Market:
    """One kind of market. `measured`: n contracted tenders, per cent of these NACE codes, per cent by firm's size."""

    id: str
    name: Mapping[Language, str]
    nature: Nature
    text: re.Pattern[str]
    cpv: tuple[str, ...]
    nace: tuple[str, ...]
    annex2: Literal["all", "some", "none"]
    measured: Mapping[str, int]
    verified: bool

    def sells(self, industry: str | None) -> bool:
        """Does a firm with this industry code sell such things? A code shorter than ours counts if ours begins so."""
        return any(industry.startswith(own) or own.startswith(industry) for own in self.nace) if industry else False

    def holds(self, cpv: str) -> bool:
        """Is a CPV code of this kind? A code for a whole division is of every kind within it."""
        short = cpv.rstrip("0").ljust(2, "0")
        return any(cpv.startswith(own) or own.startswith(short) for own in self.cpv)


@cache
def markets() -> tuple[Market, ...]:
    """Every kind of market, in the order they are tried."""
    text = (files("kvar") / "parameters" / "markets" / "markets.yml").read_text(encoding="utf-8")
    return tuple(
        Market(
            row["id"],
            {"sv": row["sv"], "en": row["en"]},
            row["nature"],
            re.compile(row["text"], re.IGNORECASE),
            tuple(row["cpv"]),
            tuple(row["nace"]),
            row["annex2"],
            row["measured"],
            row["verified"],
        )
        for row in yaml.load(text, yaml.CSafeLoader)
    )


@lru_cache(16384)
def market_of(category: str) -> Market | None:
    """The kind of market of an account's text; None where no pattern fits."""
    return next((market for market in markets() if market.text.search(category)), None)


@cache
def market(name: str) -> Market:
    """A kind of market by its id; StopIteration is a programming error."""
    return next(item for item in markets() if item.id == name)
