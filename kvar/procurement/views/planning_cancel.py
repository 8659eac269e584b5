"""Cancel a procurement, with the reasons that everyone is told."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.organisations.access import language_of, signed_in
from kvar.procurement.actions.bidding import is_plain
from kvar.procurement.actions.cancelling import PHASES, could_bid
from kvar.procurement.actions.cancelling import cancel as act
from kvar.procurement.views.planning_page import plan_of


@login_required
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reasons, then the end; 422 with what is missing."""
    item, wrong = plan_of(request, pk), ""
    if request.method == "POST":
        try:
            act(procurement=item, by=signed_in(request), reason=request.POST.get("reason", ""))
            return redirect("plan", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    words = {"item": item, "wrong": wrong, "page": "workbench", "may_end": item.phase in PHASES,
             "firm": could_bid(signed_in(request), item), "plain": is_plain(item)}  # fmt: skip
    return render(request, "procurement/plan_cancel.html", words, status=422 if wrong else 200)
