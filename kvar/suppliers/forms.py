"""Legal forms of registers and ledgers to the groups Kvar reports."""

import re
from typing import Literal

FormGroup = Literal[
    "limited_company", "cooperative", "association", "foundation", "sole_trader", "partnership", "public_body",
    "municipal_company", "religious_community", "community_interest_company", "charity", "foreign", "other",
    "unknown",
]  # fmt: skip
# Cooperatives, associations with charities, foundations and social enterprises: the European Commission's action plan
# for the social economy, COM(2021) 778; religious communities are associations by another law.
SOCIAL_ECONOMY: tuple[FormGroup, ...] = (
    "cooperative", "association", "foundation", "religious_community", "community_interest_company", "charity",
)  # fmt: skip
# Read in this order; the first that fits decides. Sources: SCB's legal forms, Companies House categories,
# Co-operatives UK legal forms, Devon's creditor types.
_PATTERNS: tuple[tuple[FormGroup, str], ...] = (
    ("community_interest_company", r"community interest|\bcic\b"),
    ("cooperative", r"ekonomisk|bostadsrätt|kooperativ|co-?op|industrial and provident|community benefit|\b5[1-5]\b"),
    ("charity", r"charit|\bcio\b|voluntary"),
    ("religious_community", r"trossamfund|relig|\b63\b"),
    ("foundation", r"stiftelse|foundation|\b7[12]\b"),
    ("association", r"ideell|samfällighet|association|förening|club|society|\b6[12]\b"),
    ("municipal_company", r"kommunalt (?:bolag|aktiebolag)"),
    ("public_body", r"statlig|kommun|region|landsting|korporation|government|council|nhs|police|school|\b8[1-8]\b"),
    ("sole_trader", r"fysisk|enskild|sole trader|individual|\b10\b|\b00\b"),
    ("partnership", r"handelsbolag|kommanditbolag|partnership|llp|\b31\b"),
    ("limited_company", r"aktiebolag|limited|private|plc|ltd|company|\b4[1-9]\b"),
    ("foreign", r"utländsk|foreign|overseas|\b96\b"),
)  # fmt: skip
_MIXED = re.compile(r"sole trade.*(?:partnership|ltd|limited)", re.IGNORECASE)  # a type that says several forms
_COMPILED = tuple((group, re.compile(pattern, re.IGNORECASE)) for group, pattern in _PATTERNS)
_NAME_ENDS: tuple[tuple[FormGroup, re.Pattern[str]], ...] = (
    ("community_interest_company", re.compile(r"\bcic$|community interest company$", re.IGNORECASE)),
    ("cooperative", re.compile(r"\bek(?:\.|onomisk)? ?för(?:\.|ening)?$|\bco-?op(?:erative)?\b", re.IGNORECASE)),
    ("limited_company", re.compile(r"\b(?:ab|aktiebolag|ltd|limited|plc)\.?(?: \(publ\))?$|^ab ", re.IGNORECASE)),
    ("partnership", re.compile(r"\b(?:hb|kb|llp|handelsbolag|kommanditbolag)$", re.IGNORECASE)),
    ("foundation", re.compile(r"stiftelse", re.IGNORECASE)),
    ("association", re.compile(r"förening", re.IGNORECASE)),
    ("public_body", re.compile(r"(?:^region | kommun$|\bcouncil\b|\bnhs\b|^kommun )", re.IGNORECASE)),
)
_GROUP_DIGIT: dict[str, FormGroup] = {
    "2": "public_body", "3": "foreign", "5": "limited_company", "7": "cooperative", "8": "association",
    "9": "partnership",
}  # fmt: skip


def group_of_form(text: str) -> FormGroup:
    """The group of a legal form as a register or ledger writes it (text or SCB code)."""
    if not text.strip() or _MIXED.search(text):
        return "unknown"
    return next((group for group, pattern in _COMPILED if pattern.search(text)), "other")


def inferred(name: str, scheme: str | None, number: str | None) -> FormGroup:
    """The group where no register knows: from the name's ending, else the org number's group digit."""
    named = next((group for group, pattern in _NAME_ENDS if pattern.search(name.strip())), None)
    if named is None and scheme == "SE-ON" and number:
        return _GROUP_DIGIT.get(number[0], "unknown")
    return named or "unknown"
