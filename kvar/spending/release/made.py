"""What an anchor has put in a file before: a second file of a year with other figures would tell what changed."""

import hashlib
import json
import os

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.release.contribution import Contribution


def remember(store: Store, contribution: Contribution, *, again: bool = False) -> None:
    """Keep the digest of an anchor's year; `aggregate.made_before` when it differs and nobody said `again`.

    The difference between two files is often one invoice, and whoever can read both sees it.
    """
    name = hashlib.sha256(f"{contribution.sheet.anchor} {contribution.year}".encode()).hexdigest()[:24]
    folder = store.root / "aggregates" / "made"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    before = json.loads(path.read_text(encoding="utf-8"))["digest"] if path.exists() else contribution.digest
    if before != contribution.digest and not again:
        raise KvarError("aggregate.made_before", anchor=contribution.name, year=contribution.year)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({"digest": contribution.digest}, file)
