"""Files that prove something, kept by the sha256 of their bytes below `<data>/evidence/`, never changed."""

import hashlib
import secrets
from pathlib import Path
from typing import Protocol

from django.conf import settings

from kvar.core.errors import KvarError

LARGEST = 65 * 1024 * 1024  # an envelope of 64 MiB with what age adds
CHUNK = 1024 * 1024


class Body(Protocol):
    """Bytes that are read in pieces: an open file, an upload."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


def keep(body: Body) -> str:
    """Keep the bytes; their sha256. `procurement.evidence.too_large`, `.empty`."""
    return stream(body, _folder(), too_large="procurement.evidence.too_large", empty="procurement.evidence.empty")


def stream(body: Body, folder: Path, *, suffix: str = "", too_large: str, empty: str = "") -> str:
    """Write the bytes beside and rename them to their sha256 in `folder`; the errors named where there are too many
    (LARGEST) or none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, beside = hashlib.sha256(), 0, folder / f"{secrets.token_hex(8)}.part"
    try:
        with beside.open("wb") as out:
            while chunk := body.read(CHUNK):
                size += len(chunk)
                if size > LARGEST:
                    raise KvarError(too_large, most=LARGEST // CHUNK)
                digest.update(chunk)
                out.write(chunk)
        if empty and not size:
            raise KvarError(empty)
        beside.rename(folder / f"{digest.hexdigest()}{suffix}")
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def path(sha256: str) -> Path | None:
    """Where the bytes lie, None when they are not here (or `sha256` is none)."""
    found = _folder() / sha256
    return found if len(sha256) == 64 and sha256.isalnum() and found.is_file() else None


def _folder() -> Path:
    return Path(settings.DATA) / "evidence"
