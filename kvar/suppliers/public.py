"""Who is named in public: one judgement for every page, picture and file, and for open data.

- `person`: the ledger tells that the payee is a person (`kvar/ledger/persons.py`), or its number is an estate's.
- `unsure`: no company's number, no form of an organisation by the sender's own type, and no word in the name that
  organisations or trades have. A firm that loses its name in public is a smaller harm than a person who does not.

A register's entry found by name alone vouches for nobody: `Anna Andersson` is not `Anna Andersson AB`. Words that are
surnames too (Church, West, Glas) are not among the words. What is not named is still summed; members see it.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal

from kvar.core.numbers import ESTATE
from kvar.suppliers.forms import FormGroup, group_of_form

Unnamed = Literal["person", "unsure"]
_FORMS: tuple[FormGroup, ...] = (
    "limited_company", "cooperative", "association", "foundation", "public_body", "municipal_company",
    "religious_community", "community_interest_company", "charity",
)  # fmt: skip
_ORGANISATION = re.compile(
    r"\b(?:a/?b|aktiebolag|hb|kb|ek\.? ?för|ltd|limited|plc|llp|cic|cio|inc|gmbh|oy|as|aps|a/s|bv|sa|group|council"
    r"|university|trust|charity|nhs)\b|bolag|förening|förbund|stiftelse|kommun|region\b|landsting|myndighet|verket\b"
    r"|kooperativ|samfund|församling|högskola|universitet|sällskap|institut|koncern",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\bbröd|\bkaffe|mästeri|\bbygg|\brör(?:\b|firma|mok|service|teknik|jour)|bageri|konditori|måleri|snickeri|åkeri|tryckeri|tvätteri|mejeri"
    r"|slakteri|fiskeri|gjuteri|restaurang|pizzeria|catering|\bcafé|kafé|hotell|pensionat|vandrarhem|tjänst|service\b"
    r"|konsult|städ(?:\b|ning|firma|bolag|hjälp)|taxi|verkstad|elektri[ks]|\bel-?(?:firma|installation)|plåtslag|förlag\b"
    r"|\w{3}handel(?:n|s)?\b|butik|fastighet|entreprenad|transport|teknik\b|\bskola|\w{3}skola|gymnasi|museum|museet"
    r"|teater|apotek|klinik|tandvård|vårdcentral|advokatbyrå|byrån?\b|redovisning|trädgård|möbler|livsmedel|maskiner"
    r"|\bföretag|firma\b|centrum\b|hemtjänst|assistans\b"
    r"|\b(?:company|association|society|foundation|partnership|academy|college|nursery|nurseries|preschool|playgroup"
    r"|services|solutions|systems|supplies|consulting|consultancy|associates|training|hotel|transport|taxis|coaches"
    r"|builders|construction|engineering|electrical|plumbing|roofing|cleaning|solicitors|surveyors|architects|theatre"
    r"|healthcare|daycare|childcare|committee|federation|centre|school|club|community|village hall|care|nursing"
    r"|residential|surgery|medical|youth|practice|primary|football|swimming|project|agency|insurance|property|health|support"
    r"|living|education|learning|assoc|friends of|methodist|homes)\b",
    re.IGNORECASE,
)


def unnamed(payee: Mapping[str, Any]) -> Unnamed | None:
    """Why a payee (row of PAYEES) is not named in public; None: it is known to be an organisation."""
    if payee["is_person"] or (payee.get("scheme") == "SE-ON" and (payee["number"] or "").startswith(ESTATE)):
        return "person"
    name = payee["name"] or ""
    known = payee["number"] or group_of_form(payee.get("legal_form") or "") in _FORMS
    return None if known or _ORGANISATION.search(name) or _TRADE.search(name) else "unsure"
