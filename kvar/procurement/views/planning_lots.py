"""Lots: parts that small firms can bid for alone, or the reason why the contract is not divided (LOU 4:14)."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kvar.core.errors import KvarError
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.organisations.access import language_of
from kvar.procurement.actions import drafting, planning
from kvar.procurement.forms import as_written
from kvar.procurement.views.planning_page import plan_of, step_page

MOST = 20
EMPTY = 3  # rows left to fill in


@login_required
def lots(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rows of title and value; empty rows fall away."""
    item, language = plan_of(request, pk), language_of(request)
    wrong, reason = "", item.undivided_reason
    rows = [(lot.title, as_written(lot.value) if lot.value else "") for lot in item.lots.all()]
    if request.method == "POST":
        rows, reason = _posted(request), request.POST.get("reason", "")
        try:
            planning.divide(procurement=item, lots=[_lot(row) for row in rows], reason=reason)
            return redirect("plan-lots", pk=pk)
        except KvarError as error:
            wrong = error.say(language)
    total = sum(lot.value for lot in item.lots.all())
    words = {"rows": [*rows, *[("", "")] * EMPTY][: max(MOST, len(rows))], "reason": reason, "wrong": wrong,
             "total": total, "apart": total - item.value, "divided": item.lots.count() > 1}  # fmt: skip
    return step_page(request, item, "lots", **words)


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    titles, values = request.POST.getlist("title")[:MOST], request.POST.getlist("value")[:MOST]
    return [(title.strip(), value.strip()) for title, value in zip(titles, values, strict=False) if title or value]


def _lot(row: tuple[str, str]) -> tuple[str, int]:
    """Title and minor units; `plan.wrong.amount` names the lot."""
    title, text = row
    try:
        return title, parse_amount(text, decide_decimal([text]) or ".") if text else 0
    except AmountError as error:
        raise KvarError("plan.wrong.amount", title=title, value=text) from error


@login_required
def function(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Functional requirements: what is to be achieved, not how; and how it is shown."""
    item, language = plan_of(request, pk), language_of(request)
    rows, wrong = [tuple(line.split("\t")) for line in item.functional.splitlines()], ""
    if request.method == "POST":
        pairs = zip(request.POST.getlist("what")[:MOST], request.POST.getlist("proof")[:MOST], strict=False)
        rows = [(what, proof) for what, proof in pairs if what or proof]
        try:
            drafting.write_function(procurement=item, rows=[(what, proof) for what, proof in rows])
            return redirect("plan-function", pk=pk)
        except KvarError as error:
            wrong = error.say(language)
    more = [*rows, *[("", "")] * EMPTY]
    return step_page(request, item, "function", rows=more, wrong=wrong)
