"""Read the kept bytes again, where an earlier version of Kvar made the derived tables: nothing is lost."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kvar.ledger.importing import Imported, Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import CURRENCIES, Anchor
from kvar.ledger.store import Store


def rebuild(store: Store) -> Iterator[Imported]:
    """Each outdated batch read anew with the mapping it was read by; the old one stands until the new one does.

    One that is refused now stays as it was, with its bytes.
    """
    store.recover()
    for report in store.outdated():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(report["file"]).name
            shutil.copyfile(store.raw_path(report["sha256"]), path)
            mapping = Mapping.from_json(report["mapping"])
            anchor, options = Anchor(**report["anchor"]), Options(source=mapping.source, anew=True)
            if mapping.guessed:
                mapping = replace(mapping, country=anchor.country, currency=CURRENCIES[anchor.country])
            if mapping.guessed or mapping.source == "own":
                options = Options(mapping=mapping, anew=True)
            yield from import_files([path], store=store, anchor=anchor, options=options)
