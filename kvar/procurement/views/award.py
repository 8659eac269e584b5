"""The award: prices that may be too low, the ranking by the frozen model, the decision, its report and letters."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of, may, require, signed_in
from kvar.organisations.queries import organisation_for
from kvar.procurement import judged
from kvar.procurement.actions import closing, evaluation, judging
from kvar.procurement.award_report import letter_pdf, report_pdf
from kvar.procurement.law import followed
from kvar.procurement.models import Award, Bid, Lot, Procurement
from kvar.procurement.queries import procurement_for
from kvar.procurement.rules.low_price import PARAGRAPH, below_others, worth_asking
from kvar.procurement.standstill import standstill_of


@login_required
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every lot with its prices, ranking and decision; a POST asks, notes an answer, sets aside or awards."""
    found, wrong = procurement_for(request.user, pk, "see_plans"), ""
    if request.method == "POST":
        require(request.user, found.organisation, "award")
        try:
            _act(request, found)
            return redirect("bid-award", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    judges = found.phase not in ("planning", "published", "cancelled")
    lots = [_lot(lot) for lot in found.lots.all()] if judges else []
    words = {
        "procurement": found, "lots": lots, "wrong": wrong,
        "awarded": sum(bool(row["award"]) for row in lots), "closed": sum(bool(row["lot"].closed) for row in lots),
        "given": request.POST, "regime": followed(found), "paragraph": PARAGRAPH.get(followed(found), ""),
        "may": may(request.user, found.organisation, "award"), "step": "award", "page": "workbench",
        "criteria": found.criteria.all(), "standstill": standstill_of(found),
    }  # fmt: skip
    return render(request, "procurement/award.html", words, status=422 if wrong else 200)


@login_required
def report(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The award report as PDF/UA."""
    found = procurement_for(request.user, pk, "see_plans")
    return _pdf(report_pdf(_awarded(found, number), language_of(request)), f"tilldelning-{number}.pdf")


@login_required
def letter(request: HttpRequest, pk: UUID, number: int, bid: UUID) -> HttpResponse:
    """The letter to a bidder, for the buyer to send."""
    found = procurement_for(request.user, pk, "award")
    made = _awarded(found, number)
    item = Bid.objects.filter(lot=made.lot, pk=bid).first()
    if item is None:
        raise Http404
    return _pdf(letter_pdf(made, item, language_of(request)), f"brev-{number}-{item.bidder.slug}.pdf")


@login_required
def own_letter(request: HttpRequest, slug: str, pk: UUID, number: int) -> HttpResponse:
    """The letter to a firm, for itself to fetch."""
    firm = organisation_for(request.user, slug, "bid")
    item = Bid.objects.filter(lot__procurement_id=pk, lot__number=number, bidder=firm).first()
    if item is None:
        raise Http404
    made = _awarded(item.lot.procurement, number)
    return _pdf(letter_pdf(made, item, language_of(request)), f"beslut-{number}.pdf")


def _act(request: HttpRequest, found: Procurement) -> None:
    """The acts of the page, by the name of the button."""
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    bid, by = _bid(found, request.POST.get("bid", "")), signed_in(request)
    if act == "award":
        evaluation.award(lot=_posted(request, found), by=by, reasons=reason, drawn=bid)
    elif act == "close":
        closing.close(lot=_posted(request, found), by=by, reason=reason)
    elif bid is None:
        raise Http404
    elif act == "ask":
        judging.ask_about_price(bid=bid, by=by)
    elif act == "explained":
        judging.explained(bid=bid, by=by, text=reason)
    elif act in ("reject", "reject_low"):
        judging.reject(bid=bid, by=by, reason=reason, low_price=act == "reject_low")
    else:
        raise Http404


def _posted(request: HttpRequest, found: Procurement) -> Lot:
    lot = found.lots.filter(number=whole(request.POST.get("lot", "")) or 0).first()
    if lot is None:
        raise Http404
    return lot


def _bid(found: Procurement, text: str) -> Bid | None:
    return next((bid for bid in Bid.objects.filter(lot__procurement=found) if str(bid.pk) == text), None)


def _lot(lot: Lot) -> dict[str, Any]:
    bids = list(lot.bids.select_related("bidder").order_by("price", "pk"))
    prices = {str(bid.pk): bid.price for bid in bids if bid.state == "opened" and bid.price}
    low, below = set(worth_asking(prices)), below_others(prices)
    try:
        lines = judged.lines(lot)
    except KvarError:
        lines = []
    made = Award.objects.filter(lot=lot).select_related("bid__bidder", "contract").first()
    first = [line for line in lines if line.place == 1]
    return {
        "lot": lot, "bids": [(bid, str(bid.pk) in low, below.get(str(bid.pk))) for bid in bids], "lines": lines,
        "award": made, "tie": first if len(first) > 1 else [], "first": first[0] if first else None,
        "winnable": any(bid.state == "opened" for bid in bids),
        "waits": made is not None and timezone.now() < made.may_sign,
    }  # fmt: skip


def _awarded(found: Procurement, number: int) -> Award:
    made = Award.objects.filter(lot__procurement=found, lot__number=number).select_related("lot", "bid").first()
    if made is None:
        raise Http404
    return made


def _pdf(content: bytes, name: str) -> HttpResponse:
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{name}"'
    return made
