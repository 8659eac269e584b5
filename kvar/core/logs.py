"""A log filter that masks personal identity numbers: no number reaches a log, whatever is logged."""

import logging

from kvar.core.numbers import mask


class MaskPersons(logging.Filter):
    """Replaces personnummer and coordination numbers in the finished message and in what a fault tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the record, masked."""
        record.msg, record.args = mask(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = mask(record.exc_text) if record.exc_text else None
        return True


def masked_logs() -> None:
    """Warnings and worse to stderr through the filter, whichever logger they come from."""
    handler = logging.StreamHandler()
    handler.addFilter(MaskPersons())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
