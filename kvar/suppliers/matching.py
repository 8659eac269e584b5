"""Match what is new: keys no run has seen are compared with the registers, each other and the suppliers known before.

The run becomes one event, with what was joined, which register entry was found, and the pairs that a person is asked.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.suppliers.events import MATCHING, Event, add_event, events
from kvar.suppliers.judge import ASKED, JOINED
from kvar.suppliers.keys import PERSONS, Ids, distinct
from kvar.suppliers.labels import payees_at
from kvar.suppliers.match import Matches, match
from kvar.suppliers.replay import replay

RECORDS = pa.schema([(name, pa.string()) for name in
                     ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")])  # fmt: skip
REGISTER = ("scheme", "number", "name", "country", "postcode", "city")
KNOWN = "KVAR"  # the scheme of suppliers already known, when they stand as a register
SHOWN = 2000  # pairs to ask whose evidence is kept
Row = dict[str, Any]


def match_new(store: Store, batches: Sequence[BatchRef]) -> Event | None:
    """Match the keys of `batches` that no earlier run has seen; None when there are none."""
    ids = Ids(store)
    first = distinct(store, batches)
    ids.of(first)
    ids.save()
    state = replay(ids.known, events(store))
    new = [key for key in first if key not in state.seen and not key.startswith((PERSONS, "unnamed-"))]
    if not new:
        return None
    payees = payees_at(batches, (first[key] for key in first if not key.startswith((PERSONS, "unnamed-"))))
    rows = {key: _record(key, payees[at], batches[at[0]]) for key, at in first.items() if at in payees}
    fresh = set(new)
    old = [row for key, row in rows.items() if key not in fresh] if state.seen else []
    what = _run([rows[key] for key in new], _firms(store), old)
    return add_event(store, "match", by=MATCHING, reason="", what=what | {"seen": new})


def _run(records: list[Row], register: pa.Table | None, old: list[Row]) -> dict[str, list[Any]]:
    """Joins, entries and pairs to ask: against the registers and each other, then against what was known before.

    Those stand as a register of their own, each by its place in `old` from 1.
    """
    table = pa.Table.from_pylist(records, RECORDS)
    what: dict[str, list[Any]] = {"joins": [], "entries": [], "asked": []}
    _gather(match(table, register), [], what)
    if old:
        known = [row | {"scheme": KNOWN, "number": str(n)} for n, row in enumerate(old, 1)]
        _gather(match(table, pa.Table.from_pylist(known, RECORDS).select(REGISTER)), old, what)
    what["asked"].sort(key=lambda pair: -pair[2])
    return what


def _gather(found: Matches, old: list[Row], what: dict[str, list[Any]]) -> None:
    for n, pair in enumerate(found.pairs.to_pylist()):
        of_register = pair["kind"] == "register"
        if old and not of_register:
            continue  # the new among themselves were compared in the first round
        one, other, bits = pair["left"], pair["right"], round(pair["weight"], 2)
        if old:
            other = old[int(other.removeprefix(f"{KNOWN}-")) - 1]["record_id"]
        if pair["decision"] == JOINED:
            what["entries" if of_register and not old else "joins"].append([one, other, bits])
        elif pair["decision"] == ASKED:
            lines = found.evidence(n) if len(what["asked"]) < SHOWN else ()
            told = [[e.what, e.left, e.right, e.level, round(e.bits, 2)] for e in lines]
            what["asked"].append([one, other, bits, told])


def _record(key: str, payee: Row, batch: BatchRef) -> Row:
    """A key as a record to match; the sender's own supplier number counts within that sender."""
    ref = f"{batch.anchor.slug}:{payee['ref']}" if payee["ref"] else None
    own = {name: payee[name] for name in ("name", "scheme", "number", "postcode", "city")}
    return own | {"record_id": key, "country": batch.anchor.country, "ref": ref}


def _firms(store: Store) -> pa.Table | None:
    """The firms of the registers, as the matching wants them."""
    path = store.root / "registers" / "firms.parquet"
    if not path.exists():
        return None
    table = pq.read_table(path, columns=["scheme", "number", "name", "country", "postcode"])
    kept = table.filter(table["number"].is_valid())
    return kept.append_column("city", pa.nulls(kept.num_rows, pa.string())) if kept.num_rows else None
