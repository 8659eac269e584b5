"""Who is asking, in which language, and whether they may: shared by the workbench of every leg."""

from typing import cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from kvar.core.messages import Language
from kvar.organisations.models import Membership, Organisation
from kvar.organisations.permissions import Act, allowed
from kvar.organisations.queries import Person, role_of


def signed_in(request: HttpRequest) -> User:
    """The person of a view behind `login_required`."""
    return cast(User, request.user)


def language_of(request: HttpRequest) -> Language:  # noqa: ARG001 - the middleware has read the address
    """The language of an address below `/{sv|en}/…` of i18n_patterns."""
    return "en" if get_language() == "en" else "sv"


def may(person: Person, organisation: Organisation, act: Act) -> bool:
    """May the person do `act` there?"""
    return allowed(role_of(person, organisation), act, organisation.kind)


def require(person: Person, organisation: Organisation, act: Act) -> None:
    """404, as if nothing were there, unless the person may do `act` in the organisation."""
    if not may(person, organisation, act):
        raise Http404


def organisations_where(person: Person, act: Act) -> list[Organisation]:
    """The organisations in which the person may do `act`, by name."""
    found = Membership.objects.filter(person_id=person.pk).select_related("organisation")
    return [
        item.organisation
        for item in found.order_by("organisation__name")
        if allowed(item.role, act, item.organisation.kind)
    ]
