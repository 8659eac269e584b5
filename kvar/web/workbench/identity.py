"""Who is who: the queue one pair at a time, by keyboard; join, split and take back, each with its reason."""

from collections.abc import Mapping
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.ledger.model import BatchRef
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import store
from kvar.suppliers import asking, deeds
from kvar.suppliers.events import Event, events
from kvar.suppliers.keys import keys
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new
from kvar.suppliers.own import search, spelled
from kvar.web.context import page

RECENT = 20
ACCESS = {"same": "1", "different": "2", "unsure": "3"}


@login_required
def identity(request: HttpRequest, slug: str) -> HttpResponse:
    """The pair with most money at stake, own payees by search, and what has been decided; 422 when refused."""
    organisation = organisation_for(request.user, slug, "classify")
    batches = [ref for ref, _ in store().batches() if ref.anchor.slug == slug]
    wrong = ""
    if request.method == "POST":
        try:
            _decide(request, batches)
            return redirect(request.get_full_path())
        except KvarError as error:
            wrong = error.say("en" if page(request)["lang"] == "en" else "sv")
    words = {"organisation": organisation, "wrong": wrong, "page": "workbench", "access": ACCESS}
    return render(request, "workbench/identity.html", words | _shown(request, batches), status=422 if wrong else 200)


def _shown(request: HttpRequest, batches: list[BatchRef]) -> dict[str, object]:
    blind, by = "blind" in request.GET, cast(User, request.user).email
    state, names = deeds.state_of(store()), spelled(store(), batches)
    asked = asking.queue(store(), batches, blind=blind)
    pair = asked[0] if asked else None
    skipped = whole(request.GET.get("skip", "")) or 0
    if asked:
        pair = asked[min(skipped, len(asked) - 1)]
    own = set(names)
    return {
        "pair": pair,
        "left": len(asked),
        "blind": blind,
        "names": (names.get(pair.one, pair.one), names.get(pair.other, pair.other)) if pair else (),
        "evidence": () if blind or pair is None else pair.evidence,
        "next": skipped + 1,
        "currency": batches[0].currency if batches else "SEK",
        "found": search(store(), batches, state, request.GET.get("q", "")),
        "q": request.GET.get("q", ""),
        "decided": _about(own)[:RECENT],
        "agreed": next((row for row in asking.reviewers(store()) if row.by == by), None) if blind else None,
    }


def _about(own: set[str]) -> list[Event]:
    """The events about this organisation's payees, newest first."""
    told = {event.number: event for event in events(store())}
    return [event for event in reversed(told.values()) if _concerns(event, own, told)]


def _concerns(event: Event, own: set[str], told: Mapping[int, Event]) -> bool:
    """Is an event about this organisation's own payees (a run: some it joined; an undo: what it takes back)?"""
    what = event.what
    if event.kind == "undo":
        undone = told.get(what["event"])
        return undone is not None and _concerns(undone, own, told)
    if event.kind == "match":
        return bool(own & set(what["seen"]))
    return bool(own & {*what.get("keys", ()), *what.get("pair", ()), what.get("key", "")})


def _decide(request: HttpRequest, batches: list[BatchRef]) -> None:
    """One act of the page, on own payees only."""
    by, post = cast(User, request.user).email, request.POST
    reason = post.get("reason", "")
    if verdict := post.get("verdict"):
        pair = (post.get("one", ""), post.get("other", ""))
        asking.answer(store(), batches, pair, verdict, by=by, reason=reason, blind="blind" in request.GET)
    elif "match" in post:
        match_new(store(), batches)
    elif "undo" in post:
        number = whole(post["undo"]) or 0
        _own_event(number, batches)
        deeds.undo(store(), number, by=by, reason=reason)
    else:
        _join_or_split(post.getlist("key"), post.get("act", ""), batches, by, reason)
    build(store(), [ref for ref, _ in store().batches()])


def _join_or_split(chosen: list[str], act: str, batches: list[BatchRef], by: str, reason: str) -> None:
    own = {key for batch in batches for key in keys(store(), batch)["key"].to_pylist()}
    if not set(chosen) <= own:
        raise KvarError("suppliers.key.unknown", key=", ".join(chosen))
    if act == "merge" and len(chosen) == 2:
        deeds.merge(store(), chosen[0], chosen[1], by=by, reason=reason)
    elif act == "split" and len(chosen) == 1:
        deeds.split(store(), chosen[0], by=by, reason=reason)
    else:
        raise KvarError("suppliers.choose")


def _own_event(number: int, batches: list[BatchRef]) -> None:
    own = {key for batch in batches for key in keys(store(), batch)["key"].to_pylist()}
    event = next((item for item in _about(own) if item.number == number), None)
    if event is None or event.kind == "match":
        raise KvarError("suppliers.undo.unknown", number=number)
