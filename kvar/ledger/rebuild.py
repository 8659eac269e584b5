"""Read the kept bytes again, where an earlier version of Kvar made the derived tables: nothing is lost."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kvar.ledger.importing import Imported, Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store


def rebuild(store: Store) -> Iterator[Imported]:
    """Each outdated batch read anew with the mapping it was read by; one that is refused now keeps its bytes."""
    for report in store.outdated():
        store.remove_batch(report["id"])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(report["file"]).name
            shutil.copyfile(store.raw_path(report["sha256"]), path)
            mapping = Mapping.from_json(report["mapping"])
            options = Options(source=None if mapping.guessed or mapping.source == "own" else mapping.source)
            if mapping.guessed or mapping.source == "own":
                options = Options(mapping=mapping)
            yield from import_files([path], store=store, anchor=Anchor(**report["anchor"]), options=options)
