"""A published procurement as data: an OCDS release, eForms fields, and the record that anyone can check."""

from datetime import datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from kvar.procurement.actions.evaluation import public_record
from kvar.procurement.models import Procurement
from kvar.procurement.ocds import STAND_IN, package, release
from kvar.procurement.published import DECIDED, fields, notice_of
from kvar.procurement.queries import announced
from kvar.procurement.views.notice import found, language_of


def ocds(request: HttpRequest, lang: str, place: str, pk: UUID) -> JsonResponse:
    """The procurement as a release package; 404 before it is published."""
    language_of(lang)
    item = _published(place, pk)
    made = release(notice_of(item), prefix())
    return _json(_packed(request, [made], item.organisation.name))


def everything(request: HttpRequest, lang: str, place: str) -> JsonResponse:
    """Every published procurement of a place in one release package."""
    language_of(lang)
    items = [item for item in announced(place) if item.published]
    return _json(_packed(request, [release(notice_of(item), prefix()) for item in items], place))


def eforms(_request: HttpRequest, lang: str, place: str, pk: UUID) -> JsonResponse:
    """The notice's fields with their eForms business terms, to be typed or sent into a notice database."""
    return _json({"fields": fields(_published(place, pk), language_of(lang))})


def record(_request: HttpRequest, lang: str, place: str, pk: UUID, number: int) -> JsonResponse:
    """What the verifier reads, for a decided lot; 404 before."""
    language_of(lang)
    item = _published(place, pk)
    lot = item.lots.filter(number=number).first()
    if lot is None or item.phase not in DECIDED:
        raise Http404
    return _json(public_record(lot))


def verifier(_request: HttpRequest, lang: str, place: str) -> HttpResponse:  # noqa: ARG001 - the same everywhere
    """The verifier itself: one file, standard library only."""
    language_of(lang)
    text = (files("kvar") / "procurement" / "verifier.py").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/x-python; charset=utf-8")


def prefix() -> str:
    """The registered ocid prefix of whoever publishes, or the stand-in."""
    return str(getattr(settings, "OCID_PREFIX", "") or STAND_IN)


def _published(place: str, pk: UUID) -> Procurement:
    item = found(place, pk)
    if item.published is None:
        raise Http404
    return item


def _packed(request: HttpRequest, releases: list[dict[str, Any]], publisher: str) -> dict[str, Any]:
    at = max((one["date"] for one in releases), default=timezone.now().isoformat())
    return package(releases, uri=request.build_absolute_uri(), publisher=publisher,
                   at=datetime.fromisoformat(at))  # fmt: skip


def _json(content: dict[str, Any]) -> JsonResponse:
    made = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    made["Access-Control-Allow-Origin"] = "*"
    return made
