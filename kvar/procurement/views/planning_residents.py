"""Residents' proposals in the plan: entered or delivered, and answered one by one before publication."""

from dataclasses import dataclass
from itertools import groupby
from typing import cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.whole import whole
from kvar.organisations.access import language_of, signed_in
from kvar.procurement import residents as reads
from kvar.procurement.actions import proposals as acts
from kvar.procurement.models import Procurement, Proposal
from kvar.procurement.models.proposals import SOURCES
from kvar.procurement.plan_forms import Worded
from kvar.procurement.rules.wording import local_words
from kvar.procurement.views.planning_page import plan_of, saved, step_page


class ProposalForm(Worded):
    """A proposal that came by letter, or out of a forum or jury that is not in Kvar."""

    source = forms.ChoiceField()
    reference = forms.CharField(required=False, max_length=200)
    who = forms.CharField(max_length=200)
    received = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    proposal_text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=acts.LONGEST)
    helped = ("reference", "who")

    def __init__(self, *args: object, language: Language, **more: object) -> None:
        super().__init__(*args, language=language, **more)
        cast(forms.ChoiceField, self.fields["source"]).choices = [
            (one, say(f"residents.source.{one}", {}, language)) for one in reversed(SOURCES)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the officer sees it: what it became, whether that is gone, and words that look like localness."""

    proposal: Proposal
    title: str
    ground: reads.Ground | None
    gone: bool
    local: list[str]

    @property
    def reason_is_ground(self) -> bool:
        """Nothing was written beside the ground of the law."""
        return bool(self.ground and self.proposal.reason == self.ground.text["sv"])


@login_required
def residents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every proposal with its answer, and a form to enter one by hand."""
    item, language = plan_of(request, pk), language_of(request)
    adding = "add" in request.POST
    form = ProposalForm(
        request.POST if adding else None, language=language, initial={"received": timezone.localdate()}
    )
    if adding and form.is_valid() and saved(form, lambda: _deliver(item, form), language):
        return redirect("plan-residents", pk=pk)
    wrong = ""
    if "proposal" in request.POST:
        try:
            _answer(request, item)
            return redirect("plan-residents", pk=pk)
        except KvarError as error:
            wrong = error.say(language)
    found = reads.targets(item, language)
    known = reads.grounds(item)
    grouped = [(became, list(rows)) for became, rows in groupby(found, key=lambda target: target.became)]
    words = {"asked": request.POST.get("proposal", ""), "written": request.POST.get("reason", ""), "wrong": wrong,
             "local_cites": next((one.cites for one in known if one.id == "local"), ())}  # fmt: skip
    return step_page(request, item, "residents", form=form, proposals=_rows(item, language), targets=grouped,
                     grounds=known, **words)  # fmt: skip


def _rows(item: Procurement, language: Language) -> list[Row]:
    """Unanswered first."""
    waiting = {one.pk for one in reads.unanswered(item)}
    rows = [
        Row(one.proposal, one.title, one.ground, bool(one.proposal.became) and one.proposal.pk in waiting,
            local_words(one.proposal.text) if item.organisation.country == "SE" else [])
        for one in reads.told(item, language)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.proposal.pk not in waiting)


def _deliver(item: Procurement, form: ProposalForm) -> None:
    data = form.cleaned_data
    words = {name: data[name] for name in ("source", "reference", "who", "received")}
    acts.deliver(procurement=item, text=data["proposal_text"], **words)


def _answer(request: HttpRequest, item: Procurement) -> None:
    found = item.proposals.filter(pk=whole(request.POST.get("proposal", "")) or 0).first()
    if found is None:
        raise Http404
    target, ground, reason = (request.POST.get(name, "") for name in ("target", "ground", "reason"))
    acts.answer(proposal=found, by=signed_in(request), target=target, ground=ground, reason=reason)
