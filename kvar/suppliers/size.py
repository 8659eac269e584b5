"""EU size classes (Recommendation 2003/361/EC, annex, articles 2–6).

micro: fewer than 10 employed and turnover or balance at most 2 M EUR; small: 50 and 10 M; medium: 250 and 50 M
turnover or 43 M balance. Where turnover and balance are unknown the head count alone decides. Partner and linked
enterprises count together (article 6): Kvar knows a parent only where a register tells, and then the firm is at least
as large as its parent; else the class is that of the firm alone. Firms under public control are no SMEs (article
3.4): see ownership. The articles were read in summary, not in the Official Journal.
"""

import re
from typing import Literal

SizeClass = Literal["micro", "small", "medium", "large"]
SIZES: tuple[SizeClass, ...] = ("micro", "small", "medium", "large")
HEADS = (10, 50, 250)
TURNOVER = (2_000_000, 10_000_000, 50_000_000)
BALANCE = (2_000_000, 10_000_000, 43_000_000)
_NUMBER = re.compile(r"^\d{1,7}$", re.ASCII)
_CLASS = re.compile(r"^(\d{1,7}) ?(?:-|–|to|till) ?(\d{1,7})\b")


def heads(text: str | None) -> tuple[int, int] | None:
    """Least and most employees of a count (`12`) or a class (`10-19 anställda`); None if it is neither."""
    bare = (text or "").strip().replace("\N{NO-BREAK SPACE}", "")
    if _NUMBER.match(bare.replace(" ", "")):
        return int(bare.replace(" ", "")), int(bare.replace(" ", ""))
    found = _CLASS.match(bare)
    if not found:
        return None
    low, high = int(found.group(1)), int(found.group(2))
    return (low, high) if low <= high else None


def size_class(employees: str | None, turnover_eur: str | None = None, balance_eur: str | None = None) -> str | None:
    """The class; None without a head count, and where a head count class straddles a limit."""
    found = heads(employees)
    if found is None:
        return None
    low, high = (_above(count, HEADS) for count in found)
    if low != high:
        return None
    return SIZES[max(low, _by_money(_euro(turnover_eur), _euro(balance_eur)))]


def _above(value: int, limits: tuple[int, ...]) -> int:
    """How many limits `value` has reached (heads must be fewer than the limit)."""
    return sum(value >= limit for limit in limits)


def _by_money(turnover: int | None, balance: int | None) -> int:
    """The smaller of the two ceilings decides: one of them may be exceeded."""
    known = [
        sum(value > limit for limit in limits)
        for value, limits in ((turnover, TURNOVER), (balance, BALANCE))
        if value is not None
    ]
    return min(known) if len(known) == 2 else 0


def _euro(text: str | None) -> int | None:
    bare = (text or "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    return int(bare) if bare.isascii() and bare.isdigit() else None
