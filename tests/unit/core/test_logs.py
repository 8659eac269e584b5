"""No personal identity number reaches a log, from any logger, in a message or in what a fault tells."""

import logging
import subprocess
import sys
from io import StringIO

from kvar.core.logs import HideBidders, MaskPersons

PERSON = "811228\u20139874"  # the tax agency's published test number, with an en dash


def test_message_arguments_and_faults_are_masked() -> None:
    out, logger = StringIO(), logging.getLogger("kvar.test.deep.below")
    handler = logging.StreamHandler(out)
    handler.addFilter(MaskPersons())
    logger.addHandler(handler)
    try:
        raise ValueError(f"fel i {PERSON}")
    except ValueError:
        logger.exception("rad med %s", PERSON)
    logger.removeHandler(handler)
    assert "9874" not in out.getvalue()
    assert out.getvalue().count("******-****") == 2


def test_the_command_masks_every_logger() -> None:
    code = (
        "import logging; from kvar.core.logs import masked_logs; masked_logs();"
        "logging.getLogger('any.other').warning('rad med 811228-9874')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "******-****" in done.stderr
    assert "9874" not in done.stderr


def test_no_log_tells_that_a_firm_is_about_to_bid() -> None:
    seen = HideBidders()
    path = "/sv/arbetsbord/anbud/firman/123/del-1/"

    def record(level: int, address: str) -> logging.LogRecord:
        return logging.LogRecord("django.request", level, "", 1, "Unprocessable: %s", (address,), None)

    assert not seen.filter(record(logging.WARNING, path))
    assert seen.filter(record(logging.WARNING, "/sv/9901/"))
    fault = record(logging.ERROR, path)
    assert seen.filter(fault)
    assert "firman" not in fault.getMessage()
