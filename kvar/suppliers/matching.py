"""Match what is new: keys no run has seen are compared with the registers, each other and the suppliers known before.

The run becomes one event, with what was joined, which register entry was found, and the pairs that a person is asked.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.suppliers.events import MATCHING, Event, add_event, events
from kvar.suppliers.index import Index
from kvar.suppliers.judge import APART, ASKED, JOINED
from kvar.suppliers.kept import register_index
from kvar.suppliers.keys import PERSONS, Ids, first_seen, payees_of
from kvar.suppliers.match import Matches, match, match_known
from kvar.suppliers.replay import replay

RECORDS = pa.schema([(name, pa.string()) for name in
                     ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")])  # fmt: skip
KNOWN = "KVAR"  # the scheme of suppliers already known, when they stand as a register
SHOWN = 2000  # pairs to ask whose evidence is kept


def match_new(store: Store, batches: Sequence[BatchRef]) -> Event | None:
    """Match the keys of `batches` that no earlier run has seen; None when there are none."""
    ids = Ids(store)
    seen = first_seen(store, batches)
    ids.of(seen["key"].to_pylist())
    ids.save()
    state = replay(ids.known, events(store))
    nobody = pc.match_substring_regex(seen["key"], f"^(?:{PERSONS}|unnamed-)")
    known = pc.is_in(seen["key"], pa.array(state.seen, pa.string()))
    fresh = seen.filter(pc.invert(pc.or_(nobody, known)))
    if not len(fresh):
        return None
    old = seen.filter(pc.and_(pc.invert(nobody), known))
    what = _run(_records(batches, fresh), register_index(store), _records(batches, old))
    return add_event(store, "match", by=MATCHING, reason="", what=what | {"seen": fresh["key"].to_pylist()})


def _run(records: pa.Table, register: Index | None, old: pa.Table) -> dict[str, list[Any]]:
    """Joins, entries and pairs to ask: against the registers and each other, then against what was known before.

    Those stand as a register of their own, each by its place in `old` from 1.
    """
    what: dict[str, list[Any]] = {"joins": [], "entries": [], "asked": []}
    found = match(records, register)
    _gather(found, found.pairs, what)
    if len(old):
        place = pa.array(range(1, len(old) + 1), pa.int64()).cast(pa.string())
        columns = {"scheme": pa.repeat(KNOWN, len(old)), "number": place}
        columns |= {name: old[name] for name in ("name", "country", "postcode", "city")}
        found = match_known(records, pa.table(columns), register)
        row = pc.subtract(pc.replace_substring(found.pairs["right"], f"{KNOWN}-", "").cast(pa.int64()), 1)
        _gather(found, found.pairs.set_column(1, "right", old["record_id"].take(row)), what)
    what["asked"].sort(key=lambda pair: -pair[2])
    return what


def _gather(found: Matches, pairs: pa.Table, what: dict[str, list[Any]]) -> None:
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
