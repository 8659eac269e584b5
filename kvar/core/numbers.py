"""Identity numbers of those who are paid: which register, the canonical form, and whether it is a person.

Scheme names are org-id list codes (SE-ON, GB-COH); a natural person has the scheme SE-PERSON and the number
must be keyed (`keyed`) before anything is stored. The libraries are guarded where they are known wrong:
python-stdnum takes a coordination number for an organisation, and a Luhn-valid number whose group digit no
register hands out is a publisher's own pseudo number.
"""

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum import luhn
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

GROUP_DIGITS = frozenset("1235789")  # Swedish org numbers: estates, state, foreign, AB, …
ESTATE = "1"  # first digit of the number of an estate (dödsbo): it names a deceased person
_SIGNS = (
    r"\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
    r"\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}\N{SOFT HYPHEN}\N{HYPHEN BULLET}"
    r"\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
    r"\N{ZERO WIDTH NO-BREAK SPACE}+/._:"
)
_SEPARATORS = re.compile(rf"[\s{_SIGNS}]")
_EXCEL_FLOAT = re.compile(r"^(\d{10}|\d{12})\.0+$")
_GB_COMPANY = re.compile(r"^(?:[A-Z]{2}\d{6}|R0\d{6}|IP\d{5}R|RS\d{6}|SP\d{5}R|\d{1,8})$")
_FOREIGN_VAT = re.compile(r"^[A-Z]{2}[A-Z0-9]{6,12}$")
_GAP = rf"[\s{_SIGNS}]{{0,3}}"  # what may stand between the parts of a number: any dash, any blank, nothing
_PERSON_IN_TEXT = re.compile(
    rf"(?<![0-9])(?:SE{_GAP})?0{{0,8}}(?:(?:18|19|20){_GAP})?"
    rf"(?P<ten>[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{4}})(?:{_GAP}01)?(?![0-9])",
    re.IGNORECASE,
)
_MAY_HOLD = re.compile(r"\d{4}")
PERSON = "SE-PERSON"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number read: `scheme` (org-id list), canonical `number`, and whether it belongs to a person."""

    scheme: str
    number: str
    is_person: bool = False

    @property
    def is_estate(self) -> bool:
        """Is it the number of an estate of a deceased person?"""
        return self.scheme == "SE-ON" and self.number.startswith(ESTATE)


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


def token(number: str, key: bytes) -> str:
    """What stands for a person's number in rows to correct: it is read again as the same person."""
    return f"PERSON-{keyed(number, key)[:24]}"


def keyed(number: str, key: bytes) -> str:
    """A person's number as HMAC-SHA256 (hex): joins still work, the number cannot be had back."""
    return hmac.digest(key, number.encode(), "sha256").hex()


def _plain_digits(text: str) -> str:
    """The text, sign by sign, with digits of other scripts (full width, Arabic) as 0–9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _persons(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, ten digits) of every person's number in a text, however it is spaced."""
    plain, at = _plain_digits(text), 0
    while _MAY_HOLD.search(plain, at) and (match := _PERSON_IN_TEXT.search(plain, at)):
        found = read_swedish(match["ten"])
        if found and found.is_person:
            yield match.start(), match.end(), found.number
            at = match.end()
        else:
            at = match.start() + 1


def has_person_number(text: str) -> bool:
    """Does free text hold a personnummer or coordination number?"""
    return any(True for _ in _persons(text))


def mask(text: str) -> str:
    """The text with every personnummer and coordination number replaced by `******-****`."""
    return replace_persons(text, lambda _: "******-****")


def replace_persons(text: str, by: Callable[[str], str]) -> str:
    """The text with every personnummer and coordination number replaced by what `by` makes of its ten digits."""
    if not _MAY_HOLD.search(text):
        return text
    parts, done = [], 0
    for start, end, number in _persons(text):
        parts += [text[done:start], by(number)]
        done = end
    return "".join([*parts, text[done:]])
