"""What a person may do to who is who: join two suppliers, take a name out of one, take back what was done."""

from collections.abc import Mapping

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.suppliers.events import Event, add_event, events
from kvar.suppliers.keys import PERSONS, Ids, new_ids
from kvar.suppliers.remembered import state_now
from kvar.suppliers.replay import State


def state_of(store: Store) -> State:
    """Who is who now."""
    return state_now(store, Ids(store).known)


def merge(store: Store, one: str, other: str, *, by: str, reason: str) -> Event:
    """Make the suppliers of two keys one; the older id stays. Persons are never joined."""
    state = state_of(store)
    _known(state, one, other)
    if PERSONS in f"{one} {other}":
        raise KvarError("suppliers.merge.person")
    if state.supplier(one) == state.supplier(other):
        raise KvarError("suppliers.merge.same")
    return add_event(store, "merge", by=by, reason=reason, what={"keys": [one, other]})


def split(store: Store, key: str, *, by: str, reason: str) -> Event:
    """Take a key out of its supplier; `suppliers.split.alone` when it is the only one."""
    with new_ids(store) as ids:
        state = state_now(store, ids.known)
        _known(state, key)
        if len(state.together(state.supplier(key), key)) < 2:
            raise KvarError("suppliers.split.alone")
        number = len(events(store)) + 1
        fresh = ids.reserve(f"split-{number}-{key}")
    return add_event(store, "split", by=by, reason=reason, what={"key": key, "id": fresh})


def undo(store: Store, number: int, *, by: str, reason: str, row: int | None = None) -> Event:
    """Take an event back, or one `row` (join or entry) of a matching run; `suppliers.undo.unknown`."""
    known = {event.number: event for event in events(store)}
    event = known.get(number)
    rows = len(event.what["joins"]) + len(event.what["entries"]) if event and event.kind == "match" else 0
    if event is None or (row is not None and not 0 <= row < rows):
        raise KvarError("suppliers.undo.unknown", number=number)
    what: Mapping[str, int] = {"event": number} if row is None else {"event": number, "row": row}
    return add_event(store, "undo", by=by, reason=reason, what=what)


def history(store: Store, supplier: int) -> list[tuple[Event, str]]:
    """Each event that touched a supplier's keys, with the key it touched, in order; undone ones too."""
    state = state_of(store)
    own = state.members.get(supplier) or {key for key, id_ in state.ids.items() if id_ == supplier}
    return [(event, key) for event in events(store) for key in sorted(_touched(event) & own)]


def _touched(event: Event) -> set[str]:
    what = event.what
    if event.kind == "match":
        return {key for pair in what["joins"] for key in pair[:2]} | {pair[0] for pair in what["entries"]}
    if event.kind == "answer":
        return set(what["pair"])
    return {what["key"]} if event.kind == "split" else set(what.get("keys", ()))


def _known(state: State, *wanted: str) -> None:
    for key in wanted:
        if key not in state.ids:
            raise KvarError("suppliers.key.unknown", key=key)
