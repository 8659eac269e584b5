"""Invitations: a signed link with e-mail, organisation and role that lives three days. No mail server is needed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.organisations.models import Membership, Organisation
from kvar.organisations.permissions import Role

DAYS = 3
SALT = "kvar.invitation"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited where, and as what."""

    email: str
    organisation: Organisation
    role: Role


def make(*, organisation: Organisation, email: str, role: Role) -> str:
    """The token of a link to hand over."""
    return signing.dumps([organisation.slug, email.strip().lower(), role, timezone.now().timestamp()], salt=SALT)


def read(token: str) -> Invitation | None:
    """The invitation of a token; None when forged, too old, already used or its organisation is gone."""
    try:
        slug, email, role, made = signing.loads(token, salt=SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return None
    organisation = Organisation.objects.filter(slug=slug).first()
    used = organisation is None or _used(organisation, email, datetime.fromtimestamp(made, UTC))
    return Invitation(email, organisation, role) if organisation and not used else None


def _used(organisation: Organisation, email: str, since: datetime) -> bool:
    """Is the person a member, or was one since: whoever was removed does not come back by the old link."""
    same = {"organisation": organisation, "person__email__iexact": email}
    gone = Membership.history.filter(history_type="-", history_date__gte=since, **same)
    return Membership.objects.filter(**same).exists() or gone.exists()


@transaction.atomic
def accept(*, invitation: Invitation, password: str) -> User:
    """Make the person if new, and give the role. Who is known already must have signed in: the caller sees to it."""
    person = User.objects.filter(email__iexact=invitation.email).first()
    if person is None:
        person = User.objects.create_user(invitation.email, invitation.email, password)
    add_member(organisation=invitation.organisation, person=person, role=invitation.role)
    return person


def check_password(password: str) -> None:
    """Raises ValidationError when the password is too short or common."""
    validate_password(password)
