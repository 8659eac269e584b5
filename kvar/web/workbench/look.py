"""Att granska: what is worth a look in an anchor's own purchases, with its evidence, and an answer. Members only."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.period import parse_period
from kvar.organisations.permissions import allowed
from kvar.organisations.queries import organisation_for, role_of
from kvar.organisations.uploads import store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.reviews import add_review, reviews
from kvar.spending.worth_a_look import WorthALook, worth_a_look
from kvar.suppliers.labels import build
from kvar.web import data
from kvar.web.context import page

SHOWN = 60
CHEAPER = (2, 5, 10)


@login_required
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """The list for the latest year or another; an officer answers a row."""
    organisation = organisation_for(request.user, slug, "review")
    may_answer = allowed(role_of(request.user, organisation), "answer")
    wrong = ""
    if request.method == "POST":
        if not may_answer:
            raise Http404
        try:
            add_review(store(), slug, request.POST.get("look", ""), note=request.POST.get("note", ""),
                       by=cast(User, request.user).email)  # fmt: skip
            return redirect(request.get_full_path())
        except KvarError as error:
            wrong = error.say("en" if page(request)["lang"] == "en" else "sv")
    years = _years(slug)
    year = request.GET.get("year") or (years[-1] if years else "")
    if years and year not in years:
        raise Http404
    found = (
        _found(data.version(data.store()), organisation.place, slug, year, datetime.now(UTC).date())
        if years
        else None
    )
    answers = reviews(store(), slug)
    rows = [(item, answers.get(item.id, [])) for item in found.looks[:SHOWN]] if found else []
    more = {"organisation": organisation, "found": found, "rows": rows, "years": years, "year": year, "wrong": wrong,
            "may_answer": may_answer, "page": "workbench",
            "cheaper": [(p, found.without_contract * p // 100) for p in CHEAPER] if found else []}  # fmt: skip
    return render(request, "workbench/look.html", more, status=422 if wrong else 200)


def _years(slug: str) -> list[str]:
    months = {month for ref, report in store().batches() if ref.anchor.slug == slug for month in report["months"]}
    return sorted({month[:4] for month in months if month != "0"})


@lru_cache(maxsize=16)
def _found(_version: str, place: str, slug: str, year: str, day: date) -> WorthALook:
    where = store()
    build(where, [ref for ref, _ in where.batches()])
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    question = Question(place, *parse_period(year), (slug,))
    gazetteer = Gazetteer.load(where.root / "places")
    return worth_a_look(where, batches, question, gazetteer=gazetteer, day=day)
