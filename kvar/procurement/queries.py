"""Reads of leg 3: what a person may see. What they may not see is not there."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from kvar.organisations.access import organisations_where, require
from kvar.organisations.permissions import Act
from kvar.organisations.queries import Person
from kvar.procurement.models import Procurement


def procurement_for(person: Person, pk: UUID, act: Act) -> Procurement:
    """The procurement if the person may do `act` in its organisation; else 404, as if it did not exist."""
    found = Procurement.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(person, found.organisation, act)
    return found


def procurements_of(person: Person) -> QuerySet[Procurement]:
    """Every procurement whose plans the person may see."""
    homes = organisations_where(person, "see_plans")
    return Procurement.objects.filter(organisation__in=homes).select_related("organisation")


def announced(place: str) -> QuerySet[Procurement]:
    """What the public sees of a place: with a market dialogue, or once published; nothing of it depends on bids."""
    here = Procurement.objects.filter(organisation__place=place, organisation__kind="anchor").select_related(
        "organisation"
    )
    dialogue = Q(phase="planning", talks__gt=0)
    return here.annotate(talks=Count("meetings")).filter(Q(published__isnull=False) | dialogue)
