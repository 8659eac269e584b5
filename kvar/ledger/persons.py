"""Who is a natural person: by number, by name, or by the type the sender gives its payees.

A type such as Devon's `SOLE` or `INDV` says so. A type that may hold sole traders among others (Devon's `EY`, early
years, where childminders are; its `… (Sole Trade, Partnership, Ltd)`) makes a person of every name without a word
that organisations have: a firm that loses its name in public is a smaller harm than a person who does not.
"""

import re
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import IdNumber, has_person_number
from kvar.ledger.masking import may_hold

Told = Literal["number", "withheld", "title", "individual", "sole_trader"]  # what told that a payee is a person
TOKEN = re.compile(r"PERSON-([0-9a-f]{24})")  # stands for a number in the rows to correct; see `corrections`
_WITHHELD = re.compile(
    r"^(?:redacted.*|name withheld.*|individual|personal data|privatperson(?:er)?"
    r"|enskild(?:\s+(?:person|firma?))?\b.*"
    r"|skyddad(?:e)? .*|sekretess.*|sole trader.*)$|\benskild firma\b|\bdödsbo",
    re.IGNORECASE,
)
_MAY_TELL = (  # for RE2: fits every name in which one of the patterns here finds something
    "(?i:redacted|name withheld|individual|personal data|privatperson|enskild|skyddad|sekretess|sole trader|dödsbo"
    r"|PERSON-|^(mr|mrs|miss)[^a-z0-9]|[^a-z0-9](mr|mrs|miss|ms)\.?\)?$)"
    r"|[\x{130}\x{131}\x{17f}\x{212a}]"  # signs that Python alone takes for i, s and k
)
_TITLED = re.compile(
    r"^(?:mr|mrs|miss)\.?(?:\s+[^\W\d_][\w.'’-]*){1,4}$|^\D*[\s,(](?:mr|mrs|miss|ms)\.?\)?$", re.IGNORECASE
)
_INDIVIDUAL = re.compile(r"^indv$|\bindividual|\bprivatperson|\bfysisk", re.IGNORECASE)
_SOLE_TRADER = re.compile(r"\bsole\b|self[- ]?employed|\benskild", re.IGNORECASE)
_MAY_BE = re.compile(r"\bsole\b.*\b(?:ltd|partnership|limited)|^ey$|early years|childmind", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:a/?b|aktiebolag|hb|kb|ltd|limited|plc|llp|cic|cio|inc|gmbh|co|company|group|trust|society|association|assoc"
    r"|charity|foundation|club|partnership|council|county|district|borough|city|nhs|church|parish|school|sch|academy"
    r"|college|university|pre|preschool|nursery|nurseries|playgroup|playschool|kindergarten|montessori|daycare"
    r"|childcare|centre|center|committee|community|federation|network|service|services|solutions|systems|supplies"
    r"|consulting|consultancy|associates|training|education|learning|studio|hotel|farm|farms|garage|transport|taxis"
    r"|travel|coaches|builders|building|construction|engineering|electrical|plumbing|roofing|security|cleaning"
    r"|therapy|psychology|chambers|solicitors|surveyors|architects|catering|media|press|theatre|museum|and|&|uk"
    r"|south|north|east|west|house|home|homes|care|healthcare|health|support)\b",
    re.IGNORECASE,
)


def told_person(name: str, form: str, number: IdNumber | None = None) -> Told | None:
    """What tells that a payee is a person (`form`: the sender's own type); None for an organisation.

    `sole_trader` sells as a firm; of the others the ledger cannot say whether they sell or receive. A company's
    number overrules the sender's type and a title, not what the sender has withheld.
    """
    if (number and number.is_person) or has_person_number(name) or TOKEN.search(name):
        return "number"
    if _WITHHELD.search(name) or (number and number.is_estate):
        return "withheld"
    return None if number and _is_company(number) else _by_type(name, form)


def silent(names: pa.StringArray) -> np.ndarray:
    """Names (stripped) that by themselves tell of no person, bool; there may be others."""
    telling = pc.match_substring_regex(names, _MAY_TELL).to_numpy(zero_copy_only=False)
    silent: np.ndarray = ~(telling | may_hold(names))
    return silent


def is_silent_form(form: str) -> bool:
    """Does a sender's type tell of no person, whatever the name?"""
    return not (_MAY_BE.search(form) or _INDIVIDUAL.search(form) or _SOLE_TRADER.search(form))


def _is_company(number: IdNumber) -> bool:
    """Is it in a register of companies? A Swedish number that begins with 1 is an estate's."""
    return number.scheme == "GB-COH" or (number.scheme == "SE-ON" and not number.is_estate)


def _by_type(name: str, form: str) -> Told | None:
    if _MAY_BE.search(form):
        return "sole_trader" if name and not _ORGANISATION.search(name) else None
    if _INDIVIDUAL.search(form):
        return "individual"
    if _SOLE_TRADER.search(form):
        return "sole_trader"
    return "title" if _TITLED.match(name) and not _ORGANISATION.search(name) else None
