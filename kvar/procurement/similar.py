"""What else of the same kind the organisation buys: in its ledger, and in its other procurements of the year."""

from dataclasses import dataclass

from kvar.organisations.uploads import store
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.models import Procurement
from kvar.spending.markets import markets
from kvar.spending.same_kind import SameKind, same_kind
from kvar.suppliers.labels import build

GROUP = 3  # digits of CPV that are one group
DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Similar:
    """The ledger's twelve months (None where it says nothing) and the direct awards planned or made in the year."""

    ledger: SameKind | None
    others: tuple[Procurement, ...]

    @property
    def planned(self) -> int:
        """What the other direct awards come to, minor units."""
        return sum(item.value + item.options + item.extensions for item in self.others)

    @property
    def most(self) -> int:
        """What may have to be counted in: the larger of what was bought and what is planned, up to whole units."""
        return -(-max(self.ledger.counted if self.ledger else 0, self.planned) // 100) * 100


def similar(procurement: Procurement) -> Similar | None:
    """What is alike a procurement with a CPV code; None without one, or where nothing alike is known."""
    if not procurement.cpv:
        return None
    where, day = store(), procurement.as_need().day
    batches = [ref for ref, _ in where.batches()]
    own = [ref for ref in batches if ref.anchor.slug == procurement.organisation.slug]
    told = None
    if own:
        build(where, batches)
        gazetteer = Gazetteer.load(where.root / "places")
        told = same_kind(where, own, procurement.organisation.slug, procurement.cpv, gazetteer=gazetteer, day=day)
    others = tuple(_others(procurement))
    return Similar(told, others) if others or (told and told.n) else None


def _others(item: Procurement) -> list[Procurement]:
    rows = Procurement.objects.filter(
        organisation=item.organisation, route=DIRECT, created__year=item.created.year
    ).exclude(pk=item.pk)
    return [row for row in rows.exclude(phase="cancelled") if row.cpv and _alike(row.cpv, item.cpv)]


def _alike(one: str, other: str) -> bool:
    """Are two CPV codes of one kind of market, or of one group?"""
    kinds = [{market.id for market in markets() if market.holds(cpv)} for cpv in (one, other)]
    return bool(kinds[0] & kinds[1]) or one[:GROUP] == other[:GROUP]
