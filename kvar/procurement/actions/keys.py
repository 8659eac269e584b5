"""Openers and their keys: each registers the public half, and shows in a drill that the secret half opens."""

import hashlib
import hmac

import pyrage
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from pyrage import x25519

from kvar.core.errors import KvarError
from kvar.procurement.actions.planning import anew, still_planned
from kvar.procurement.models import Opener, Procurement


@transaction.atomic
def register_key(*, procurement: Procurement, person: User, recipient: str) -> Opener:
    """The appointed opener's own public key; a new key asks for a new drill."""
    still_planned(procurement)
    opener = opener_of(procurement, person)
    try:
        x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError as error:
        raise KvarError("procurement.opener.key") from error
    opener.recipient, opener.drilled = recipient.strip(), None
    opener.save(update_fields=["recipient", "drilled"])
    return opener


def challenge(opener: Opener) -> bytes:
    """An age file that only the opener's secret key opens; it holds the answer of the drill."""
    encrypted: bytes = pyrage.encrypt(_answer(opener).encode(), [x25519.Recipient.from_str(opener.recipient)])
    return encrypted


@transaction.atomic
def drill(*, opener: Opener, answer: str) -> None:
    """The answer read from the challenge; `procurement.opener.drill` when it is another."""
    still_planned(opener.procurement)
    anew(opener)
    if not opener.recipient or not hmac.compare_digest(answer.strip().encode(), _answer(opener).encode()):
        raise KvarError("procurement.opener.drill")
    opener.drilled = timezone.now()
    opener.save(update_fields=["drilled"])


@transaction.atomic
def dismiss(*, opener: Opener) -> None:
    """Someone no longer appointed."""
    still_planned(opener.procurement)
    anew(opener)
    opener.delete()


def opener_of(procurement: Procurement, person: User) -> Opener:
    """The person as opener; `procurement.opener.not_appointed`."""
    found = Opener.objects.filter(procurement=procurement, person_id=person.pk).first()
    if found is None:
        raise KvarError("procurement.opener.not_appointed")
    return found


def _answer(opener: Opener) -> str:
    """What the challenge holds: nothing is stored, and another key gives another answer."""
    said = f"drill|{opener.pk}|{opener.recipient}".encode()
    return "prov-" + hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:24]
