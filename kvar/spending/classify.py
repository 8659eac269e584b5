"""Which payments are purchases: visible rules, read in order, the first that fits decides; all else is a purchase."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

PURCHASE = "purchase"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; every condition given must hold."""

    id: str
    payment_class: str
    reason: dict[str, str]
    source: str
    account: str | None = None
    text: re.Pattern[str] | None = None
    number: str | None = None
    name: re.Pattern[str] | None = None
    numbers: tuple[str, ...] = ()
    person: tuple[str, ...] = ()  # kinds of person, see `kvar.ledger.persons.Told`

    @property
    def about_payee(self) -> bool:
        """Does the rule look at who was paid (else: at the account)?"""
        return bool(self.person or self.numbers) or self.number is not None or self.name is not None


@cache
def rules(country: str) -> tuple[Rule, ...]:
    """The rules of a country, in order."""
    path = files("kvar") / "parameters" / "classification" / f"{country.lower()}.yml"
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Rule(
            row["id"],
            row["class"],
            {"sv": row["sv"], "en": row["en"]},
            row["source"],
            row.get("account"),
            _pattern(row.get("text")),
            row.get("number"),
            _pattern(row.get("name")),
            person=tuple(row.get("person", ())),
        )
        for row in rows
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


def of_account(code: str | None, text: str | None, known: Sequence[Rule]) -> int | None:
    """The place in order of the first rule that fits an account, None if none does."""
    for order, rule in enumerate(known):
        if rule.about_payee or (rule.account and not (code or "").startswith(rule.account)):
            continue
        if rule.text is None or rule.text.search(text or ""):
            return order
    return None


def of_payee(payee: Mapping[str, Any], known: Sequence[Rule]) -> int | None:
    """The place in order of the first rule that fits a row of PAYEES, None if none does."""
    for order, rule in enumerate(known):
        fits = (
            payee["person"] in rule.person
            or (rule.number is not None and rule.number == payee["number"])
            or payee["number"] in rule.numbers
            or (rule.name is not None and bool(rule.name.search(payee["name"] or "")))
        )
        if fits:
            return order
    return None


def digest(known: Sequence[Rule]) -> str:
    """Changes whenever a rule does, wherever in it."""
    rows = [[getattr(r, f.name) for f in fields(r)] for r in known]
    text = json.dumps(rows, default=lambda pattern: pattern.pattern, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
