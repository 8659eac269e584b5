"""What is to be bought, as far as the law asks: value, kind, buyer, day, and the facts that open or close a route."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Jurisdiction = Literal["SE", "ENG", "SCT"]
Buyer = Literal["subcentral", "central"]  # municipalities, regions and their bodies; central state authorities
Kind = Literal["goods", "services", "works"]
# Facts that only a person can state; each is a question on the page (`procurement.fact.<name>`).
FACTS = (
    "framework", "own_company", "joint_public_task", "no_suitable_bids", "only_unacceptable_bids",
    "urgent_unforeseen", "only_one_supplier", "review_pending", "prior_notice", "electronic", "no_time",
    "needs_negotiation", "other_lots", "integration_provider", "staff_owned_mission",
    "registered_nonprofit", "wages_at_risk", "outside_swedish_law", "participant_prepared",
    "on_site_or_works",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """A planned purchase. Amounts are minor units: SE without VAT (LOU 5:3), ENG and SCT with VAT.

    `day` is when the call goes out or the procedure begins (LOU 5:5). `value` is for the fixed term, or give
    `monthly` with `months` (None: open-ended). `similar` is what else of the same kind recurs in the year (LOU 5:11);
    `supplied` is what the buyer gives a works contractor (LOU 5:9), `residual` what leased goods are worth after a
    fixed term of more than twelve months (LOU 5:10). `cpv` is eight digits without check digit.
    """

    jurisdiction: Jurisdiction
    buyer: Buyer
    kind: Kind
    day: date
    value: int = 0
    cpv: str | None = None
    options: int = 0
    extensions: int = 0
    similar: int = 0
    supplied: int = 0
    monthly: int | None = None
    months: int | None = None
    residual: int = 0
    facts: frozenset[str] = frozenset()
