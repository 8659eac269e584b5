"""One lot: fill and seal (in the page, or at one's own desk), upload early, submit, replace, withdraw, receipt."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.models import Organisation
from kvar.procurement import box, mails, offers
from kvar.procurement.actions import bidding
from kvar.procurement.kept import LARGEST
from kvar.procurement.models import Evidence, Lot
from kvar.procurement.sealing.filled import Filled, answer_of, price_of
from kvar.procurement.sealing.form import Asked, as_json, blank
from kvar.procurement.sealing.parts import read_parts
from kvar.procurement.views.bidding import firm_and_procurement

PARTS_LIMIT = 1_000_000
File = UploadedFile[bytes]


@login_required
@csp_update({"script-src": ["'self'"]})  # type: ignore[arg-type]
def lot(request: HttpRequest, slug: str, pk: UUID, number: int) -> HttpResponse:
    """The lot's page; a POST keeps the sealed file and submits it, or gives a plain quote. 422 with what to mend."""
    firm, found = _lot(request, slug, pk, number)
    if request.method != "POST":
        return render(request, "procurement/bid_lot.html", _told(firm, found, language_of(request)))
    try:
        give = _quote if bidding.is_plain(found.procurement) else _submit
        give(request, firm, found)
    except KvarError as error:
        words = {"wrong": error.say(language_of(request)), "clock": timezone.localtime(), "given": request.POST}
        return render(
            request,
            "procurement/bid_lot.html",
            _told(firm, found, language_of(request), request.POST) | words,
            status=422,
        )
    return redirect("bid-lot", slug=slug, pk=pk, number=number)


@login_required
def withdraw(request: HttpRequest, slug: str, pk: UUID, number: int) -> HttpResponse:
    """Take the bid back before the deadline. A GET (a reload, another language) leads back and changes nothing."""
    if request.method != "POST":
        return redirect("bid-lot", slug=slug, pk=pk, number=number)
    firm, found = _lot(request, slug, pk, number)
    try:
        bidding.withdraw(lot=found, bidder=firm)
        mails.receipt(found, firm, signed_in(request), "withdrawn")
    except KvarError as error:
        words = {"wrong": error.say(language_of(request)), "clock": timezone.localtime()}
        return render(
            request, "procurement/bid_lot.html", _told(firm, found, language_of(request)) | words, status=422
        )
    return redirect("bid-lot", slug=slug, pk=pk, number=number)


@login_required
def form(request: HttpRequest, slug: str, pk: UUID, number: int, end: str) -> HttpResponse:
    """The form to fill at one's own desk, as YAML with the questions or as JSON for programs; a plain quote has none,
    its fields stand on the lot's page.
    """
    firm, found = _lot(request, slug, pk, number)
    if bidding.is_plain(found.procurement):
        return redirect("bid-lot", slug=slug, pk=pk, number=number)
    made = offers.form_of(found, firm, language_of(request))
    text = as_json(made) if end == "json" else blank(made, language_of(request))
    answer = HttpResponse(text, content_type=f"application/{end}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="anbud-del-{number}.{end}"'
    return answer


@login_required
def receipt(request: HttpRequest, slug: str, pk: UUID, number: int) -> HttpResponse:
    """The signed receipt of what stands submitted; 404 when nothing does."""
    firm, found = _lot(request, slug, pk, number)
    made = bidding.receipt_of(found, firm)
    if made is None:
        raise Http404
    text = json.dumps({"receipt": made[0], "signed": made[1]}, indent=1)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="kvitto-del-{number}.json"'
    return answer


def _lot(request: HttpRequest, slug: str, pk: UUID, number: int) -> tuple[Organisation, Lot]:
    firm, procurement = firm_and_procurement(request, slug, pk)
    return firm, offers.lot_for(procurement, number)


def _submit(request: HttpRequest, firm: Organisation, found: Lot) -> None:
    """Keep the sealed file, if one came, and submit it by its digest with the parts of its key."""
    body, parts = _file(request, "body"), _file(request, "parts")
    sha256 = bidding.upload(lot=found, bidder=firm, body=body) if body else box.kept(found, firm)
    if parts is None and body:
        return
    bidding.submit(lot=found, bidder=firm, sha256=sha256 or "", parts=_parts(parts) if parts else {})
    mails.receipt(found, firm, signed_in(request))


def _parts(file: File) -> dict[str, Mapping[str, str]]:
    try:
        return read_parts(file, PARTS_LIMIT)
    except KvarError as error:
        raise KvarError("procurement.bid.parts_file") from error


def _quote(request: HttpRequest, firm: Organisation, found: Lot) -> None:
    """A price, some words and a promise where one is asked for, and perhaps a file."""
    asked = offers.asked(found.procurement, language_of(request))
    file = _file(request, "file")
    answers = {item.slug: answer_of(item.title, _given(request.POST, item)) for item in asked}
    files = {file.name or "fil": file.read(LARGEST // 2)} if file else {}
    price = price_of(request.POST.get("price", ""))
    filled = Filled(
        str(found.procurement_id),
        found.number,
        firm.slug,
        {},
        price,
        {slug: given for slug, given in answers.items() if given},
        files,
    )
    bidding.quote(lot=found, bidder=firm, content=filled.content())


def _given(post: QueryDict, item: Asked) -> dict[str, str]:
    """What is written under a question of a quote."""
    names = ("text", "target") if item.counted else ("text",)
    return {name: post.get(f"{name}-{item.slug}", "") for name in names}


def _file(request: HttpRequest, name: str) -> File | None:
    return request.FILES.get(name)


def _told(firm: Organisation, found: Lot, language: Language, post: QueryDict | None = None) -> dict[str, Any]:
    made = offers.form_of(found, firm, language)
    answers = Evidence.objects.filter(organisation=firm, kind="answer")
    receipt = bidding.receipt_of(found, firm)
    data = {"procurement": made.procurement, "lot": made.lot, "bidder": made.bidder, "openers": dict(made.openers)}
    return {
        "firm": firm, "procurement": found.procurement, "lot": found, "form": made, "data": data,
        "receipt": receipt, "received": datetime.fromisoformat(receipt[0]["at"]) if receipt else None,
        "kept": box.kept(found, firm),
        "is_open": offers.is_open(found.procurement), "plain": bidding.is_plain(found.procurement),
        "saved": answers, "page": "workbench",
        "asked": [(item, _given(post or QueryDict(), item)) for item in made.asked],
    }  # fmt: skip
