"""Letters to people, one each, in the receiver's language: who gets what never depends on who has bid.

Answers, moved deadlines and the like go to every firm on the site that has not said no, wherever it is: a list of
interested firms would tell the office who may bid, and a list by place would favour the near. Before the opening only
a receipt is caused by a bid; it goes to the person who submitted, if they asked for it, and no row tells of it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection

from kvar.core.messages import Language, say
from kvar.organisations.models import Membership, Organisation
from kvar.organisations.permissions import Act, allowed
from kvar.procurement.models import MailChoice

LOG = logging.getLogger(__name__)
SILENT = ("receipt", "withdrawn")  # what is logged of these would tell that somebody bids
FILES = "django.core.mail.backends.filebased.EmailBackend"
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)  # this letter, not the server; ValueError: no address
Wanted = Literal["notices", "reminders", "receipts"]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A person with the language they read."""

    person: User
    language: Language


def receivers(act: Act, homes: list[Organisation] | None, wanted: Wanted | None) -> list[Receiver]:
    """Who may do `act` in the organisations (None: in any) and have not said no to what is wanted; each once."""
    rows = Membership.objects.select_related("person", "organisation").order_by("person_id", "pk")
    if homes is not None:
        rows = rows.filter(organisation__in=homes)
    choices = {choice.person_id: choice for choice in MailChoice.objects.all()}
    found: dict[int, Receiver] = {}
    for row in rows:
        choice = choices.get(row.person_id)
        if (
            allowed(row.role, act, row.organisation.kind)
            and row.person.is_active
            and row.person.email
            and _wants(choice, wanted)
        ):
            found.setdefault(row.person_id, Receiver(row.person, _language(choice, row.organisation)))
    return list(found.values())


def receiver(person: User, home: Organisation, wanted: Wanted) -> Receiver | None:
    """One person; None when they have not asked for it, or said no."""
    choice = MailChoice.objects.filter(person=person).first()
    if not person.email or not _wants(choice, wanted):
        return None
    return Receiver(person, _language(choice, home))


def _wants(choice: MailChoice | None, wanted: Wanted | None) -> bool:
    return wanted is None or bool(getattr(choice or MailChoice(), wanted))


def _language(choice: MailChoice | None, home: Organisation) -> Language:
    """What the person chose, else the language of the organisation's country."""
    chosen = choice.language if choice else "sv" if home.country == "SE" else "en"
    return "en" if chosen == "en" else "sv"


def link(receiver: Receiver, path: str) -> str:
    """An address of the site in the receiver's language; `path` begins after `/{sv|en}/`."""
    return f"{settings.SITE}/{receiver.language}/{path}"


def written(code: str, to: Receiver, values: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body of a letter: `mail.<code>.subject` and `.body` in the receiver's language, with the foot."""
    subject, body = (say(f"mail.{code}.{part}", values, to.language) for part in ("subject", "body"))
    foot = say("mail.foot", {"link": link(to, "arbetsbord/post/")}, to.language)
    return " ".join(subject.split()), f"{body}\n\n{foot}\n"


def send(to: Receiver, code: str, values: Mapping[str, object], *, secret: Path | None = None) -> bool:
    """One mail at once; False when it could not be sent, which is logged without whom.

    `secret`: where mail is written as files, the folder it is written to in place of the common one.
    """
    into: dict[str, Any] = {"file_path": str(secret)} if secret and settings.EMAIL_BACKEND == FILES else {}
    subject, body = written(code, to, values)
    try:
        message = EmailMessage(subject, body, None, [to.person.email], connection=get_connection(**into))
        return bool(message.send())
    except (OSError, ValueError) as error:
        tell(code, error)
        return False


def tell(code: str, error: Exception) -> None:
    """That a mail was not sent, never to whom; of what a bid causes not a word (OSL 19:3)."""
    if code not in SILENT:
        LOG.warning("mail %s was not sent: %s", code, type(error).__name__)
