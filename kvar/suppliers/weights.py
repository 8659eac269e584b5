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


@cache
def _read() -> dict[str, Any]:
    path = files("kvar") / "parameters" / "matching" / "weights.yml"
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


@cache
def weights(comparison: str, vocabulary: str = "") -> dict[str, float]:
    """Level -> bits of one comparison; of a rarity only log2(m), the value adds its own bits.

    `vocabulary`: `register` or `ledger`, for the comparisons of names, which also have bare numbers (`together` …).
    """
    found = _read()[vocabulary][comparison] if vocabulary else _read()[comparison]
    return {level: _bits(row) if isinstance(row, dict) else float(row) for level, row in found.items()}


def _bits(row: dict[str, Any]) -> float:
    if "bits" in row:
        return float(row["bits"])
    return math.log2(row["m"] / (1.0 if row["u"] == "rarity" else row["u"]))


@cache
def by_rarity(comparison: str) -> frozenset[str]:
    """The levels of a comparison that the value's rarity is added to."""
    return frozenset(level for level, row in _read()[comparison].items() if row["u"] == "rarity")


def thresholds(kind: str = "register") -> Thresholds:
    """The thresholds in use: against a `register`, or among names of a `ledger`."""
    return Thresholds(**_read()["thresholds"][kind])


def prior(name: str) -> float:
    """`in_register`, `spellings` or `unseen`."""
    return float(_read()[name])


def version() -> int:
    """Goes up whenever a weight changes; written into every event that rests on them."""
    return int(_read()["version"])
