"""The weights of evidence: probabilities in `kvar/parameters/matching/weights.yml`, as bits."""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bits of evidence: at `upper` or more joined, between the two asked, below `lower` apart."""

    upper: float
    lower: float


@dataclass(frozen=True, slots=True)
class Weight:
    """How often a level occurs among same pairs (`m`) and others (`u`; None: the value's own rarity)."""

    m: float
    u: float | None

    @property
    def bits(self) -> float:
        """log2(m / u); for a rarity only log2(m), the value adds its own bits."""
        return math.log2(self.m / (1.0 if self.u is None else self.u))


@cache
def _read() -> dict[str, Any]:
    path = files("kvar") / "parameters" / "matching" / "weights.yml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def weights(comparison: str) -> dict[str, Weight]:
    """Level -> weight of one comparison."""
    return {
        level: Weight(float(row["m"]), None if row["u"] == "rarity" else float(row["u"]))
        for level, row in _read()[comparison].items()
    }


def thresholds() -> Thresholds:
    """The thresholds in use."""
    return Thresholds(**_read()["thresholds"])


def prior(name: str) -> float:
    """`in_register` or `spellings`."""
    return float(_read()[name])


def version() -> int:
    """Goes up whenever a weight changes; written into every event that rests on them."""
    return int(_read()["version"])
