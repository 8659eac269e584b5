"""Möjligheter: where money leaves that could be influenced, who nearby could deliver, and what the law opens."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse

from kvar.core.messages import Language, say
from kvar.core.period import parse_period
from kvar.core.whole import whole
from kvar.organisations.pdf import typeset
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.rules.door import routes
from kvar.spending.figure import Question
from kvar.spending.influence import NEAR, UNKNOWN, total
from kvar.spending.influence_rules import VERDICTS
from kvar.spending.opportunities import Opportunities, Opportunity
from kvar.spending.opportunities import opportunities as find
from kvar.web import data
from kvar.web.charts.chart import Cell, Chart
from kvar.web.finding import DOUBT
from kvar.web.memo import memo_words
from kvar.web.opportunity_words import STEPS, Words
from kvar.web.views import language_of, page

SHOWN = 12


def opportunities(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The ranked list, what is fixed, and what cannot be told."""
    words, percent = _words(request, lang, place), _percent(request)
    found = words.found
    ranked = [words.row(row, percent) for row in found.rows if row.why is None]
    others = [words.row(row, percent) for row in found.rows if row.why]
    more = {
        "day": found.influence.day,
        "percent": percent,
        "steps": STEPS,
        "title": _title(words, data.scene(request, place).here),
        "unplaced": _unplaced(found),
        "ranked": ranked[:SHOWN],
        "others": others,
        "all": words.effect(None, percent),
        "whole": found.whole,
        "months": words.months,
        "influence": found.influence,
        "by_verdict": {name: _leaving(found, name) for name in VERDICTS},
        "without": [a.name for a in data.scene(request, place).anchors
                    if a.slug not in found.influence.with_register],
        "own": charts(request, place, words.lang),
    }  # fmt: skip
    return page(request, lang, place, "opportunities.html", **more)


def memo(request: HttpRequest, lang: str, place: str, slug: str) -> HttpResponse:
    """The decision memo of one opportunity."""
    words, row = _words(request, lang, place), _row(request, place, slug)
    names = {anchor.slug: anchor.name for anchor in data.scene(request, place).anchors}
    told = memo_words(words, row, names, data.scene(request, place).here)
    return page(request, lang, place, "memo.html", day=words.found.influence.day, memo=told, slug=slug)


def memo_pdf(request: HttpRequest, lang: str, place: str, slug: str) -> HttpResponse:
    """The memo as PDF/UA."""
    words, row, scene = _words(request, lang, place), _row(request, place, slug), data.scene(request, place)
    told = memo_words(words, row, {a.slug: a.name for a in scene.anchors}, scene.here)
    day = words.found.influence.day.isoformat()
    address = request.build_absolute_uri("/")
    extra = {
        "lang": words.lang,
        "where": f"{scene.here} · {scene.year}",
        "invented": say("web.invented", {}, words.lang) if scene.invented else "",
        "foot": f"Kvar · {address} · {day} · opportunities 1.0",
    }
    answer = HttpResponse(typeset(files("kvar.web") / "memo.typ", told | extra, {}), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="kvar-{place}-{slug}.pdf"'
    return answer


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The charts of the page by name."""
    found = _found_of(request, place)
    return {"paverkbart": _influence_chart(found, lang), "mojligheter": _ranked_chart(found, lang)}


def _title(words: Words, here: str) -> str:
    if _unplaced(words.found):
        whole = words.found.whole
        return words.say("opportunity.title.unplaced", amount=words.money(whole.unknown), all=words.money(whole.base))
    open_ = sum(row.amounts.away_open for row in words.found.rows if row.why is None)
    if open_ > 0:
        n = sum(row.why is None for row in words.found.rows)
        return words.say("opportunity.title", amount=words.money(open_), n=n, here=here)
    return words.say("opportunity.title.none")


def _unplaced(found: Opportunities) -> bool:
    """Is so much not placed, and nothing known to be open, that no effect may be told?"""
    return found.whole.unknown > DOUBT * found.whole.base and found.whole.away_open <= 0


def _leaving(found: Opportunities, verdict: str) -> int:
    return total(s for s in found.influence.slices if s.verdict == verdict and s.level not in NEAR | UNKNOWN)


def _influence_chart(found: Opportunities, lang: Language) -> Chart:
    def cells(verdict: str) -> tuple[Cell, ...]:
        chosen = [s for s in found.influence.slices if s.verdict == verdict]
        near, unknown = (total(s for s in chosen if s.level in levels) for levels in (NEAR, UNKNOWN))
        whole = total(chosen)
        return (say(f"influence.verdict.{verdict}", {}, lang), whole - near - unknown, near, unknown, whole)

    header = tuple(
        say(f"opportunity.head.{name}", {}, lang) for name in ("verdict", "leaves", "near", "unknown", "all")
    )
    title = say("opportunity.chart.influence", {}, lang)
    lead = say("opportunity.chart.influence_lead", {}, lang)
    return Chart(
        "paverkbart", title, lead, "opportunities", header, ("text", "money", "money", "money", "money"),
        tuple(cells(name) for name in VERDICTS), found.influence.currency,
    )  # fmt: skip


def _ranked_chart(found: Opportunities, lang: Language) -> Chart:
    rows = tuple(
        (row.category, row.amounts.away_open, row.amounts.away, row.amounts.away_unclear, row.amounts.unknown,
         row.capacity.firms if row.capacity else None)
        for row in found.rows
    )  # fmt: skip
    names = ("kind", "open", "leaves", "unclear", "unknown", "firms")
    header = tuple(say(f"opportunity.head.{name}", {}, lang) for name in names)
    title, lead = (say(f"opportunity.chart.{name}", {}, lang) for name in ("ranked", "ranked_lead"))
    return Chart(
        "mojligheter", title, lead, "opportunities", header,
        ("text", "money", "money", "money", "money", "count"), rows, found.influence.currency,
    )  # fmt: skip


def _percent(request: HttpRequest) -> int:
    given = whole(request.GET.get("x", "10"))
    if given is None or given > 100:
        raise Http404
    return given


def _row(request: HttpRequest, place: str, slug: str) -> Opportunity:
    found = next((row for row in _found_of(request, place).rows if row.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _words(request: HttpRequest, lang: str, place: str) -> Words:
    scene = data.scene(request, place)
    months = _months(scene.year, tuple(scene.report.panel))
    return Words(language_of(lang), _found_of(request, place), scene.place.country, int(scene.year), months)


def _months(year: str, anchors: tuple[str, ...]) -> int:
    """Months of the year that the anchor with the fewest has in its ledger."""
    seen: dict[str, set[str]] = {anchor: set() for anchor in anchors}
    for ref, report in data.store().batches():
        if ref.anchor.slug in seen:
            seen[ref.anchor.slug] |= {month for month in report["months"] if month.startswith(year)}
    return min((len(months) for months in seen.values()), default=0)


def _found_of(request: HttpRequest, place: str) -> Opportunities:
    scene = data.scene(request, place)
    day = datetime.now(UTC).date()
    district = scene.district.code if scene.district else ""
    return _found(data.version(data.store()), place, scene.year, scene.anchor, district, day)


@lru_cache(maxsize=32)
def _found(_version: str, place: str, year: str, anchor: str, district: str, day: date) -> Opportunities:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    question = Question(place, *parse_period(year), (anchor,) if anchor else (), district=district or None)
    gazetteer = Gazetteer.load(where.root / "places")
    return find(where, batches, question, gazetteer=gazetteer, day=day, routes=routes)
