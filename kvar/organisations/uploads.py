"""Where uploads wait and batches live."""

from pathlib import Path

from django.conf import settings

from kvar.core.numbers import mask
from kvar.ledger.store import Store
from kvar.organisations.models import ImportJob

LONGEST = 200


def store() -> Store:
    """The store below the data folder."""
    return Store(Path(settings.DATA) / "store")


def kept_name(name: str, otherwise: str) -> str:
    """A file's own name without its folders and persons' numbers, at most 200 bytes, its ending kept."""
    plain = Path(mask(Path(name or otherwise).name))
    most = LONGEST - len(plain.suffix.encode())
    return plain.stem.encode()[:most].decode(errors="ignore") + plain.suffix if most > 0 else otherwise


def upload_path(job: ImportJob) -> Path:
    """Where an upload waits until it is loaded or thrown away."""
    return store().root / "tmp" / "uploads" / str(job.id) / job.file
