"""What a firm may bid for, what is asked of it, and where its own bids stand. The box is asked, no table."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from kvar.core.messages import Language
from kvar.organisations.models import Organisation
from kvar.procurement import box
from kvar.procurement.actions.bidding import is_plain, recipients
from kvar.procurement.model_words import explained, weighs
from kvar.procurement.models import Bid, Lot, Procurement
from kvar.procurement.sealing.form import Asked, Form


@dataclass(frozen=True, slots=True)
class Chance:
    """A procurement as a firm sees it: open or not, near (the firm's own place), and lots bid for of how many."""

    procurement: Procurement
    open: bool
    near: bool
    sent: int
    lots: int


def shown() -> QuerySet[Procurement]:
    """Every procurement that has been published; a cancelled one too, so that its bidders find their receipts."""
    return Procurement.objects.filter(published__isnull=False).select_related("organisation")


def lot_for(procurement: Procurement, number: int) -> Lot:
    """The lot, else 404."""
    found = procurement.lots.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def is_open(procurement: Procurement) -> bool:
    """Are bids taken now?"""
    return procurement.phase == "published" and bool(procurement.deadline and timezone.now() < procurement.deadline)


def chances(firm: Organisation) -> list[Chance]:
    """Open procurements, the firm's own place first, then by last day; below them those the firm has bid for."""
    own = set(Bid.objects.filter(bidder=firm).values_list("lot__procurement_id", flat=True))
    found = [_chance(item, firm) for item in shown().prefetch_related("lots")]
    kept = [item for item in found if item.open or item.sent or item.procurement.pk in own]
    return sorted(kept, key=lambda item: (not item.open, not item.near, item.procurement.deadline))


def _chance(item: Procurement, firm: Organisation) -> Chance:
    lots = list(item.lots.all())
    sent = sum(box.own(lot, firm) is not None for lot in lots)
    return Chance(item, is_open(item), item.organisation.place == firm.place, sent, len(lots))


def form_of(lot: Lot, bidder: Organisation, language: Language) -> Form:
    """The form of a lot for a bidder in a language, with whom to seal to."""
    procurement = lot.procurement
    openers = {} if is_plain(procurement) else recipients(procurement)
    return Form(
        str(procurement.pk), f"{procurement.title} – {lot}", lot.number, bidder.slug, procurement.currency, openers,
        asked(procurement, language),
        tuple(explained(procurement.model or {}, procurement.titles(language), procurement.currency, language)),
    )  # fmt: skip


def asked(procurement: Procurement, language: Language) -> tuple[Asked, ...]:
    """The questions: quality first, then the measures of the policy."""
    rows = procurement.criteria.exclude(kind="price").order_by("kind", "slug")
    worth = weighs(procurement.model or {}, procurement.currency, language)
    return tuple(
        Asked(c.slug, c.kind, c.titled(language), c.question, c.unit, c.characters, worth[c.slug]) for c in rows
    )
