"""A log filter that masks personal identity numbers: no number reaches a log, whatever is logged."""

import logging

from kvar.core.numbers import mask


class MaskPersons(logging.Filter):
    """Replaces personnummer and coordination numbers in the finished message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the record, with its message masked."""
        record.msg, record.args = mask(record.getMessage()), ()
        return True
