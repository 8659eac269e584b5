"""The anchor's contract register and its own word on what it can influence; for members only."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import kept_name, store
from kvar.spending.contract_cover import standing
from kvar.spending.contract_errors import rejected_csv
from kvar.spending.contract_file import load_register_file
from kvar.spending.contracts import Contract, register_of, remove_register
from kvar.spending.group import company_number
from kvar.spending.influence_rules import VERDICTS, add_word, influence_rules, remove_word, words
from kvar.web.context import page

MAX_UPLOAD = 20_000_000
SHOWN = 300
YEAR = timedelta(days=365)
ASKED = ("category", "number", "reason", "until", "verdict")


@login_required
def contracts(request: HttpRequest, slug: str) -> HttpResponse:
    """The register as loaded, how each contract stands today, and a file to load in its place."""
    organisation = organisation_for(request.user, slug, "contracts")
    wrong = ""
    if request.method == "POST":
        try:
            _load(request, organisation)
            return redirect("contracts", slug=slug)
        except KvarError as error:
            wrong = error.say(_lang(request))
    register, day = register_of(store(), slug), datetime.now(UTC).date()
    ordered = sorted(register.contracts, key=_end) if register else []
    rows = [(item, standing(item, day)) for item in ordered[:SHOWN]]
    soon = sum(_end(item) <= day + YEAR for item in ordered)
    held = (
        [{"line": row.line, "code": row.code, "values": row.values} for row in register.rejected] if register else []
    )
    more = {"organisation": organisation, "register": register, "rows": rows, "soon": soon, "held": held[:20],
            "wrong": wrong}  # fmt: skip
    return render(request, "workbench/contracts.html", more | {"page": "workbench"}, status=422 if wrong else 200)


@login_required
def rejected(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows held back, with what is wrong; 404 where there is no register."""
    organisation_for(request.user, slug, "contracts")
    register = register_of(store(), slug)
    if register is None:
        raise Http404
    answer = HttpResponse(rejected_csv(register, _lang(request)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="avtal-fel.csv"'
    return answer


@login_required
def influence(request: HttpRequest, slug: str) -> HttpResponse:
    """The anchor's words and the rules they come before."""
    organisation = organisation_for(request.user, slug, "classify")
    wrong, given = "", {name: request.POST.get(name, "").strip() for name in ASKED}
    if request.method == "POST":
        try:
            _word(request, organisation, given)
            return redirect("influence", slug=slug)
        except KvarError as error:
            wrong = error.say(_lang(request))
    more = {"organisation": organisation, "rows": words(store(), slug), "given": given, "verdicts": VERDICTS,
            "rules": influence_rules(organisation.country), "wrong": wrong, "page": "workbench"}  # fmt: skip
    return render(request, "workbench/influence.html", more, status=422 if wrong else 200)


def _load(request: HttpRequest, organisation: Organisation) -> None:
    if "remove" in request.POST:
        remove_register(store(), organisation.slug)
        return
    file = cast("UploadedFile[bytes] | None", request.FILES.get("file"))
    if file is None or (file.size or 0) > MAX_UPLOAD:
        raise KvarError("contracts.file", limit=MAX_UPLOAD // 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / kept_name(file.name or "", "avtal")
        path.write_bytes(file.read())
        by = cast(User, request.user).email
        load_register_file(path, store=store(), anchor=organisation.slug, country=organisation.country, by=by)


def _end(contract: Contract) -> date:
    """The day it ends if no option is used; the last of days where none is known."""
    return contract.end or contract.last_end or date.max


def _word(request: HttpRequest, organisation: Organisation, given: dict[str, str]) -> None:
    slug = organisation.slug
    if at := request.POST.get("remove"):
        remove_word(store(), slug, at)
        return
    add_word(
        store(), slug, given["verdict"], reason=given["reason"], by=cast(User, request.user).email,
        category=given["category"], until=given["until"],
        number=company_number(given["number"], organisation.country),
    )  # fmt: skip


def _lang(request: HttpRequest) -> Language:
    return "en" if page(request)["lang"] == "en" else "sv"
