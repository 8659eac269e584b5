"""One at a time: work on a store that no other thread or process may do meanwhile."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from kvar.ledger.store import Store

Work = Literal["ids", "matching", "labels"]  # whoever needs two takes `ids` last


@contextmanager
def alone(store: Store, work: Work) -> Iterator[None]:
    """Wait until nobody else does this work on the store, and keep others waiting until the end."""
    folder = store.root / "identity"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{work}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed
        yield
