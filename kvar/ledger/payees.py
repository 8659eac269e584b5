"""Who was paid, as the file spells it: distinct payees with their numbers read, persons protected."""

import re
from collections.abc import Sequence

from kvar.core.numbers import PERSON, IdNumber, has_person_number, keyed, mask, read_number

_PARTS = re.compile(r"[,;/\s]+(?=\S{6,})")
_MASKED = re.compile(r"^[A-ZÅÄÖ]{5,}-\d{3}$|^\d{6}-?[*xX]{4}$|^[*xX]{6,}")
_PERSON_NAMES = re.compile(
    r"^(?:redacted.*|name withheld.*|individual|personal data|privatperson(?:er)?"
    r"|enskild(?:\s+(?:person|firma?))?\b.*"
    r"|skyddad(?:e)? .*|sekretess.*|sole trader.*)$",
    re.IGNORECASE,
)
Spelling = tuple[str, str, str, str, str, str, str]  # name, id, vat, ref, postcode, city, legal form


def payee_row(number: int, spelling: Spelling, country: str, key: bytes) -> dict[str, object]:
    """One row of PAYEES; a person's number is keyed and the name withheld."""
    name, identity, vat, ref, postcode, city, form = (cell.strip() for cell in spelling)
    found = _best(identity, country) or _best(vat, country)
    if found is None and country != "GB" and _MASKED.match(identity):
        found = IdNumber(PERSON, identity, True)
    is_person = bool(found and found.is_person) or has_person_number(name) or bool(_PERSON_NAMES.match(name))
    return {
        "payee": number,
        "name": None if is_person else (mask(name) or None),
        "ref": None if is_person else (mask(ref) or None),
        "scheme": found.scheme if found else (PERSON if is_person else None),
        "number": _number(found, name, is_person, key),
        "postcode": None if is_person else (postcode or None),
        "city": None if is_person else (city or None),
        "legal_form": form or None,
        "is_person": is_person,
    }


def _number(found: IdNumber | None, name: str, is_person: bool, key: bytes) -> str | None:
    if is_person:
        return keyed(found.number if found else name.lower(), key)
    return found.number if found else None


def _best(text: str, country: str) -> IdNumber | None:
    """The number in a cell; of several, the one company among them, and none if they contradict."""
    whole = read_number(text, country)
    if whole or not text:
        return whole
    parts: Sequence[IdNumber] = [n for n in (read_number(part, country) for part in _PARTS.split(text)) if n]
    companies = {part for part in parts if not part.is_person}
    if len(companies) == 1:
        return companies.pop()
    return parts[0] if parts and not companies else None
