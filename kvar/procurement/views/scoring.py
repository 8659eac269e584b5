"""Scoring: interests first, then one question a screen, apart and then together, by keyboard."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of, may, signed_in
from kvar.procurement import judged
from kvar.procurement.actions import evaluation, judging
from kvar.procurement.models import Bid, Criterion, Declaration, Procurement
from kvar.procurement.queries import procurement_for

LEVELS = (1, 2, 3, 4, 5)


@login_required
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the judging has come, and what is mine to do next; interests are declared first."""
    found = procurement_for(request.user, pk, "see_plans")
    return render(request, "procurement/score.html", _told(request, found))


@login_required
def declare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that one has no interest in any bidder, or which; a GET (a reload, another language) leads back."""
    if request.method != "POST":
        return redirect("bid-scoring", pk=pk)
    found = procurement_for(request.user, pk, "evaluate")
    text, free = request.POST.get("text", ""), request.POST.get("free") == "1"
    try:
        judging.declare(procurement=found, by=signed_in(request), free=free, text=text)
    except KvarError as error:
        words = _told(request, found) | {"wrong": error.say(language_of(request))}
        return render(request, "procurement/score.html", words, status=422)
    return redirect("bid-scoring", pk=pk)


@login_required
def question(request: HttpRequest, pk: UUID, bid: UUID, criterion: str) -> HttpResponse:
    """One question: the answer, the levels, the reason. After it comes the next one that is mine."""
    found = procurement_for(request.user, pk, "evaluate")
    item, asked = _asked(found, bid, criterion)
    if _declared(request, found) is None:
        return redirect("bid-scoring", pk=pk)
    wrong = ""
    if request.method == "POST":
        try:
            _score(request, item, asked)
            return _next(request, found, (item.pk, asked.pk))
        except KvarError as error:
            wrong = error.say(language_of(request))
    row = judged.question(item, asked, request.user.pk, list(item.scores.filter(criterion=asked)))
    rows = judged.questions(found, request.user)
    words = {
        "procurement": found, "row": row, "answer": judged.answer_of(item, asked), "levels": LEVELS,
        "wrong": wrong, "given": request.POST, "step": "scoring", "page": "workbench", "total": len(rows),
        "number": 1 + [(one.bid.pk, one.criterion.pk) for one in rows].index((item.pk, asked.pk)),
    }  # fmt: skip
    return render(request, "procurement/score_question.html", words, status=422 if wrong else 200)


def _score(request: HttpRequest, item: Bid, criterion: Criterion) -> None:
    given, reason = whole(request.POST.get("given", "").strip()), request.POST.get("reason", "")
    if given is None:
        raise KvarError("procurement.score.choose")
    act = evaluation.agree if request.POST.get("joint") == "1" else evaluation.score
    act(bid=item, criterion=criterion, by=signed_in(request), given=given, reason=reason)


def _next(request: HttpRequest, found: Procurement, after: tuple[object, object]) -> HttpResponse:
    row = judged.following(judged.questions(found, request.user), after)
    if row is None:
        return redirect("bid-scoring", pk=found.pk)
    return redirect("bid-question", pk=found.pk, bid=row.bid.pk, criterion=row.criterion.slug)


def _asked(found: Procurement, bid: UUID, slug: str) -> tuple[Bid, Criterion]:
    rows = Bid.objects.filter(lot__procurement=found, lot__closed="", state="opened").select_related("lot", "bidder")
    item = rows.filter(pk=bid).first()
    criterion = found.criteria.exclude(kind="price").filter(slug=slug).first()
    if item is None or criterion is None:
        raise Http404
    return item, criterion


def _declared(request: HttpRequest, found: Procurement) -> Declaration | None:
    return Declaration.objects.filter(procurement=found, person_id=request.user.pk, free=True).first()


def _told(request: HttpRequest, found: Procurement) -> dict[str, object]:
    rows = judged.questions(found, request.user) if found.phase not in ("planning", "published", "cancelled") else []
    bids: dict[object, list[judged.Question]] = {}
    for row in rows:
        bids.setdefault(row.bid, []).append(row)
    mine = [row for row in rows if row.stands == "mine"]
    together = [row for row in rows if row.stands == "together"]
    evaluates = may(request.user, found.organisation, "evaluate")
    return {
        "procurement": found, "rows": list(bids.items()),
        "criteria": [row.criterion for row in next(iter(bids.values()), [])],
        "mine": len(mine), "together": len(together), "left": sum(row.joint is None for row in rows),
        "next": judged.following(rows, (None, None)) if evaluates else None, "evaluates": evaluates,
        "declared": Declaration.objects.filter(procurement=found, person_id=request.user.pk).first(),
        "bidders": sorted({row.bid.bidder.name for row in rows}), "step": "scoring", "page": "workbench",
    }  # fmt: skip
