"""`kvar remind`: mail to those who have something waiting; at most one a person and day."""

from kvar.cli.output import ERRORS, language
from kvar.cli.people import prepare
from kvar.core.messages import say


def remind() -> None:
    """Mail what waits, once a person and day: run it every morning. / Påminn, högst en gång per person och dag."""
    prepare()
    from django.utils import timezone  # noqa: PLC0415 - settings need setup

    from kvar.procurement.reminders import remind as act  # noqa: PLC0415 - models need setup

    ERRORS.print(say("mail.reminded", {"n": act(timezone.localdate())}, language()), highlight=False)
