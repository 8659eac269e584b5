"""The state kept on disk: whatever is decided, undone, damaged or counted anew, it is the replay of the events."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.ledger.store import Store
from kvar.suppliers import remembered
from kvar.suppliers.events import Kind, add_event, events
from kvar.suppliers.remembered import state_now
from kvar.suppliers.replay import replay

KEYS = [*(f"name-SE-{letter}" for letter in "abcdef"), "SE-ON-1", "SE-ON-2"]
LATE = "SE-ON-3"  # a firm that a ledger names only later
key = st.sampled_from(KEYS)
pair = st.tuples(key, key).map(list)
bits = st.just(9.0)
run = st.builds(
    lambda joins, entries: {
        "joins": joins,
        "entries": entries,
        "asked": [],
        "seen": [k for j in joins for k in j[:2]],
    },
    st.lists(st.tuples(key, key, bits), max_size=4),
    st.lists(st.tuples(key, st.sampled_from([LATE, "SE-ON-9", "SE-ON-1"]), st.floats(0, 30)), max_size=3),
)
step = st.one_of(
    st.tuples(st.just("match"), run),
    st.tuples(st.just("merge"), pair.map(lambda keys: {"keys": keys})),
    st.tuples(st.just("split"), key.map(lambda one: {"key": one})),
    st.tuples(st.just("answer"), st.builds(lambda one, other, verdict: {"pair": [one, other], "verdict": verdict},
              key, st.sampled_from([*KEYS, LATE]), st.sampled_from(["same", "different", "unsure"]))),
    st.tuples(st.just("undo"),
              st.fixed_dictionaries({"event": st.integers(1, 9)}, optional={"row": st.integers(0, 3)})),
    st.tuples(st.sampled_from(["late", "forget", "damage", "lose", "cut"]), st.integers(0, 10_000)),
)  # fmt: skip
Steps = Sequence[tuple[str, Any]]


def play(store: Store, ids: dict[str, int], kind: str, what: Any) -> None:
    """One step: an event, a firm that becomes a payee, or harm to the kept file."""
    path = store.root / "suppliers" / "replayed.arrow"
    if kind == "forget":
        remembered._last.clear()
    elif kind == "late":
        ids.setdefault(LATE, 50)
    elif kind in {"damage", "lose", "cut"}:
        harm(path, kind, what)
    else:
        made: Kind = kind  # type: ignore[assignment]
        number = len(events(store)) + 1
        add_event(store, made, by="a", reason="b", what=what | ({"id": 100 + number} if kind == "split" else {}))


def harm(path: Path, kind: str, at: int) -> None:
    remembered._last.clear()
    if not path.exists():
        return
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1
    if kind == "lose":
        path.unlink()
    else:
        path.write_bytes(content if kind == "damage" else content[: at % len(content)])


@settings(max_examples=60, deadline=None)
@given(st.lists(step, max_size=10), st.integers(0, 3))
def test_what_is_kept_is_the_replay(steps: Steps, many: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembered, "MANY", many)
        store, ids = Store(Path(folder)), {name: number for number, name in enumerate(KEYS)}
        for kind, what in steps:
            play(store, ids, kind, what)
            now, anew = state_now(store, ids), replay(ids, events(store))
            assert asdict(now) == asdict(anew)
            assert [now.entry(one) for one in KEYS] == [anew.entry(one) for one in KEYS]


@pytest.mark.parametrize("forgotten", [True, False])
def test_later_events_alone_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: bool) -> None:
    monkeypatch.setattr(remembered, "MANY", 0 if forgotten else 50)
    store, ids = Store(tmp_path), {name: number for number, name in enumerate(KEYS)}
    found = {"joins": [[KEYS[0], KEYS[1], 9.0]], "entries": [[KEYS[1], "SE-ON-9", 9.0]], "asked": [],
             "seen": KEYS[:2]}  # fmt: skip
    add_event(store, "match", by="kvar", reason="", what=found)
    state_now(store, ids)
    if forgotten:
        remembered._last.clear()
    assert (store.root / "suppliers" / "replayed.arrow").exists() == forgotten
    last = add_event(store, "merge", by="a", reason="b", what={"keys": [KEYS[1], KEYS[2]]})
    read: list[str] = []
    monkeypatch.setattr(remembered, "read_event", lambda path: read.append(path.stem) or last)
    now = state_now(store, ids)
    assert now.supplier(KEYS[2]) == 0
    assert [now.entry(one) for one in KEYS[:3]] == ["SE-ON-9"] * 3
    assert read == [f"{last.number:08}"]


def test_what_was_answered_before_stays_as_it_was(tmp_path: Path) -> None:
    store, ids = Store(tmp_path), {name: number for number, name in enumerate(KEYS)}
    add_event(store, "merge", by="a", reason="b", what={"keys": KEYS[:2]})
    before = state_now(store, ids)
    assert state_now(store, ids) == before
    for what in ({"keys": [KEYS[1], KEYS[2]]}, {"keys": [KEYS[2], KEYS[3]]}):
        add_event(store, "merge", by="a", reason="b", what=what)
        assert state_now(store, ids).members[0] > {KEYS[0], KEYS[1]}
    assert before.members == {0: {KEYS[0], KEYS[1]}}
    assert before.home == {KEYS[0]: 0, KEYS[1]: 0}


def test_it_is_written_anew_when_a_tenth_as_much_was_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MANY", 3)
    store, ids = Store(tmp_path), {name: number for number, name in enumerate(KEYS)}
    path = store.root / "suppliers" / "replayed.arrow"
    seen = {"joins": [], "entries": [], "asked": [], "seen": [str(n) for n in range(100)]}
    add_event(store, "match", by="kvar", reason="", what=seen)
    state_now(store, ids)
    first = path.read_bytes()
    for more, written in ((10, False), (2, True)):
        found = seen | {"seen": [f"{written} {n}" for n in range(more)]}
        add_event(store, "match", by="kvar", reason="", what=found)
        state_now(store, ids)
        assert (path.read_bytes() != first) == written


def test_other_ids_or_an_event_written_over_make_it_anew(tmp_path: Path) -> None:
    store, ids = Store(tmp_path), {name: number for number, name in enumerate(KEYS)}
    found = {"joins": [[KEYS[0], KEYS[1], 9.0]], "entries": [], "asked": [], "seen": []}
    add_event(store, "match", by="kvar", reason="", what=found)
    state_now(store, ids)
    turned = {name: 7 - number for name, number in ids.items()}
    assert asdict(state_now(store, turned)) == asdict(replay(turned, events(store)))
    path = store.root / "identity" / "events" / "00000001.json"
    path.write_text(path.read_text(encoding="utf-8").replace(KEYS[1], KEYS[2]), encoding="utf-8")
    assert state_now(store, ids).supplier(KEYS[2]) == 0
    assert state_now(store, ids).supplier(KEYS[1]) == 1


def test_a_file_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MANY", 0)
    store, ids = Store(tmp_path), {name: number for number, name in enumerate(KEYS)}
    add_event(store, "merge", by="a", reason="b", what={"keys": KEYS[:2]})
    expected = state_now(store, ids)
    path = store.root / "suppliers" / "replayed.arrow"
    with pa.ipc.open_file(pa.BufferReader(path.read_bytes()[remembered.SEAL :])) as file:
        older = file.read_all().drop_columns(["doubt"])
    out = pa.BufferOutputStream()
    with pa.ipc.new_file(out, older.schema) as file:
        file.write_table(older)
    content = out.getvalue().to_pybytes()
    path.write_bytes(hashlib.sha256(content).digest() + content)
    remembered._last.clear()
    assert state_now(store, ids) == expected
