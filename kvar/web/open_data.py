"""What my municipality buys, as open data: the years that are open, their files and the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from kvar.ledger.model import Anchor, BatchRef
from kvar.spending.open_data.catalogue import FORMATS, Dataset, catalogue
from kvar.spending.open_data.export import Summary, csv_of, summary
from kvar.spending.open_data.published import LICENCE, Opened, opened
from kvar.spending.open_data.withheld import REASONS
from kvar.web import data
from kvar.web.views import language_of, page


@dataclass(frozen=True, slots=True)
class OpenYear:
    """A row of the page: whose year, its sums, and what is withheld by reason (reason, lines, minor units)."""

    opened: Opened
    anchor: Anchor
    sums: Summary

    @property
    def reasons(self) -> list[tuple[str, int, int]]:
        """In the order of REASONS."""
        return [(name, *self.sums.withheld[name]) for name in REASONS if name in self.sums.withheld]


def open_data(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The years that are open, with what is withheld; how to open one where there is none."""
    data.scene(request, place)
    found = _years(data.version(data.store()), place)
    whole, shown = (sum(getattr(one.sums, name) for one in found) for name in ("whole", "amount"))
    more = {
        "found": found,
        "whole": whole,
        "shown": shown,
        "lines": sum(one.sums.lines for one in found),
        "n": int(100 * shown / whole) if whole > 0 else 0,
        "withheld": _by_reason(found),
        "licence": LICENCE,
    }
    return page(request, lang, place, "open_data.html", **more)


def open_file(_request: HttpRequest, lang: str, place: str, anchor: str, year: int) -> StreamingHttpResponse:
    """A year's file, written as it is sent; 404 when it is not open."""
    language_of(lang)
    where = data.store()
    batches = [ref for ref, _ in where.batches() if (ref.anchor.slug, ref.anchor.place) == (anchor, place)]
    if not batches or all((one.anchor, one.year) != (anchor, year) for one in opened(where)):
        raise Http404
    answer = StreamingHttpResponse(csv_of(where, batches, year), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="leverantorsreskontra-{anchor}-{year}.csv"'
    return answer


def open_catalogue(request: HttpRequest, lang: str, place: str, form: str) -> HttpResponse:
    """The catalogue in RDF/XML or Turtle; its addresses are the Swedish ones whatever the page's language."""
    language_of(lang)
    found = _years(data.version(data.store()), place)
    if form not in FORMATS or not found:
        raise Http404
    name, kind = FORMATS[form]
    home = request.build_absolute_uri(reverse("open_data", args=("sv", place)))
    sets = [Dataset(one.opened, one.anchor, _address(request, place, one.opened)) for one in found]
    graph = catalogue(home, data.scene(request, place).place.name, sets)
    return HttpResponse(graph.serialize(format=name), content_type=f"{kind}; charset=utf-8")


def _address(request: HttpRequest, place: str, one: Opened) -> str:
    return request.build_absolute_uri(reverse("open_file", args=("sv", place, one.anchor, one.year)))


def _by_reason(found: Sequence[OpenYear]) -> list[tuple[str, int, int]]:
    sums = {name: [reason for one in found for reason in one.reasons if reason[0] == name] for name in REASONS}
    return [
        (name, sum(n for _, n, _ in rows), sum(amount for *_, amount in rows)) for name, rows in sums.items() if rows
    ]


@lru_cache(maxsize=16)
def _years(_version: str, place: str) -> tuple[OpenYear, ...]:
    where = data.store()
    by_anchor: dict[str, list[BatchRef]] = {}
    for ref, _ in where.batches():
        if ref.anchor.place == place:
            by_anchor.setdefault(ref.anchor.slug, []).append(ref)
    return tuple(
        OpenYear(one, by_anchor[one.anchor][0].anchor, summary(where, by_anchor[one.anchor], one.year))
        for one in opened(where)
        if one.anchor in by_anchor
    )
