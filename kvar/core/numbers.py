"""Identity numbers of those who are paid: which register, the canonical form, and whether it is a person.

Scheme names are org-id list codes (SE-ON, GB-COH); a natural person has the scheme SE-PERSON and the number
must be keyed (`keyed`) before anything is stored. The libraries are guarded where they are known wrong:
python-stdnum takes a coordination number for an organisation, and a Luhn-valid number whose group digit no
register hands out is a publisher's own pseudo number.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum import luhn
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

GROUP_DIGITS = frozenset("1235789")  # Swedish org numbers: estates, state, foreign, AB, …
_SEPARATORS = re.compile(r"[\s\N{NO-BREAK SPACE}\-\N{EN DASH}\N{MINUS SIGN}+/.]")
_EXCEL_FLOAT = re.compile(r"^(\d{10}|\d{12})\.0+$")
_GB_COMPANY = re.compile(r"^(?:[A-Z]{2}\d{6}|R0\d{6}|IP\d{5}R|RS\d{6}|SP\d{5}R|\d{1,8})$")
_FOREIGN_VAT = re.compile(r"^[A-Z]{2}[A-Z0-9]{6,12}$")
_GAP = r"[-+ \N{NO-BREAK SPACE}\N{EN DASH}\N{MINUS SIGN}]?"
_PERSON_IN_TEXT = re.compile(
    rf"(?<!\d)(?:SE{_GAP}\d{{6}}{_GAP}\d{{4}}{_GAP}01|(?:18|19|20)?\d{{6}}{_GAP}\d{{4}})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_MAY_HOLD = re.compile(r"\d{6}")
PERSON = "SE-PERSON"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number read: `scheme` (org-id list), canonical `number`, and whether it belongs to a person."""

    scheme: str
    number: str
    is_person: bool = False


def read_swedish(text: str) -> IdNumber | None:
    """Org number, personnummer, coordination number or SE VAT number, as usually written; else None."""
    digits = _swedish_digits(text)
    if digits is None or not luhn.is_valid(digits):
        return None
    if digits[2] < "2":
        return IdNumber(PERSON, digits, True) if is_birth_number(digits) else None
    return IdNumber("SE-ON", digits) if digits[0] in GROUP_DIGITS else None


def _swedish_digits(text: str) -> str | None:
    bare = text.strip()
    excel = _EXCEL_FLOAT.match(bare)
    bare = excel.group(1) if excel else _SEPARATORS.sub("", bare).upper()
    if bare.startswith("SE") and len(bare) == 14 and bare.endswith("01"):
        bare = bare[2:12]
    if not (bare.isascii() and bare.isdigit()):
        return None
    if len(bare) == 12 and bare[:2] in ("16", "18", "19", "20"):
        bare = bare[2:]
    return bare if len(bare) == 10 else None


def is_birth_number(digits: str) -> bool:
    """Do ten digits begin with a real day (coordination numbers add 60 to the day)?"""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day = day - 60 if day > 60 else day
    return any(_is_date(century + year, month, day) for century in (1800, 1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_british(text: str) -> IdNumber | None:
    """UK VAT number (`GB` prefix or nine valid digits) or company number, lost leading zeros restored."""
    bare = _SEPARATORS.sub("", text).upper()
    if bare.startswith("GB") and gb_vat.is_valid(bare):
        return IdNumber("GB-VAT", gb_vat.compact(bare))
    if len(bare) == 9 and bare.isdigit() and gb_vat.is_valid(bare):
        return IdNumber("GB-VAT", bare)
    if not _GB_COMPANY.match(bare) or not bare.strip("0"):
        return None
    return IdNumber("GB-COH", bare.zfill(8) if bare.isdigit() else bare)


@lru_cache(65536)
def read_number(text: str, country: str) -> IdNumber | None:
    """The identity number in a cell, read as `country` (SE, GB) writes them; None if it is none of ours."""
    if not text or text.isspace():
        return None
    return (read_british(text) if country == "GB" else read_swedish(text)) or read_foreign(text)


def read_foreign(text: str) -> IdNumber | None:
    """A valid VAT number of another EU country (`DE136695976`): scheme `DE-VAT`; else None."""
    bare = _SEPARATORS.sub("", text).upper()
    if not _FOREIGN_VAT.match(bare) or bare.startswith("SE") or not eu_vat.is_valid(bare):
        return None
    return IdNumber(f"{bare[:2]}-VAT", bare)


def keyed(number: str, key: bytes) -> str:
    """A person's number as HMAC-SHA256 (hex): joins still work, the number cannot be had back."""
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def _is_person_in_text(match: re.Match[str]) -> bool:
    found = read_swedish(match.group())
    return found is not None and found.is_person


def has_person_number(text: str) -> bool:
    """Does free text hold a personnummer or coordination number?"""
    return bool(_MAY_HOLD.search(text)) and any(_is_person_in_text(match) for match in _PERSON_IN_TEXT.finditer(text))


def mask(text: str) -> str:
    """The text with every personnummer and coordination number replaced by `******-****`."""
    if not _MAY_HOLD.search(text):
        return text
    return _PERSON_IN_TEXT.sub(lambda m: "******-****" if _is_person_in_text(m) else m.group(), text)
