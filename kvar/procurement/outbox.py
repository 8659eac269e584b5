"""The outbox: letters are written with the act that causes them and sent after it, by the worker or `kvar remind`.

No act waits for a mail server or fails with it, and what could not be sent stays and is tried again. Nothing of who
bids is ever written here: receipts go by `kvar.procurement.aside` and leave no row.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from kvar.procurement.mail import REFUSED, Receiver, tell, written
from kvar.procurement.models import Letter

AGAIN = timedelta(minutes=10)  # a letter that was tried is left alone so long: somebody may be sending it


def post(code: str, letters: Sequence[tuple[Receiver, Mapping[str, object]]]) -> None:
    """Write letters within the caller's transaction; the worker is asked to send once it is kept."""
    rows = [(to, written(code, to, values)) for to, values in letters]
    Letter.objects.bulk_create(
        Letter(person=to.person, code=code, subject=subject, body=body) for to, (subject, body) in rows
    )
    if rows:
        transaction.on_commit(deliver.enqueue, robust=True)


@task()
def deliver() -> None:
    """Send what waits."""
    send_waiting()


def send_waiting() -> int:
    """Send what waits, oldest first, over one connection; how many were sent.

    A letter that is refused stays while the others go on; where the server itself fails the rest is left for later.
    """
    waiting, connection, sent = list(_waiting().values_list("pk", flat=True)), get_connection(), 0
    if not waiting:
        return 0
    try:
        connection.open()
        for pk in waiting:
            if _claimed(pk):
                sent += _sent(Letter.objects.select_related("person").get(pk=pk), connection)
    except OSError as error:
        tell("outbox", error)
    finally:
        connection.close()
    return sent


def _waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(Q(tried__isnull=True) | Q(tried__lt=timezone.now() - AGAIN))


def _claimed(pk: int) -> bool:
    """Is the letter ours to send? One statement: of two who ask at once one is told so."""
    return _waiting().filter(pk=pk).update(tried=timezone.now()) == 1


def _sent(letter: Letter, connection: BaseEmailBackend) -> bool:
    """Send and take away; whoever has left gets nothing more."""
    if not (letter.person.is_active and letter.person.email):
        letter.delete()
        return False
    try:
        EmailMessage(letter.subject, letter.body, None, [letter.person.email], connection=connection).send()
    except REFUSED as error:
        tell(letter.code, error)
        return False
    letter.delete()
    return True
