"""Log filters: no personal identity number reaches a log, and no log tells that a firm is about to bid."""

import logging
import re

from kvar.core.numbers import mask

BIDDING = re.compile(r"(/arbetsbord/anbud/)\S+")


class MaskPersons(logging.Filter):
    """Replaces personnummer and coordination numbers in the finished message and in what a fault tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the record, masked."""
        record.msg, record.args = mask(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = mask(record.exc_text) if record.exc_text else None
        return True


class HideBidders(logging.Filter):
    """Leaves out refusals on a bidder's own pages; a fault there is told without its address (OSL 19:3)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record unless it is about a bidder's page and no fault."""
        text = record.getMessage()
        if BIDDING.search(text):
            record.msg, record.args = BIDDING.sub(r"\1…", text), ()
            return record.levelno >= logging.ERROR
        return True


def masked_logs() -> None:
    """Warnings and worse to stderr through the filter, whichever logger they come from."""
    handler = logging.StreamHandler()
    handler.addFilter(MaskPersons())
    handler.addFilter(HideBidders())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
