"""Who is who now: what was kept of an earlier replay, and the events since.

`suppliers/replayed.arrow` is the state after the first events, with the digests of those events, of the ids they were
applied to, of the code and of the file itself. When any of them is another, a later event takes one of those back, or
what an event spoke of has got an id since, all events are replayed. So the answer is that of `replay`, and the file
may be deleted at any time.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kvar.ledger.store import Store
from kvar.suppliers.events import Event, digest, event_paths, read_event
from kvar.suppliers.replay import Entry, State, advance, replay
from kvar.suppliers.signs import code

MADE_BY = ("remembered.py", "replay.py", "keys.py")
MANY = 50  # events by hand after which the state is kept anew; few are applied sooner than a state is written
SEAL = hashlib.sha256().digest_size
NUMBERS = {"home_id": pa.int64(), "turn": pa.int64(), "doubt": pa.float64()}  # the columns that are no texts
Ids = Mapping[str, int]


def state_now(store: Store, ids: Ids) -> State:
    """The state after all events, equal to their replay."""
    paths, path = event_paths(store), store.root / "suppliers" / "replayed.arrow"
    signs = _signs(paths)
    count, state = _kept(path, ids, signs)
    later = [read_event(one) for one in paths[count:]]
    if count and _takes_back(later, int(paths[count - 1].stem)):
        count, later = 0, [read_event(one) for one in paths]
    state = advance(state, later) if state and count else replay(ids, later)
    if len(later) > MANY or any(event.kind == "match" for event in later):
        _keep(state, path, {"count": str(len(paths)), "events": signs[-1], "ids": _sign_of(ids, len(ids)),
                            "known": str(len(ids))})  # fmt: skip
    return state


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


def _keep(state: State, path: Path, signs: Mapping[str, str]) -> None:
    """Write a state, sealed, beside and by rename."""
    turn, doubt, firm = zip(*state.found.values(), strict=True) if state.found else ((), (), ())
    columns = {
        "home": state.home, "home_id": state.home.values(),
        "found": state.found, "turn": turn, "doubt": doubt, "firm": firm,
        "apart": _flat(state.apart), "answered": _flat(state.answered), "seen": state.seen, "lacking": state.lacking,
    }  # fmt: skip
    made = pa.table({name: _listed(list(values), name) for name, values in columns.items()})
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


def _kept(path: Path, ids: Ids, signs: Sequence[str]) -> tuple[int, State | None]:
    """How many events the kept state is after, and that state; 0 and None where it cannot be used."""
    sealed = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(sealed[SEAL:]).digest() != sealed[:SEAL]:
        return 0, None
    table = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(sealed).slice(SEAL))).read_all()
    told = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    count, known = int(told["count"]), int(told["known"])
    if signs[count - 1 : count] != [told["events"]] or len(ids) < known or _sign_of(ids, known) != told["ids"]:
        return 0, None
    column = {name: table[name].combine_chunks().flatten().to_pylist() for name in table.column_names}
    state = State(ids, dict(zip(column["home"], column["home_id"], strict=True)))
    for key, supplier in state.home.items():
        state.members.setdefault(supplier, set()).add(key)
    entries = map(Entry, *(column[name] for name in ("turn", "doubt", "firm")))
    state.found = dict(zip(column["found"], entries, strict=True))
    state.apart, state.answered = (_paired(column[name]) for name in ("apart", "answered"))
    state.seen, state.lacking = set(column["seen"]), set(column["lacking"])
    return (0, None) if any(key in ids for key in state.lacking) else (count, state)


def _paired(keys: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in list(pairwise(keys))[::2]}
