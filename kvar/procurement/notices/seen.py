"""What is kept of another buyer's notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice: its own id, words, CPV (eight digits or empty), value in minor units or None, times with zone."""

    id: str
    title: str
    buyer: str
    description: str = ""
    cpv: str = ""
    kind: str = ""  # goods, services, works or empty
    value: int | None = None
    currency: str = ""
    published: datetime | None = None
    deadline: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The notices of a file, its format, and what was left out with why (a code in `procurement.notices.left.*`)."""

    format: str
    notices: tuple[Seen, ...]
    left: Mapping[str, int]


def minor(text: str) -> int | None:
    """`1230000.5` as minor units; None when it is no such number."""
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        return None
    return int(value) if value == value.to_integral_value() and value >= 0 else None


def short(text: str) -> str:
    """A description as far as it is kept."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def link(text: str) -> str:
    """An http address, else nothing: no other scheme is ever made a link."""
    return text.strip() if text.strip().startswith(("https://", "http://")) else ""


def cpv(text: str) -> str:
    """`79000000-4` or `79000000` as eight digits, else empty."""
    digits = text.strip().split("-")[0]
    return digits if len(digits) == 8 and digits.isascii() and digits.isdigit() else ""
