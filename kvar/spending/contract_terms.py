"""How a contract register writes its terms: options to extend, yes and no, CPV, open ends; the unclear is refused."""

import calendar
import re
from datetime import date

from kvar.core.errors import KvarError

_NUMBER = r"(\d{1,3})"
_UNIT = r"(månader|månad|mån|months?|m|år|years?|yrs?|y)?\.?"
_TERM = re.compile(rf"^{_NUMBER}\s*{_UNIT}(?:\s*[x×*]\s*{_NUMBER}\s*{_UNIT})?$")
_OPEN = re.compile(r"^(?:tills ?vidare|löpande|tv|until further notice|rolling|open(?:[- ]ended)?)$", re.IGNORECASE)
_NONE = frozenset(("", "-", "nej", "no", "ingen", "inga", "none", "0", "saknas"))
_YES = frozenset(("ja", "j", "yes", "y", "true", "1", "x", "sant", "annonserad", "advertised"))
_NO = frozenset(("nej", "n", "no", "false", "0", "falskt", "ej annonserad", "not advertised"))
_CPV = re.compile(r"^(\d{8})(?:-\d)?\b")
MAX_MONTHS = 600


def is_open_ended(text: str) -> bool:
    """Does a cell say that the contract has no last day ("tills vidare")?"""
    return bool(_OPEN.match(text.strip()))


def extension_months(text: str) -> int:
    """Months of all options together: `24`, `12+12`, `2 x 12 månader`, `1+1 år`; `contracts.extension` otherwise."""
    bare = text.strip().lower()
    if bare in _NONE:
        return 0
    terms = [_TERM.match(part.strip()) for part in bare.split("+")]
    unit = next((u for t in reversed(terms) if t for u in (t[4], t[2]) if u), "")
    months = sum(_months(found, unit, text) for found in terms)
    if months > MAX_MONTHS:
        raise KvarError("contracts.extension", value=text[:60])
    return months


def _months(found: re.Match[str] | None, unit: str, text: str) -> int:
    """One term; a number without a unit has the unit written last (`1+1 år`)."""
    if found is None:
        raise KvarError("contracts.extension", value=text[:60])
    times, size = (int(found[1]), int(found[3])) if found[3] else (1, int(found[1]))
    named = found[4] or found[2] or unit
    return times * size * (12 if named.startswith(("år", "y")) else 1)


def later(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month."""
    year, number = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def yes_or_no(text: str) -> bool | None:
    """True, False, or None for a blank cell; `contracts.yes_no` for anything else."""
    bare = text.strip().lower()
    if not bare or bare == "-":
        return None
    if bare in _YES or bare in _NO:
        return bare in _YES
    raise KvarError("contracts.yes_no", value=text[:60])


def cpv_code(text: str) -> str | None:
    """Eight digits without the check digit; None for a blank cell, `contracts.cpv` for anything else."""
    bare = text.strip()
    if not bare or bare == "-":
        return None
    found = _CPV.match(bare)
    if found is None:
        raise KvarError("contracts.cpv", value=text[:60])
    return found[1]
