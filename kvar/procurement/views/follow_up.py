"""Follow-up for the officer: sign after the standstill, check reports, act on broken promises, see what is due."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of, may, organisations_where, require, signed_in
from kvar.procurement import kept, results
from kvar.procurement.actions import follow_up as acts
from kvar.procurement.actions.measuring import check
from kvar.procurement.breaches import steps_taken
from kvar.procurement.models import Award, Bid, Measurement, Obligation, Procurement, Report
from kvar.procurement.queries import procurement_for

Found = TypeVar("Found")
ORDER = ("broken", "behind", "not_reported", "on_the_way", "kept")


@login_required
def follow_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One procurement's contracts: what is promised, where it stands, what to check; a POST signs, checks or acts."""
    found, wrong = procurement_for(request.user, pk, "see_plans"), ""
    if request.method == "POST":
        require(request.user, found.organisation, "follow_up")
        try:
            _act(request, found)
            return redirect("follow-up", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    rows = results.standings(Obligation.objects.filter(contract__award__lot__procurement=found), timezone.localdate())
    awards = Award.objects.filter(lot__procurement=found).select_related("bid__bidder", "lot", "contract")
    words = {
        "procurement": found, "rows": sorted(rows, key=lambda row: ORDER.index(row.light)), "wrong": wrong,
        "kept": sum(row.light == "kept" for row in rows), "step": "follow", "page": "workbench",
        "unsigned": [(item, timezone.now() >= item.may_sign) for item in awards if not hasattr(item, "contract")],
        "may": may(request.user, found.organisation, "follow_up"), "steps": acts.STEPS,
        "measured": results.told(Measurement.objects.filter(contract__award__lot__procurement=found)),
        "districts": results.districts(found.organisation.place),
        "taken": steps_taken([row.obligation for row in rows]), "several": found.lots.count() > 1,
    }  # fmt: skip
    return render(request, "procurement/follow_up.html", words, status=422 if wrong else 200)


@login_required
def due(request: HttpRequest) -> HttpResponse:
    """Everything of the person's organisations that asks for something: overdue, to check, unreported, due soon."""
    homes = organisations_where(request.user, "follow_up")
    if not homes:
        raise Http404
    rows = results.standings(Obligation.objects.filter(contract__buyer__in=homes), timezone.localdate())
    groups = [
        ("overdue", [row for row in rows if row.overdue]),
        ("check", [row for row in rows if row.waiting and not row.overdue]),
        ("silent", [row for row in rows if row.silent and not row.waiting and not row.overdue]),
        ("soon", [row for row in rows if row.soon and not row.waiting and not row.silent]),
    ]
    words = {"groups": [group for group in groups if group[1]], "n": sum(len(found) for _, found in groups)}
    return render(request, "procurement/follow_due.html", words | {"page": "workbench"})


@login_required
def evidence(request: HttpRequest, pk: UUID, sha256: str) -> HttpResponseBase:
    """A file that a report of the procurement refers to, to those who may see its plans."""
    found = procurement_for(request.user, pk, "see_plans")
    known = Report.objects.filter(obligation__contract__award__lot__procurement=found, evidence=sha256)
    measured = Measurement.objects.filter(contract__award__lot__procurement=found, evidence=sha256)
    path = kept.path(sha256) if known.exists() or measured.exists() else None
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"underlag-{sha256[:8]}")


@login_required
def bid_file(request: HttpRequest, pk: UUID, bid: UUID, sha256: str) -> HttpResponseBase:
    """A file attached to an opened bid, to those who may see the procurement's plans."""
    found = procurement_for(request.user, pk, "see_plans")
    item = Bid.objects.filter(lot__procurement=found, pk=bid).first()
    file = next((one for one in item.files if one["sha256"] == sha256), None) if item else None
    path = kept.path(sha256)
    if file is None or path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=file["name"])


def _act(request: HttpRequest, found: Procurement) -> None:
    """Sign a lot, check a report, or go one step further with a broken promise: by the name of the button."""
    act, why, by = request.POST.get("act", ""), request.POST.get("why", ""), signed_in(request)
    key = whole(request.POST.get("number", "")) or 0
    if act == "sign":
        award = _or_404(Award.objects.filter(lot__procurement=found, pk=key).first())
        starts, ends = (_day(request.POST.get(name, "")) for name in ("starts", "ends"))
        acts.sign(award=award, by=by, starts=starts, ends=ends, district=request.POST.get("district", "")[:20])
    elif act in ("keep", "refuse"):
        rows = Report.objects.filter(obligation__contract__award__lot__procurement=found, pk=key)
        acts.verify(report=_or_404(rows.first()), by=by, kept=act == "keep", why=why)
    elif act in ("keep-measured", "refuse-measured"):
        found_rows = Measurement.objects.filter(contract__award__lot__procurement=found, pk=key)
        check(measurement=_or_404(found_rows.first()), by=by, kept=act == "keep-measured", why=why)
    elif act == "step":
        items = Obligation.objects.filter(contract__award__lot__procurement=found, pk=key)
        acts.next_step(obligation=_or_404(items.first()), by=by, why=why)
    else:
        raise Http404


def _or_404(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise KvarError("procurement.evidence.day", text=text[:20] or "-") from error
