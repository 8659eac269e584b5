"""Att granska: what is worth a look in an anchor's own purchases, with its evidence, and an answer. Members only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast, get_args

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
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
from kvar.spending.worth_a_look import Look, Test, WorthALook, worth_a_look
from kvar.suppliers.labels import build
from kvar.web import data
from kvar.web.context import page

SHOWN = 12
CHEAPER = (2, 5, 10)
TESTS = get_args(Test)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing worth a look: how many, and minor units in all (one purchase can be in several kinds)."""

    test: str
    n: int
    amount: int


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
    kinds = _kinds(found.looks) if found else []
    asked = request.GET.get("test") or (kinds[0].test if kinds else "")
    if kinds and asked not in {kind.test for kind in kinds}:
        raise Http404
    looks = [item for item in found.looks if item.test == asked] if found else []
    shown, answers = Paginator(looks, SHOWN).get_page(request.GET.get("page")), reviews(store(), slug)
    more = {"organisation": organisation, "found": found, "kinds": kinds, "asked": asked, "shown": shown,
            "rows": [(item, answers.get(item.id, [])) for item in shown], "years": years, "year": year,
            "wrong": wrong, "may_answer": may_answer, "page": "workbench",
            "cheaper": [(p, found.without_contract * p // 100) for p in CHEAPER] if found else []}  # fmt: skip
    return render(request, "workbench/look.html", more, status=422 if wrong else 200)


def _kinds(looks: Sequence[Look]) -> list[Kind]:
    """How many of each kind there are, and their sum."""
    sums: dict[str, list[int]] = {}
    for item in looks:
        sums.setdefault(item.test, []).append(item.amount)
    return [Kind(test, len(sums[test]), sum(sums[test])) for test in TESTS if test in sums]


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
