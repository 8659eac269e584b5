"""Who was paid, as the file spells it: distinct payees with their numbers read, persons protected."""

import re
from collections.abc import Sequence

from kvar.core.numbers import PERSON, IdNumber, keyed, mask, read_number
from kvar.ledger.persons import TOKEN, told_person

_PARTS = re.compile(r"[,;/\s]+(?=\S{6,})")
_MASKED = re.compile(r"^[A-ZÅÄÖ]{5,}-\d{3}$|^\d{6}-?[*xX]{4}$|^[*xX]{6,}")
Spelling = tuple[str, str, str, str, str, str, str]  # name, id, vat, ref, postcode, city, legal form


def payee_row(number: int, spelling: Spelling, country: str, key: bytes) -> dict[str, object]:
    """One row of PAYEES; a person's number is keyed and the name withheld."""
    name, identity, vat, ref, postcode, city, form = (cell.strip() for cell in spelling)
    found = _best(identity, country) or _best(vat, country)
    if found is None and country != "GB" and (_MASKED.match(identity) or TOKEN.search(identity)):
        found = IdNumber(PERSON, identity, True)
    told = told_person(name, form, found)
    return {
        "payee": number,
        "name": None if told else (mask(name) or None),
        "ref": None if told else (mask(ref) or None),
        "scheme": found.scheme if found else (PERSON if told else None),
        "number": _keyed(found, name, key) if told else (found.number if found else None),
        "postcode": None if told and told != "sole_trader" else (mask(postcode) or None),
        "city": None if told else (mask(city) or None),
        "legal_form": mask(form) or None,
        "is_person": told is not None,
        "person": told,
    }


def _keyed(found: IdNumber | None, name: str, key: bytes) -> str:
    """A person's number, else name, keyed; a token is the beginning of the keyed number already."""
    token = TOKEN.search(found.number if found else name)
    if token:
        return token.group(1)
    return keyed(found.number if found else name.lower(), key)


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
