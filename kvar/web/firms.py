"""What local means, definition beside definition; and whom the money went to: owners, sizes, industries."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.period import parse_period
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Figure, Question
from kvar.spending.firms import FirmReport, firm_report
from kvar.suppliers.loaded import RegisterInfo, loaded
from kvar.suppliers.ownership import DEMOCRATIC
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.firms import definition_chart, finding, hundred, trait_charts
from kvar.web.views import language_of, page
from kvar.web.written import big_money


def definitions(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Local under each definition, why they differ, and for what each is right."""
    language, found = language_of(lang), _found(request, place)
    told = [
        {"name": name, "share": hundred(figure, language), "why": _why(figure, found.currency, language)}
        for name, figure in found.definitions.items()
    ]
    chart = definition_chart(data.scene(request, place), found, language)
    more = {"told": told, "finding": finding(found, language), "own": chart, "registers": _registers()}
    return page(request, lang, place, "definitions.html", **more)


def firms(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Who owns the firms that were paid, how large they are and what they do."""
    language, found = language_of(lang), _found(request, place)
    democratic = sum(row.parts.base for row in found.by_ownership if row.label in DEMOCRATIC)
    unknown = sum(row.parts.base for row in found.by_ownership if row.label == "unknown")
    known = sum(amount for how, amount, _ in found.matched if how != "none")
    shares = {"democratic": democratic, "owner_unknown": unknown, "matched": known, "collected": found.collected}
    more = {
        "own": trait_charts(found, language),
        "shares": {
            name: (amount, amount / found.base if found.base > 0 else None) for name, amount in shares.items()
        },
        "currency": found.currency,
        "n": round(100 * democratic / found.base) if found.base > 0 else 0,
        "registers": _registers(),
    }
    return page(request, lang, place, "firms.html", **more)


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The charts of both pages."""
    found = _found(request, place)
    return {"definitioner": definition_chart(data.scene(request, place), found, lang)} | trait_charts(found, lang)


def _why(figure: Figure, currency: str, lang: Language) -> list[str]:
    """What is missing and how much money it is about."""
    if figure.low is None:
        return [say(str(figure.reason), {}, lang)]
    reasons = figure.evidence.get("why", {})
    items = reasons.items() if isinstance(reasons, dict) else ()
    return [
        f"{say(f'definitions.why.{why}', {}, lang)}: {big_money(amount, currency, lang)}" for why, amount in items
    ]


def _registers() -> tuple[RegisterInfo, ...]:
    return loaded(data.store())


def _found(request: HttpRequest, place: str) -> FirmReport:
    scene = data.scene(request, place)
    return _report(data.version(data.store()), place, scene.year, scene.anchor)


@lru_cache(maxsize=64)
def _report(_version: str, place: str, year: str, anchor: str) -> FirmReport:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    try:
        question = Question(place, *parse_period(year), (anchor,) if anchor else ())
        return firm_report(where, batches, question, gazetteer=Gazetteer.load(where.root / "places"))
    except KvarError as error:
        raise Http404 from error
