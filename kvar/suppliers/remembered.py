"""Who is who now: what was kept of an earlier replay, and the events since.

`suppliers/replayed.arrow` is the state after the first events, with the digests of those events, of the ids they were
applied to, of the code and of the file itself; this process also remembers the state it answered last. When any of
the digests is another, a later event takes one of those back, or what an event spoke of has got an id since, all
events are replayed. So the answer is that of `replay`, and the file may be deleted at any time. It is written anew
when a tenth as much has been decided since as was known, for to apply little is quicker than to write a state.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kvar.ledger.store import Store
from kvar.suppliers.events import Event, digest, event_paths, read_event
from kvar.suppliers.replay import State, advance, replay
from kvar.suppliers.signs import code

MADE_BY = ("remembered.py", "replay.py", "keys.py")
MANY, TENTH = 50, 10  # as many rows of events are applied before the state is written, or a tenth of what is known
SEAL = hashlib.sha256().digest_size
NUMBERS = {"home_id": pa.int64(), "turn": pa.int64(), "doubt": pa.float64()}  # the columns that are no texts
COLUMNS = {"home", *NUMBERS, "found", "firm", "apart", "answered", "seen", "lacking"}
Ids = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The state after the first `count` events, on the first `known` ids; `since`: rows of events not in the file."""

    count: int
    events: str
    known: int
    ids: str
    since: int
    state: State


_last: dict[Path, _Kept] = {}  # what was answered last, of one store


def state_now(store: Store, ids: Ids) -> State:
    """The state after all events, equal to their replay. Nobody changes it: others may have been given the same."""
    paths, path = event_paths(store), store.root / "suppliers" / "replayed.arrow"
    if not paths:
        return replay(ids, [])
    signs = _signs(paths)
    kept = _usable(_last.get(path), ids, signs) or _usable(_read(path), ids, signs)
    later = [read_event(one) for one in paths[kept.count if kept else 0 :]]
    if kept and _takes_back(later, int(paths[kept.count - 1].stem)):
        kept, later = None, [read_event(one) for one in paths]
    state = _onwards(kept, ids, later)
    since = (kept.since if kept else 0) + sum(map(_rows, later))
    now = _Kept(len(paths), signs[-1], len(ids), _sign_of(ids, len(ids)), since, state)
    if since > max(MANY, len(state.seen) // TENTH):
        now = replace(now, since=0)
        _write(now, path)
    _last.clear()
    _last[path] = now
    return state


def _onwards(kept: _Kept | None, ids: Ids, later: Sequence[Event]) -> State:
    if kept is None:
        return replay(ids, later)
    return advance(kept.state.copy(ids), later) if later else replace(kept.state, ids=ids)


def _rows(event: Event) -> int:
    """How much an event decides."""
    return sum(len(event.what[name]) for name in ("seen", "joins", "entries")) if event.kind == "match" else 1


def _signs(paths: Sequence[Path]) -> list[str]:
    """For each event a digest of it and all before it, and of the code."""
    running, found = hashlib.sha256(code(MADE_BY).encode()), []
    for path in paths:
        running.update(f"{path.name} {digest(path)}".encode())
        found.append(running.hexdigest())
    return found


def _sign_of(ids: Ids, count: int) -> str:
    """A digest of the first ids: none is ever taken away, or given another key."""
    numbers = np.fromiter(islice(ids.values(), count), np.int64)
    return hashlib.sha256("\n".join(islice(ids, count)).encode() + numbers.tobytes()).hexdigest()


def _takes_back(later: Sequence[Event], last: int) -> bool:
    return any(event.kind == "undo" and event.what["event"] <= last for event in later)


def _write(kept: _Kept, path: Path) -> None:
    """Write a state, sealed, beside and by rename."""
    state = kept.state
    turn, doubt, firm = zip(*state.found.values(), strict=True) if state.found else ((), (), ())
    columns = {
        "home": state.home, "home_id": state.home.values(),
        "found": state.found, "turn": turn, "doubt": doubt, "firm": firm,
        "apart": _flat(state.apart), "answered": _flat(state.answered), "seen": state.seen, "lacking": state.lacking,
    }  # fmt: skip
    made = pa.table({name: _listed(list(values), name) for name, values in columns.items()})
    signs = {"count": str(kept.count), "events": kept.events, "ids": kept.ids, "known": str(kept.known)}
    made = made.replace_schema_metadata(signs)
    out = pa.BufferOutputStream()
    with pa.ipc.new_file(out, made.schema) as file:
        file.write_table(made)
    content = out.getvalue().to_pybytes()
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    beside.write_bytes(hashlib.sha256(content).digest() + content)
    beside.rename(path)


def _flat(pairs: Iterable[frozenset[str]]) -> list[str]:
    return [key for pair in pairs for key in (min(pair), max(pair))]


def _listed(values: list[Any], name: str) -> pa.Array:
    """A column of one row that holds all of the values."""
    column = pa.array(values, NUMBERS.get(name, pa.string()))
    return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), column)


def _usable(kept: _Kept | None, ids: Ids, signs: Sequence[str]) -> _Kept | None:
    """What was kept, unless it is of other events or ids, or what an event spoke of has got an id since."""
    if kept is None or signs[kept.count - 1 : kept.count] != [kept.events]:
        return None
    if len(ids) < kept.known or _sign_of(ids, kept.known) != kept.ids:
        return None
    return None if any(key in ids for key in kept.state.lacking) else kept


def _read(path: Path) -> _Kept | None:
    """What the file holds (its state is without ids); None when it is damaged or not there."""
    sealed = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(sealed[SEAL:]).digest() != sealed[:SEAL]:
        return None
    table = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(sealed).slice(SEAL))).read_all()
    told = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    if set(table.column_names) != COLUMNS:  # another version of Kvar wrote it
        return None
    column = {name: table[name].combine_chunks().flatten().to_pylist() for name in table.column_names}
    state = State({}, dict(zip(column["home"], column["home_id"], strict=True)))
    members: defaultdict[int, set[str]] = defaultdict(set)
    for key, supplier in state.home.items():
        members[supplier].add(key)
    state.members = dict(members)
    entries = zip(*(column[name] for name in ("turn", "doubt", "firm")), strict=True)
    state.found = dict(zip(column["found"], entries, strict=True))
    state.apart, state.answered = (_paired(column[name]) for name in ("apart", "answered"))
    state.seen, state.lacking = set(column["seen"]), set(column["lacking"])
    return _Kept(int(told["count"]), told["events"], int(told["known"]), told["ids"], 0, state)


def _paired(keys: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in list(pairwise(keys))[::2]}
