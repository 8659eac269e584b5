"""Market dialogue: an invitation to all, and afterwards the same notes to all."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kvar.organisations.access import language_of
from kvar.procurement.actions import drafting
from kvar.procurement.plan_forms import MeetingForm, NotesForm
from kvar.procurement.views.planning_page import plan_of, saved, step_page


@login_required
def dialogue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Meetings with their notes, and a form for another."""
    item, language = plan_of(request, pk), language_of(request)
    form = MeetingForm(request.POST if "where" in request.POST else None, language=language)
    if "where" in request.POST and form.is_valid():
        country, data = item.organisation.country, form.cleaned_data

        def act() -> None:
            words = {"where": data["where"], "invitation": data["invitation"]}
            drafting.invite(procurement=item, at=form.at(country), **words)

        if saved(form, act, language):
            return redirect("plan-dialogue", pk=pk)
    return step_page(request, item, "dialogue", form=form, meetings=item.meetings.order_by("at"))


@login_required
def notes(request: HttpRequest, pk: UUID, meeting: int) -> HttpResponse:
    """What was said, published at once."""
    item, language = plan_of(request, pk), language_of(request)
    held = item.meetings.filter(pk=meeting).first()
    if held is None:
        raise Http404
    form = NotesForm(request.POST or None, initial={"notes": held.notes}, language=language)
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data["notes"]
        if saved(form, lambda: drafting.write_notes(meeting=held, notes=written), language):
            return redirect("plan-dialogue", pk=pk)
    return step_page(request, item, "dialogue", template="notes", form=form, meeting=held)
