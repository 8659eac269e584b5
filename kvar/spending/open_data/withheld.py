"""What is not open: payments to persons, to payees that may be persons, and on accounts of care for one person.

- `person`: the ledger tells that the payee is a person (`kvar/ledger/persons.py`).
- `care`: an account of salaries, of transfers to persons or of care for one person, and the payee has no company's
  number.
- `unsure`: no company's number and no word in the name that organisations have. A firm that loses its name in public
  is a smaller harm than a person who does not.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kvar.core.numbers import ESTATE
from kvar.spending.classify import Rule, of_account

Reason = Literal["person", "care", "unsure"]
REASONS: tuple[Reason, ...] = ("person", "care", "unsure")
OF_PERSONS = ("individual", "salary", "transfer")  # payment classes of accounts
_CARE = re.compile(
    r"familjehem|jourhem|kontaktfamilj|kontaktperson|personlig assist|ledsag|avlös|anhörig|bistånd|försörjning"
    r"|placering|foster|kinship|direct payment|personal budget|special guardian|adoption|care leaver",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:a/?b|aktiebolag|hb|kb|ek\.? ?för|ltd|limited|plc|llp|cic|cio|inc|gmbh|oy|as|aps|a/s|bv|sa|group|council"
    r"|university|trust|charity|nhs)\b|bolag|förening|förbund|stiftelse|kommun|region\b|landsting|myndighet|verket\b|kooperativ"
    r"|samfund|församling|högskola|universitet|sällskap|institut|koncern",
    re.IGNORECASE,
)


def of_payee(payee: Mapping[str, Any]) -> Reason | None:
    """Why a payee (row of PAYEES) is withheld; None: it is known to be an organisation."""
    if payee["is_person"] or (payee.get("scheme") == "SE-ON" and payee["number"].startswith(ESTATE)):
        return "person"
    if payee["number"] or _ORGANISATION.search(payee["name"] or ""):
        return None
    return "unsure"


def is_care(category: Mapping[str, Any], rules: Sequence[Rule]) -> bool:
    """Is an account (row of CATEGORIES) about single persons?"""
    ordinal = of_account(category["code"], category["text"], rules)
    known = ordinal is not None and rules[ordinal].payment_class in OF_PERSONS
    return known or bool(_CARE.search(category["text"] or ""))
