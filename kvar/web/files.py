"""Twins of the charts: own page, embed, CSV, SVG, metadata; the whole view as a workbook or a two-page brief."""

from datetime import UTC, datetime

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt

from kvar.core.messages import say
from kvar.web import data
from kvar.web.brief import brief_pdf
from kvar.web.charts.build import charts
from kvar.web.charts.chart import Chart
from kvar.web.charts.twins import as_csv, as_workbook
from kvar.web.own import own_chart
from kvar.web.views import context, language_of, method_module, page


def chart_page(request: HttpRequest, lang: str, place: str, name: str) -> HttpResponse:
    """A chart with an address of its own: large, with its table and its ways out."""
    return page(request, lang, place, "chart_page.html", chart=_chart(request, lang, place, name), alone=True)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embed(request: HttpRequest, lang: str, place: str, name: str) -> HttpResponse:
    """A chart for other sites' frames."""
    return page(request, lang, place, "embed.html", chart=_chart(request, lang, place, name))


def chart_csv(request: HttpRequest, lang: str, place: str, name: str) -> HttpResponse:
    """The chart's table in the language's CSV dialect."""
    text = as_csv(_chart(request, lang, place, name), language_of(lang))
    return _download(text.encode(), "text/csv; charset=utf-8", f"kvar-{place}-{name}.csv")


def chart_svg(request: HttpRequest, lang: str, place: str, name: str) -> HttpResponse:
    """The picture as a file of its own; 404 where the table is the picture."""
    chart = _chart(request, lang, place, name)
    return HttpResponse(picture(chart, language_of(lang)), content_type="image/svg+xml")


def picture(chart: Chart, lang: str) -> str:
    """A chart's SVG; 404 when it has none."""
    if chart.template is None:
        raise Http404
    return render_to_string(chart.template, {"lang": lang, "chart": chart, "drawing": chart.wide, "id": chart.name})


def metadata(request: HttpRequest, lang: str, place: str, name: str) -> JsonResponse:
    """What the chart is of: definition with version, period, anchors, what is not in it, and its table."""
    chart, scene = _chart(request, lang, place, name), data.scene(request, place)
    figure, module = scene.report.local_share[scene.level], method_module(chart.method)
    of_scene = {"year": scene.year, "unresolved_minor": figure.unresolved, "excluded_minor": figure.excluded}
    return JsonResponse(
        {
            "title": chart.title,
            "areas": scene.report.areas,
            "place": {"code": place, "name": scene.place.name, "invented": scene.invented},
            **(chart.asked or of_scene),
            "anchors": list(scene.report.panel),
            "currency": chart.currency,
            "indicator": module.INDICATOR,
            "version": module.VERSION,
            "header": chart.header,
            "kinds": chart.kinds,
            "rows": chart.rows,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def workbook(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Every table of the view as an Excel file."""
    language, scene = language_of(lang), data.scene(request, place)
    figure = scene.report.local_share[scene.level]
    notes = [
        (say("web.place", {}, language), scene.place.name),
        (say("web.year", {}, language), scene.year),
        (say("web.definition", {}, language), f"{figure.indicator} {figure.version}"),
        (say("web.method", {}, language), say("web.method_excluded", {}, language)),
        ("", say("web.method_interval", {}, language)),
        ("", request.build_absolute_uri(request.get_full_path())),
    ]
    if scene.invented:
        notes.append(("", say("web.invented", {}, language)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(as_workbook(charts(scene, language).values(), notes), kind, f"kvar-{place}-{scene.year}.xlsx")


def brief(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Two pages of the view as PDF."""
    words = context(request, lang, place)
    pdf = brief_pdf(words, language_of(lang), request.build_absolute_uri("/"), datetime.now(UTC).date())
    return _download(pdf, "application/pdf", f"kvar-{place}-{data.scene(request, place).year}.pdf")


def _chart(request: HttpRequest, lang: str, place: str, name: str) -> Chart:
    language = language_of(lang)
    found = own_chart(request, place, name, language) or charts(data.scene(request, place), language).get(name)
    if found is None:
        raise Http404
    return found


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
