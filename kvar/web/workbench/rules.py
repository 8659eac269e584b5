"""What is a purchase, by the anchor's own word: overrides (add, take back) and its own group of companies."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import store
from kvar.spending.group import company_number, group_of, municipal_companies, set_group
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
            _change(request, organisation)
            return redirect("overrides", slug=slug)
        except KvarError as error:
            wrong = error.say("en" if page(request)["lang"] == "en" else "sv")
    given = {name: request.POST.get(name, "") for name in (*ASKED, "class")}
    more = {"organisation": organisation, "rows": known(store(), slug), "classes": CLASSES, "given": given}
    group = {"group": group_of(store(), slug), "owned": municipal_companies(store(), organisation.place)}
    context = more | group | {"listed": request.POST.get("numbers"), "wrong": wrong, "page": "workbench"}
    return render(request, "workbench/rules.html", context, status=422 if wrong else 200)


def _change(request: HttpRequest, organisation: Organisation) -> None:
    slug, by = organisation.slug, cast(User, request.user).email
    if at := request.POST.get("remove"):
        remove_override(store(), slug, at)
        return
    if "numbers" in request.POST:
        numbers = request.POST["numbers"].replace(",", "\n").splitlines()
        place = organisation.place if "register" in request.POST else ""
        set_group(store(), slug, numbers, country=organisation.country, register_place=place, by=by)
        return
    account, number, reason = (request.POST.get(name, "").strip() for name in ASKED)
    kind = request.POST.get("class", "")
    number = company_number(number, organisation.country)
    add_override(store(), slug, kind, reason=reason, by=by, account=account, number=number)
