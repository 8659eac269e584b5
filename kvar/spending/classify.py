"""Which payments are purchases: visible rules, read in order, the first that fits decides; all else is a purchase."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
    person: bool = False

    @property
    def about_payee(self) -> bool:
        """Does the rule look at who was paid (else: at the account)?"""
        return self.person or self.number is not None or self.name is not None


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
            row.get("person", False),
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


def of_payee(name: str | None, number: str | None, is_person: bool, known: Sequence[Rule]) -> int | None:
    """The place in order of the first rule that fits a payee, None if none does."""
    for order, rule in enumerate(known):
        if not rule.about_payee:
            continue
        fits = (
            (rule.person and is_person)
            or (rule.number is not None and rule.number == number)
            or (rule.name is not None and bool(rule.name.search(name or "")))
        )
        if fits:
            return order
    return None
