"""Terms of performance: labour terms from a risk, employment terms with a target group, other social terms."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of
from kvar.procurement.actions import drafting, planning
from kvar.procurement.models import Procurement
from kvar.procurement.plan_forms import TermForm
from kvar.procurement.views.planning_page import plan_of, saved, step_page


@login_required
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The terms so far, and a form for one more of the kind in the address (`?kind=`)."""
    item, language = plan_of(request, pk), language_of(request)
    if (number := whole(request.POST.get("remove", ""))) is not None:
        return _remove(item, number)
    kind = request.GET.get("kind", "")
    kind = kind if kind in TermForm.ASKS else "labour"
    form = TermForm(request.POST or None, kind=kind, language=language)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(form, lambda: planning.add_term(procurement=item, kind=kind, **data), language):
            return redirect("plan-terms", pk=pk)
    return step_page(request, item, "terms", form=form, kind=kind, kinds=tuple(TermForm.ASKS), terms=item.terms.all())


def _remove(item: Procurement, number: int) -> HttpResponse:
    """Take a term back; a plan that was published meanwhile keeps its terms and shows its own page."""
    try:
        for term in item.terms.filter(pk=number):
            drafting.remove_term(term=term)
    except KvarError:
        return redirect("plan", pk=item.pk)
    return redirect("plan-terms", pk=item.pk)
