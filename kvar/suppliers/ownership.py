"""Who owns a firm: classes that Kvar reports, from a register, from the legal form, or unknown.

Never guessed from a name. A legal form tells the owner only where the form itself does (a co-operative, an
association, a foundation, a public body); a limited company's owners are unknown until a register tells them.
"""

from typing import Literal, get_args

from kvar.suppliers.forms import FormGroup

Ownership = Literal[
    "cooperative", "social_enterprise", "work_integrating", "association", "foundation", "employee_owned", "family",
    "independent", "group_owned", "foreign_owned", "municipal_company", "state_owned", "public_body", "sole_trader",
    "unknown",
]  # fmt: skip
OWNERSHIPS: tuple[Ownership, ...] = get_args(Ownership)
DEMOCRATIC = ("cooperative", "social_enterprise", "work_integrating", "association", "foundation", "employee_owned")
_OF_FORM: dict[FormGroup, Ownership] = {
    "cooperative": "cooperative",
    "association": "association",
    "religious_community": "association",
    "foundation": "foundation",
    "charity": "social_enterprise",
    "community_interest_company": "social_enterprise",
    "municipal_company": "municipal_company",
    "public_body": "public_body",
    "sole_trader": "sole_trader",
}


def of_form(group: FormGroup) -> Ownership:
    """The ownership that a legal form by itself tells; `unknown` where it tells nothing."""
    return _OF_FORM.get(group, "unknown")
