"""The opening: before the deadline nothing; after it two openers give their parts, and the list is attested."""

import json
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.access import language_of, may, require, signed_in
from kvar.procurement.actions import opening as acts
from kvar.procurement.actions.bidding import is_plain
from kvar.procurement.models import Bid, LogLeaf, Opener, OpeningPart, Procurement
from kvar.procurement.queries import procurement_for
from kvar.procurement.record import receipt
from kvar.procurement.sealing.parts import read_parts

LIMIT = 20_000_000


@login_required
def opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the opening stands; a POST gives one's parts, or opens plain quotes."""
    found, wrong = procurement_for(request.user, pk, "see_plans"), ""
    if request.method == "POST":
        try:
            _give(request, found)
            return redirect("bid-opening", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    words = _told(request, found) | {"wrong": wrong, "clock": timezone.localtime()}
    return render(request, "procurement/opening.html", words, status=422 if wrong else 200)


@login_required
def parts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An opener's own encrypted parts, after the deadline."""
    found = procurement_for(request.user, pk, "see_plans")
    try:
        text = json.dumps(acts.parts_for(found, signed_in(request)))
    except KvarError as error:
        words = _told(request, found) | {"wrong": error.say(language_of(request)), "clock": timezone.localtime()}
        return render(request, "procurement/opening.html", words, status=422)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="parts.json"'
    return answer


@login_required
def attested(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The opening's leaf with its receipt, for anyone who was there to keep; empty object before the opening."""
    found = procurement_for(request.user, pk, "see_plans")
    leaf = _leaf(found)
    row = {"leaf_text": leaf.text, "receipt": receipt(leaf)} if leaf else {}
    return HttpResponse(json.dumps(row, ensure_ascii=False, indent=1), content_type="application/json")


def _give(request: HttpRequest, found: Procurement) -> None:
    if is_plain(found):
        require(request.user, found.organisation, "award")
        acts.open_quotes(procurement=found, by=signed_in(request))
        return
    file = cast("UploadedFile[bytes] | None", request.FILES.get("parts"))
    certain = request.POST.get("certain") == "1"
    acts.contribute(procurement=found, person=signed_in(request), parts=read_parts(file, LIMIT), certain=certain)


def _told(request: HttpRequest, found: Procurement) -> dict[str, Any]:
    """What may be shown: nothing of bids until they are opened."""
    over = found.deadline is not None and timezone.now() >= found.deadline
    given = set(OpeningPart.objects.filter(procurement=found).values_list("person_id", flat=True)) if over else set()
    openers = list(Opener.objects.filter(procurement=found).select_related("person"))
    opened = found.phase not in ("planning", "published", "cancelled")
    return {
        "procurement": found, "over": over, "opened": opened, "plain": is_plain(found),
        "openers": [(item, item.person_id in given) for item in openers], "given": len(given),
        "givers": [item.person.get_full_name() or item.person.email for item in openers if item.person_id in given],
        "mine": next((item for item in openers if item.person_id == request.user.pk), None),
        "bids": _bids(found) if opened else (),
        "may_open": may(request.user, found.organisation, "award"), "step": "opening", "page": "workbench",
    }  # fmt: skip


def _bids(found: Procurement) -> QuerySet[Bid]:
    return Bid.objects.filter(lot__procurement=found).select_related("lot", "bidder").order_by("lot", "submitted")


def _leaf(found: Procurement) -> LogLeaf | None:
    return LogLeaf.objects.filter(procurement=found, text__contains='"kind":"open"').first()
