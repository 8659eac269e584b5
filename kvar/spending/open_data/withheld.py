"""What is not open: payments to persons, to payees that may be persons, and on accounts of care for one person.

- `person` and `unsure`: what is not named on any public page either (`kvar/suppliers/public.py`).
- `care`: an account of salaries, of transfers to persons or of care for one person, and the payee has no company's
  number.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kvar.spending.classify import Rule, of_account

Reason = Literal["person", "care", "unsure"]
REASONS: tuple[Reason, ...] = ("person", "care", "unsure")
OF_PERSONS = ("individual", "salary", "transfer")  # payment classes of accounts
_CARE = re.compile(
    r"familjehem|jourhem|kontaktfamilj|kontaktperson|personlig assist|ledsag|avlös|anhörig|bistånd|försörjning"
    r"|placering|foster|kinship|direct payment|personal budget|special guardian|adoption|care leaver",
    re.IGNORECASE,
)


def is_care(category: Mapping[str, Any], rules: Sequence[Rule]) -> bool:
    """Is an account (row of CATEGORIES) about single persons?"""
    ordinal = of_account(category["code"], category["text"], rules)
    known = ordinal is not None and rules[ordinal].payment_class in OF_PERSONS
    return known or bool(_CARE.search(category["text"] or ""))
