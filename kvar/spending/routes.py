"""The door to the law: what may lawfully be done about a purchase. The engine behind it lies above this floor.

`routes(kind, value, day)` gives ways to buy, levers that let more firms in, and what is forbidden, each with its
paragraphs; nothing at all where the law of the place has not been assessed. See `kvar.procurement.rules.door`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from kvar.core.dated import Dated
from kvar.core.messages import Language
from kvar.spending.markets import Market, Nature

Role = Literal["way", "lever", "forbidden"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is to be bought, as far as the law asks: country, nature, and a CPV code, None where it is not certain."""

    country: str
    nature: Nature
    cpv: str | None


@dataclass(frozen=True, slots=True)
class Route:
    """One answer of the law. `cites` are paragraphs as written for a reader; `asks` facts that must hold first.

    `limit` is the dated value that decided it, in whole kronor without VAT; `near` when the value is so close to an
    unverified limit that the answer may be another.
    """

    role: Role
    id: str
    title: Mapping[Language, str]
    how: Mapping[Language, str]
    cites: tuple[str, ...]
    asks: tuple[str, ...] = ()
    days: int | None = None
    limit: Dated | None = None
    near: bool = False
    verified: bool = True


class Router(Protocol):
    """What may be done about a purchase of `kind` worth `value` (minor units without VAT) on `day`."""

    def __call__(self, kind: Kind, value: int, day: date) -> Sequence[Route]:
        """Ways first, then levers, then what is forbidden; empty: not assessed."""
        ...


def not_assessed(kind: Kind, value: int, day: date) -> Sequence[Route]:  # noqa: ARG001 - the protocol's shape
    """For places whose law nobody has put in."""
    return ()


def kind_of(market: Market | None, country: str) -> Kind:
    """The kind of a market; where only a part of it is in annex 2 no code is given, and the lower limit decides."""
    if market is None:
        return Kind(country, "services", None)
    return Kind(country, market.nature, None if market.annex2 == "some" else market.cpv[0].ljust(8, "0"))
