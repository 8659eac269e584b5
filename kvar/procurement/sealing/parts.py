"""Files of parts as people upload them: two steps of names to texts."""

import json
from collections.abc import Mapping
from typing import Protocol

from kvar.core.errors import KvarError


class Sent(Protocol):
    """An uploaded file."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


def read_parts(file: Sent | None, limit: int) -> dict[str, Mapping[str, str]]:
    """Name -> name -> text; `procurement.parts.unreadable` for anything else."""
    try:
        found = json.loads(file.read(limit)) if file else None
    except (ValueError, RecursionError) as error:
        raise KvarError("procurement.parts.unreadable") from error
    if not isinstance(found, dict) or not all(_texts(row) for row in found.values()):
        raise KvarError("procurement.parts.unreadable")
    return found


def _texts(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(text, str) and text.isascii() for text in row.values())
