"""Measured outcomes for the firm: what each kind is, the evidence it needs, and a month's number."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.dated import Dated, history
from kvar.core.errors import KvarError
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.queries import organisation_for
from kvar.procurement import kept, report_file, results
from kvar.procurement.actions.measuring import Month, measurable, measure
from kvar.procurement.models import Contract, Measurement
from kvar.procurement.outcomes import Kind


@login_required
def measuring(request: HttpRequest, slug: str, contract: UUID) -> HttpResponse:
    """The kinds of a contract, one at a time by `?kind=`, and what has been sent."""
    firm, wrong = organisation_for(request.user, slug, "bid"), ""
    item = Contract.objects.filter(supplier=firm, pk=contract).select_related("buyer", "supplier").first()
    if item is None:
        raise Http404
    known = measurable(item)
    kind = next((one for one in known if one.id == request.GET.get("kind")), known[0])
    if request.method == "POST":
        try:
            measure(contract=item, by=signed_in(request), kind=kind.id, month=_month(request, kind))
            return redirect(f"{request.path}?kind={kind.id}")
        except KvarError as error:
            wrong = error.say(language_of(request))
    words = {
        "firm": firm, "contract": item, "kinds": known, "kind": kind, "wrong": wrong, "given": request.POST,
        "rates": rates(kind), "rows": results.told(Measurement.objects.filter(contract=item)), "page": "workbench",
        "currency": item.award.lot.procurement.currency, "this_month": f"{timezone.localdate():%Y-%m}",
    }  # fmt: skip
    return render(request, "procurement/measuring.html", words, status=422 if wrong else 200)


def rates(kind: Kind) -> list[Dated]:
    """The newest rates that a kind is compared with, as far as they have been read."""
    return [history(name)[-1] for name in kind.rates]


def _month(request: HttpRequest, kind: Kind) -> Month:
    """The form as written; the file is kept last, when the rest can be read."""
    period = report_file.month(request.POST.get("period", ""))
    amount, of, baseline = (_number(request, kind, name) for name in ("amount", "of", "baseline"))
    if amount is None:
        raise KvarError("procurement.report.whole", text="-")
    file = request.FILES.get("file")
    return Month(period, amount, of, baseline, request.POST.get("note", ""), kept.keep(file) if file else "")


def _number(request: HttpRequest, kind: Kind, name: str) -> int | None:
    """A whole number, or money as minor units; None where nothing is written."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    if kind.unit != "minor":
        return report_file.amount(text)
    try:
        found = parse_amount(text, decide_decimal([text]) or ".")
    except AmountError as error:
        raise KvarError("procurement.not_an_amount", value=text[:20]) from error
    if found < 0:
        raise KvarError("procurement.report.amount")
    return found
