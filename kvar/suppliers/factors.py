"""Payees who only collect for others: factoring companies. Who delivered cannot be told from such a payment.

Sources: the register column `factoring` of the user, and `factoring.yml`, names collected by hand and not verified.
An e-invoice names the seller (AccountingSupplierParty) apart from who is paid (PayeeParty): Kvar reads the seller, so
there nothing is left to resolve.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from kvar.suppliers.normalise import normalise


@dataclass(frozen=True, slots=True)
class Factor:
    """A company known to buy or collect invoices; `verified` False: nobody has checked it against the company."""

    name: str
    country: str
    since: str | None
    source: str
    verified: bool


@cache
def factors() -> dict[tuple[str, str], Factor]:
    """(country, compared name) -> factor."""
    rows = yaml.load((files("kvar.suppliers") / "factoring.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    known = [Factor(row["name"], row["country"], row.get("since"), row["source"], row["verified"]) for row in rows]
    return {(factor.country, normalise(factor.name)): factor for factor in known}


def collects(name: str | None, country: str) -> bool:
    """Is the payee a factoring company by the list?"""
    return (country, normalise(name or "")) in factors()
