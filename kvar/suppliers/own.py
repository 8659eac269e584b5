"""An anchor's own payees by key: how it spells them, what it paid, and which supplier they are now."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.suppliers.asking import stakes
from kvar.suppliers.keys import PERSONS, keys
from kvar.suppliers.replay import State


@dataclass(frozen=True, slots=True)
class Own:
    """One key: the anchor's first spelling, minor units paid, the supplier, and how many keys that has."""

    key: str
    name: str
    paid: int
    supplier: int
    together: int


def spelled(store: Store, batches: Sequence[BatchRef]) -> dict[str, str]:
    """Key -> the first spelling in some batches; persons left out."""
    found: dict[str, str] = {}
    for batch in batches:
        names = pq.read_table(batch.folder / "payees.parquet", columns=["name"])["name"].to_pylist()
        table = keys(store, batch)
        for payee, key in zip(table["payee"].to_pylist(), table["key"].to_pylist(), strict=True):
            if not key.startswith(PERSONS) and names[payee]:
                found.setdefault(key, names[payee])
    return found


def search(store: Store, batches: Sequence[BatchRef], state: State, words: str, limit: int = 30) -> list[Own]:
    """The anchor's payees whose spelling holds every word, most money first."""
    wanted, paid = words.casefold().split(), stakes(store, batches)
    rows = [
        Own(key, name, paid.get(key, 0), state.supplier(key), len(state.together(state.supplier(key), key)))
        for key, name in spelled(store, batches).items()
        if wanted and key in state.ids and all(word in name.casefold() for word in wanted)
    ]
    return sorted(rows, key=lambda row: (-row.paid, row.key))[:limit]
