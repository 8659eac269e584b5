"""An anchor's overrides of what is a purchase: see them, add one, take one back."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import store
from kvar.spending.overrides import CLASSES, add_override, remove_override
from kvar.spending.overrides import overrides as known
from kvar.web.context import page

ASKED = ("account", "number", "reason")


@login_required
def overrides(request: HttpRequest, slug: str) -> HttpResponse:
    """The list and the form; what was written stays when it is refused."""
    organisation = organisation_for(request.user, slug, "classify")
    wrong = ""
    if request.method == "POST":
        try:
            _change(request, slug)
            return redirect("overrides", slug=slug)
        except KvarError as error:
            wrong = error.say("en" if page(request)["lang"] == "en" else "sv")
    given = {name: request.POST.get(name, "") for name in (*ASKED, "class")}
    more = {"organisation": organisation, "rows": known(store(), slug), "classes": CLASSES, "given": given}
    context = more | {"wrong": wrong, "page": "workbench"}
    return render(request, "workbench/rules.html", context, status=422 if wrong else 200)


def _change(request: HttpRequest, slug: str) -> None:
    if at := request.POST.get("remove"):
        remove_override(store(), slug, at)
        return
    account, number, reason = (request.POST.get(name, "").strip() for name in ASKED)
    by = cast(User, request.user).email
    kind = request.POST.get("class", "")
    add_override(store(), slug, kind, reason=reason, by=by, account=account, number=number.replace("-", ""))
