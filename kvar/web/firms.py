"""What local means, definition beside definition; and whom the money went to: owners, sizes, industries."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Figure, Question
from kvar.spending.firms import FirmReport, firm_report
from kvar.spending.rows import Row
from kvar.suppliers.loaded import RegisterInfo, loaded
from kvar.suppliers.ownership import DEMOCRATIC
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.firms import (
    definition_chart,
    definition_name,
    finding,
    hundred,
    plain_words,
    trait_charts,
)
from kvar.web.views import language_of, page
from kvar.web.written import big_money


def definitions(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Local under each definition, why they differ, and for what each is right."""
    language, found, scene = language_of(lang), _found(request, place), data.scene(request, place)
    told = [
        {"name": name, "title": definition_name(name, language, lens=scene.district is not None),
         "plain": plain_words(name, language, lens=scene.district is not None),
         "share": hundred(figure, language), "why": _why(figure, found.currency, language)}
        for name, figure in found.definitions.items()
    ]  # fmt: skip
    chart = definition_chart(scene, found, language)
    more = {"told": told, "finding": finding(found, scene, language), "own": chart, "registers": _registers()}
    return page(request, lang, place, "definitions.html", **more)


def firms(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Who owns the firms that were paid, how large they are and what they do."""
    language, found, scene = language_of(lang), _found(request, place), data.scene(request, place)
    base, democratic, unknown = (
        sum(_counted(row, scene) for row in found.by_ownership if labels is None or row.label in labels)
        for labels in (None, DEMOCRATIC, ("unknown",))
    )
    known = sum(amount for how, amount, _ in found.matched if how != "none")
    shares = {"democratic": (democratic, base), "owner_unknown": (unknown, base), "here": (base, found.base),
              "matched": (known, found.base), "collected": (found.collected, found.base)}  # fmt: skip
    more = {
        "own": trait_charts(found, language, scene),
        "shares": {name: (amount, amount / of if of > 0 else None) for name, (amount, of) in shares.items()},
        "currency": found.currency,
        "n": round(100 * democratic / base) if base > 0 else None,
        "registers": _registers(),
    }
    return page(request, lang, place, "firms.html", **more)


def _counted(row: Row, scene: data.Scene) -> int:
    """All of a row, or what of it is known to have reached the district that the page is seen from."""
    return row.parts.up_to("district") if scene.district else row.parts.base


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The charts of both pages."""
    found, scene = _found(request, place), data.scene(request, place)
    return {"definitioner": definition_chart(scene, found, lang)} | trait_charts(found, lang, scene)


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
    return _report(data.version(data.store()), data.question(data.scene(request, place)))


@lru_cache(maxsize=64)
def _report(_version: str, question: Question) -> FirmReport:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == question.place]
    try:
        return firm_report(where, batches, question, gazetteer=Gazetteer.load(where.root / "places"))
    except KvarError as error:
        raise Http404 from error
