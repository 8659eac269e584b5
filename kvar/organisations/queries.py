"""Reads: what a person may see. What they may not see is not there."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from kvar.ledger.mapping import Mapping
from kvar.organisations.models import ImportJob, Membership, Organisation, SavedMapping
from kvar.organisations.permissions import Act, allowed

Person = User | AnonymousUser


def memberships(person: User) -> list[Membership]:
    """A person's organisations, by name."""
    return list(
        Membership.objects.filter(person=person).select_related("organisation").order_by("organisation__name")
    )


def organisation_for(person: Person, slug: str, act: Act) -> Organisation:
    """The organisation if the person may do `act` there; else 404, as if it did not exist."""
    found = Membership.objects.filter(person_id=person.pk, organisation__slug=slug).select_related("organisation")
    membership = found.first()
    if membership is None or not allowed(membership.role, act, membership.organisation.kind):
        raise Http404
    return membership.organisation


def role_of(person: Person, organisation: Organisation) -> str | None:
    """The person's role there, None when not a member."""
    return (
        Membership.objects.filter(person_id=person.pk, organisation=organisation)
        .values_list("role", flat=True)
        .first()
    )


def job_for(person: Person, slug: str, job_id: UUID, act: Act) -> ImportJob:
    """An import of an organisation the person may do `act` in; else 404."""
    organisation = organisation_for(person, slug, act)
    found = ImportJob.objects.filter(organisation=organisation, pk=job_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def saved_mappings(organisation: Organisation) -> list[Mapping]:
    """The newest version of each saved mapping."""
    rows = SavedMapping.objects.filter(organisation=organisation).order_by("columns", "version")
    newest = {row.columns: row for row in rows}
    return [row.read() for row in newest.values()]
