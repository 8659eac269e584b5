"""Where uploads wait and batches live."""

from pathlib import Path

from django.conf import settings

from kvar.ledger.store import Store
from kvar.organisations.models import ImportJob


def store() -> Store:
    """The store below the data folder."""
    return Store(Path(settings.DATA) / "store")


def upload_path(job: ImportJob) -> Path:
    """Where an upload waits until it is loaded or thrown away."""
    return store().root / "tmp" / "uploads" / str(job.id) / job.file
