"""A firm's pages: what it can bid for, what a procurement asks, and its questions."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.organisations.access import language_of, organisations_where
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.procurement import offers
from kvar.procurement.actions import answers
from kvar.procurement.actions.bidding import is_plain, receipt_of
from kvar.procurement.models import Award, Lot, Procurement
from kvar.procurement.published import cancelled
from kvar.procurement.views.calendar import stands


@login_required
def firms(request: HttpRequest) -> HttpResponse:
    """The firms a person bids for; straight on when there is one, to the procurement that `?to=` names."""
    mine, to = organisations_where(request.user, "bid"), _named(request.GET.get("to", ""))
    if len(mine) == 1:
        return redirect("bid-procurement", mine[0].slug, to) if to else redirect("bid-chances", mine[0].slug)
    return render(request, "procurement/bid_firms.html", {"firms": mine, "to": to, "page": "workbench"})


def _named(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_required
def chances(request: HttpRequest, slug: str) -> HttpResponse:
    """Open procurements with their last day, and how far the firm has come with each."""
    firm = organisation_for(request.user, slug, "bid")
    rows = offers.chances(firm)
    past = [(row, stands(row.procurement, timezone.now())) for row in rows if not row.open]
    words = {"firm": firm, "open": [row for row in rows if row.open], "past": past}
    return render(request, "procurement/bid_chances.html", words | {"page": "workbench"})


@login_required
def procurement(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One procurement: what is bought and asked, its lots with the firm's own bids, questions and answers."""
    firm, found = firm_and_procurement(request, slug, pk)
    return render(request, "procurement/bid_procurement.html", _told(firm, found, language_of(request)))


@login_required
def ask(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask a question; the answer comes to all, who asked is never shown. A GET leads back."""
    if request.method != "POST":
        return redirect("bid-procurement", slug=slug, pk=pk)
    firm, found = firm_and_procurement(request, slug, pk)
    try:
        answers.ask(procurement=found, asker=firm, text=request.POST.get("text", ""))
    except KvarError as error:
        words = {"wrong": error.say(language_of(request)), "text": request.POST.get("text", "")}
        return render(
            request, "procurement/bid_procurement.html", _told(firm, found, language_of(request)) | words, status=422
        )
    return redirect("bid-procurement", slug=slug, pk=pk)


def firm_and_procurement(request: HttpRequest, slug: str, pk: UUID) -> tuple[Organisation, Procurement]:
    """The person's firm and a published procurement; 404 for anything else."""
    firm = organisation_for(request.user, slug, "bid")
    found = offers.shown().filter(pk=pk).first()
    if found is None:
        raise Http404
    return firm, found


def _told(firm: Organisation, found: Procurement, language: Language) -> dict[str, object]:
    lots = [(lot, _sent(lot, firm)) for lot in found.lots.all()]
    own = Award.objects.filter(lot__procurement=found, lot__bids__bidder=firm)
    return {
        "firm": firm, "procurement": found, "lots": lots, "is_open": offers.is_open(found), "plain": is_plain(found),
        "asked": offers.asked(found, language), "criteria": found.criteria.all(), "terms": found.terms.all(),
        "questions": found.questions.all(), "awards": own.select_related("bid", "bid__bidder", "lot"),
        "closed": found.lots.filter(bids__bidder=firm).exclude(closed=""),
        "sent": sum(at is not None for _, at in lots), "page": "workbench", "cancelled": cancelled(found),
    }  # fmt: skip


def _sent(lot: Lot, firm: Organisation) -> datetime | None:
    """When the firm's bid for a lot was submitted; None when none stands."""
    receipt = receipt_of(lot, firm)
    return datetime.fromisoformat(receipt[0]["at"]) if receipt else None
