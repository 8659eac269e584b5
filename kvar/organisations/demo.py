"""The invented people of the example town."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from kvar.ledger.model import Anchor
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation


def people(email: str, password: str, anchors: Iterable[Anchor]) -> None:
    """One person who is administrator of the first anchor and analyst of the others; done once."""
    person = User.objects.filter(username=email).first() or User.objects.create_user(email, email, password)
    for number, anchor in enumerate(sorted(anchors, key=lambda a: a.slug)):
        home = {"name": anchor.name, "country": anchor.country, "place": anchor.place}
        organisation, _ = Organisation.objects.get_or_create(slug=anchor.slug, defaults=home)
        add_member(organisation=organisation, person=person, role="analyst" if number else "administrator")
