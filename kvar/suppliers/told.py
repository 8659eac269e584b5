"""What has been decided about one supplier, row by row, fit to be shown to anyone: no author's name, no reason.

Reasons are a person's own words and stay in the workbench (`kvar suppliers history`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kvar.ledger.store import Store
from kvar.suppliers.deeds import state_of
from kvar.suppliers.events import MATCHING, Event, events
from kvar.suppliers.replay import undone_rows

JOINS = ("joined", "same", "merged")
Deed = Literal["joined", "found", "same", "different", "merged", "split"]


@dataclass(frozen=True, slots=True)
class Told:
    """On a day `one` was joined with (found in, held apart from) `other`; `bits` of evidence where a run did it."""

    day: str
    deed: Deed
    one: str
    other: str
    bits: float | None
    by_hand: bool
    undone: bool


def told(store: Store, supplier: int) -> tuple[Told, ...]:
    """Every row of the events that touched a supplier's keys, in order; what was taken back says so.

    A number found under the same number in a register goes without saying.
    """
    state, known = state_of(store), events(store)
    own = state.members.get(supplier) or {key for key, id_ in state.ids.items() if id_ == supplier}
    back, once = undone_rows(known), set(own)
    rows = []
    for event in known:
        for row, deed, one, other, bits in _deeds(event):
            touched = one in once if deed in {"found", "split"} else bool({one, other} & own)
            if touched and plain(one) != plain(other):
                once |= {one, other} if deed in JOINS else set()
                undone = (event.number, None) in back or (event.number, row) in back
                rows.append(Told(event.at[:10], deed, plain(one), plain(other), bits, event.by != MATCHING, undone))
    return tuple(rows)


def _deeds(event: Event) -> Iterator[tuple[int, Deed, str, str, float | None]]:
    what = event.what
    if event.kind == "match":
        pairs = [("joined", pair) for pair in what["joins"]] + [("found", pair) for pair in what["entries"]]
        yield from ((n, deed, *pair[:3]) for n, (deed, pair) in enumerate(pairs))
    elif event.kind == "answer" and what["verdict"] != "unsure":
        yield 0, what["verdict"], *what["pair"], None
    elif event.kind == "merge":
        yield 0, "merged", *what["keys"], None
    elif event.kind == "split":
        yield 0, "split", what["key"], "", None


def plain(key: str) -> str:
    """A key as people read it: the name or the number without its scheme."""
    return key.split("-", 2)[-1]
