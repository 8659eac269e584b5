"""The public pages. The address is the state; a page is kept as written until the data change."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from kvar.core.messages import LANGUAGES, Language, say
from kvar.ledger.model import Anchor
from kvar.spending.classify import Rule, rules
from kvar.spending.indicators import (
    change,
    concentration,
    coverage,
    deprivation,
    input_output,
    leakage,
    local_share,
    multiplier,
    network,
    opportunity,
    purchases,
    together,
    top_suppliers,
)
from kvar.spending.overrides import rules_for
from kvar.spending.published import CASES
from kvar.web import data
from kvar.web.charts.build import charts
from kvar.web.finding import of_hundred, sentence
from kvar.web.overview import money_figures, start_page
from kvar.web.sections import menu

METHODS: dict[str, ModuleType] = {
    "local_share": local_share, "coverage": coverage, "leakage": leakage, "purchases": purchases,
    "top_suppliers": top_suppliers, "change": change, "deprivation": deprivation,
    "multiplier": multiplier, "input_output": input_output, "network": network, "concentration": concentration,
    "opportunities": opportunity, "together": together,
}  # fmt: skip
HOW = {
    "change": ("change.how.midpoint", "change.how.panel", "change.how.quality", "change.how.workplaces",
               "change.not.cause"),
    "multiplier": (*(f"multiplier.how.{name}" for name in ("convention", "interval", "limit", "survey")),
                   *(f"multiplier.not.{name}" for name in "abcde")),
    "input_output": ("multiplier.how.flq", "multiplier.how.noproof"),
    "network": ("network.how.kinds", "network.how.net", "network.against.a"),
    "together": (*(f"together.gate.{name}" for name in "abcd"), *(f"together.not.{name}" for name in "abc")),
    "concentration": tuple(f"concentration.how.{name}" for name in ("hhi", "look", "limits")),
    "opportunities": ("opportunity.how.verdicts", "opportunity.how.capacity", "opportunity.how.move",
                      "opportunity.jobs.source", "opportunity.law"),
}  # fmt: skip
PLAIN = ("tillganglighet", "om")
Later = Callable[[data.Scene], dict[str, object]]


def start(request: HttpRequest) -> HttpResponse:
    """To the place last looked at, the only one, a choice of places, or how to begin."""
    homes = data.homes()
    remembered = request.COOKIES.get("kvar_place", "")
    lang = "en" if request.headers.get("Accept-Language", "sv").startswith("en") else "sv"
    mine = next((home for home in homes if home.code == remembered), homes[0] if len(homes) == 1 else None)
    if mine and "choose" not in request.GET:
        return redirect("overview", lang=lang, place=mine.code)
    return render(request, "choose.html", {"lang": lang, "homes": homes})


def overview(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Översikt: one sentence, four figures, four charts."""
    answer = page_of(request, lang, place, "overview.html", start_page)
    answer.set_cookie("kvar_place", place, max_age=31_536_000, samesite="Lax")
    return answer


def money(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Pengarna: suppliers, kinds, anchors compared, legal forms, and what is no purchase."""
    return page_of(request, lang, place, "money.html", money_figures)


def method(request: HttpRequest, lang: str, place: str, indicator: str) -> HttpResponse:
    """How a figure is defined: its text, its version, its rules and what each of them set aside."""
    module = method_module(indicator)
    scene = data.scene(request, place)
    country = scene.place.country

    def overruled(anchor: Anchor) -> tuple[Rule, ...]:
        return tuple(r for r in rules_for(data.store(), anchor.slug, country) if r.id.startswith(("own-", "group-")))

    more = {
        "indicator": indicator,
        "definition": say(f"definition.{module.INDICATOR}", {}, language_of(lang)),
        "rules": [(r, a.name) for a in scene.anchors for r in overruled(a)] + [(r, "") for r in rules(country)],
        "version": module.VERSION,
        "how": HOW.get(indicator, ()),
        "cases": CASES.get(indicator, ()),
    }
    return page(request, lang, place, "method.html", **more)


def method_module(indicator: str) -> ModuleType:
    """Where an indicator is defined (docstring, INDICATOR, VERSION); 404 when it is none."""
    if indicator not in METHODS:
        raise Http404
    return METHODS[indicator]


def plain(request: HttpRequest, lang: str, place: str, name: str) -> HttpResponse:
    """Pages of text: accessibility statement, about and privacy."""
    if name not in PLAIN:
        raise Http404
    return page(request, lang, place, f"plain/{name}-{language_of(lang)}.html")


def language_of(lang: str) -> Language:
    """The language of an address; 404 for any other."""
    if lang not in LANGUAGES:
        raise Http404
    return "en" if lang == "en" else "sv"


def page(request: HttpRequest, lang: str, place: str, template: str, **more: object) -> HttpResponse:
    """The page, kept as written for the day or until the data change: the same for every reader."""
    return page_of(request, lang, place, template, lambda _: more)


def page_of(request: HttpRequest, lang: str, place: str, template: str, more: Later) -> HttpResponse:
    """The same, with words that are worked out only when the page is written anew."""
    address = f"{data.version(data.store())} {datetime.now(UTC).date()} {request.build_absolute_uri()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    content = cache.get(key)
    if content is None:
        words = context(request, lang, place, template) | more(data.scene(request, place))
        content = render(request, template, words).content
        cache.set(key, content, None)
    return HttpResponse(content)


def context(request: HttpRequest, lang: str, place: str, template: str = "") -> dict[str, object]:
    """What every public page of a place shows from."""
    language, name = language_of(lang), template.removesuffix(".html")
    scene = data.scene(request, place)
    rows = scene.all_years.by_year
    figure = scene.report.local_share[scene.level]
    other = "en" if language == "sv" else "sv"
    told = of_hundred(scene.whole.parts, scene.level) if scene.whole else None
    return {
        "lang": language,
        "scene": scene,
        "report": scene.report,
        "figure": figure,
        "of_hundred": told,
        "sentence": sentence(told, scene.here, language),
        "first": of_hundred(rows[0].parts, scene.level) if len(rows) > 1 and told is not None else None,
        "placed": 1 - figure.unresolved / figure.base if figure.base > 0 else None,
        "charts": SimpleLazyObject(lambda: charts(scene, language)),
        "query": f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else "",
        "other": request.get_full_path().replace(f"/{language}/", f"/{other}/", 1),
        "origin": request.build_absolute_uri("/").rstrip("/"),
    } | menu(name)
