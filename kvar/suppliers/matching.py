"""Match what is new: keys no run has seen are compared with the registers, each other and the suppliers known before.

The run becomes one event, with what was joined, which register entry was found, and the pairs that a person is asked.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.suppliers.alone import alone
from kvar.suppliers.events import MATCHING, Event, add_event
from kvar.suppliers.index import Index
from kvar.suppliers.judge import APART, ASKED, JOINED
from kvar.suppliers.kept import register_index
from kvar.suppliers.keys import PERSONS, first_seen, new_ids, payees_of
from kvar.suppliers.known import KNOWN, keep_known, known_index
from kvar.suppliers.match import Matches, match, match_known
from kvar.suppliers.remembered import state_now
from kvar.suppliers.weights import version

RECORDS = pa.schema([(name, pa.string()) for name in
                     ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")])  # fmt: skip
What = dict[str, list[Any]]
SHOWN = 2000  # pairs to ask whose evidence is kept


def match_new(store: Store, batches: Sequence[BatchRef]) -> Event | None:
    """Match the keys of `batches` that no earlier run has seen; None when there are none. One run at a time."""
    with alone(store, "matching"):
        return _match_new(store, batches)


def _match_new(store: Store, batches: Sequence[BatchRef]) -> Event | None:
    seen = first_seen(store, batches)
    names = seen["key"].to_pylist()
    with new_ids(store) as ids:
        ids.of(names)
    state = state_now(store, ids.known)
    nobody = pc.or_(*(pc.starts_with(seen["key"], start) for start in (PERSONS, "unnamed-")))
    known = pa.array(map(state.seen.__contains__, names), pa.bool_())
    fresh = seen.filter(pc.invert(pc.or_(nobody, known)))
    if not len(fresh):
        return None
    records = _records(batches, fresh)
    old = _records(batches, seen.filter(pc.and_(pc.invert(nobody), known)))
    register, who = register_index(store), _who(batches)
    what = _run(records, register)
    kept = 0
    if len(old):
        index, kept = known_index(store, who, old)
        _against_known(records, index, register, old["record_id"], what)
    what["asked"].sort(key=lambda pair: -pair[2])
    keep_known(store, who, pa.concat_tables([old, records]), kept)
    more = {"seen": fresh["key"].to_pylist(), "weights": version()}
    return add_event(store, "match", by=MATCHING, reason="", what=what | more)


def _who(batches: Sequence[BatchRef]) -> str:
    """A name for those whose payees are matched."""
    return hashlib.sha256(" ".join(sorted({batch.anchor.slug for batch in batches})).encode()).hexdigest()[:16]


def _run(records: pa.Table, register: Index | None) -> What:
    """Joins, entries and pairs to ask: against the registers and each other."""
    what: What = {"joins": [], "entries": [], "asked": []}
    found = match(records, register)
    _gather(found, found.pairs, what)
    return what


def _against_known(records: pa.Table, index: Index, register: Index | None, keys: pa.Array, what: What) -> None:
    """Add what was found against the names known before, whose keys are in the order of the index."""
    found = match_known(records, index, register)
    row = pc.subtract(pc.replace_substring(found.pairs["right"], f"{KNOWN}-", "").cast(pa.int64()), 1)
    _gather(found, found.pairs.set_column(1, "right", keys.take(row)), what)


def _gather(found: Matches, pairs: pa.Table, what: What) -> None:
    """Add what was found to what there is; the first SHOWN pairs to ask with their evidence."""
    rows = [(n, pair) for n, pair in enumerate(pairs.to_pylist()) if pair["decision"] != APART]
    asked = [n for n, pair in rows if pair["decision"] == ASKED][: max(0, SHOWN - len(what["asked"]))]
    told = dict(zip(asked, found.evidence(asked), strict=True))
    for n, pair in rows:
        one: list[Any] = [pair["left"], pair["right"], round(pair["weight"], 2)]
        if pair["decision"] == JOINED:
            what["entries" if pair["kind"] == "register" else "joins"].append(one)
        else:
            lines = [[e.what, e.left, e.right, e.level, round(e.bits, 2)] for e in told.get(n, ())]
            what["asked"].append([*one, lines])


def _records(batches: Sequence[BatchRef], seen: pa.Table) -> pa.Table:
    """Keys as records to match; a sender's own supplier number counts within that sender."""
    if not len(seen):
        return RECORDS.empty_table()
    payees = payees_of(batches, seen)
    senders = [(batch.anchor.country, f"{batch.anchor.slug}:") for batch in batches]
    country, sender = (pa.array(column, pa.string()).take(payees["batch"]) for column in zip(*senders, strict=True))
    own = {name: payees[name] for name in ("name", "scheme", "number", "postcode", "city")}
    ref = pc.binary_join_element_wise(sender, payees["ref"], "")
    columns = own | {
        "record_id": payees["key"],
        "country": country,
        "ref": pc.if_else(pc.equal(payees["ref"], ""), None, ref),
    }
    return pa.table([columns[name] for name in RECORDS.names], schema=RECORDS)
