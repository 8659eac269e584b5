"""`kvar remind`: what waits in the outbox, and a mail to who has something waiting, at most one a person and day."""

from typing import Annotated

import typer

from kvar.cli.output import ERRORS, language
from kvar.cli.people import prepare
from kvar.core.messages import say


def remind(
    letters: Annotated[bool, typer.Option("--letters", help="Only what waits in the outbox / Bara utkorgen")] = False,
) -> None:
    """Send what waits, and remind once a person and day: run it every morning. / Skicka och påminn."""
    prepare()
    from django.utils import timezone  # noqa: PLC0415 - settings need setup

    from kvar.procurement.models import Letter  # noqa: PLC0415 - models need setup
    from kvar.procurement.outbox import send_waiting  # noqa: PLC0415
    from kvar.procurement.reminders import remind as act  # noqa: PLC0415

    sent = {"n": send_waiting(), "left": Letter.objects.count()}
    ERRORS.print(say("mail.outbox", sent, language()), highlight=False)
    if not letters:
        ERRORS.print(say("mail.reminded", {"n": act(timezone.localdate())}, language()), highlight=False)
