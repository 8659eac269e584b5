"""From events to who is who: the same events give the same suppliers, whatever was undone in between.

`what` of each kind: match {joins: [[key, key, bits]…], entries: [[key, firm, bits]…], asked: […], seen: [key…]},
answer {pair: [key, key or firm], verdict}, merge {keys: [key, key]}, split {key, id}, undo {event, row?}.
Two suppliers joined keep the older id; a split key gets its own id back, or the fresh one its event reserved. The
matching never joins what someone has said is different, nor two numbers of one register; a person may, with a reason.
A register's entry is of the key it was found for and goes where that goes. A supplier with several has the one a
person said last, else the first found (of one run the surest).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kvar.suppliers.events import Event
from kvar.suppliers.keys import PERSONS

Entry = tuple[int, float, str]  # event (negative by hand), bits against, firm: of several the least goes first


@dataclass(slots=True)
class State:
    """Who is who after some events."""

    ids: Mapping[str, int]
    home: dict[str, int] = field(default_factory=dict)  # key -> supplier, where it is not its own
    members: dict[int, set[str]] = field(default_factory=dict)
    found: dict[str, Entry] = field(
        default_factory=dict
    )  # key -> the firm that the matching or a person found for it
    apart: set[frozenset[str]] = field(default_factory=set)
    answered: set[frozenset[str]] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)  # what the events asked an id of, and had none

    def copy(self, ids: Mapping[str, int]) -> "State":
        """The same state of its own, with ids that may have grown."""
        members = {supplier: set(keys) for supplier, keys in self.members.items()}
        pairs = set(self.apart), set(self.answered)
        return State(ids, dict(self.home), members, dict(self.found), *pairs, set(self.seen), set(self.lacking))

    def supplier(self, key: str) -> int:
        """The supplier a key belongs to."""
        return self.home.get(key, self.ids[key])

    def known(self, *keys: str) -> bool:
        """Do all of these have ids?"""
        lacking = [key for key in keys if key not in self.ids]
        self.lacking.update(lacking)
        return not lacking

    def together(self, supplier: int, own: str) -> set[str]:
        """The keys of a supplier, `own` being one of them."""
        return self.members.get(supplier, {own})

    def join(self, one: str, other: str, *, by_hand: bool) -> bool:
        """Make two keys' suppliers one; False when the matching may not."""
        a, b = self.supplier(one), self.supplier(other)
        if a == b:
            return True
        left, right = self.together(a, one), self.together(b, other)
        if PERSONS in one or PERSONS in other or (not by_hand and self._kept_apart(left, right)):
            return False
        older, newer = min(a, b), max(a, b)
        self.members[older] = left | right
        self.members.pop(newer, None)
        self.home |= dict.fromkeys(left | right, older)
        return True

    def entry(self, key: str) -> str | None:
        """The register's firm that was found for the supplier of a key."""
        if key not in self.home:
            return self.found[key][2] if key in self.found else None
        found = [self.found[one] for one in self.members[self.home[key]] if one in self.found]
        return min(found)[2] if found else None

    def differ(self, one: str, other: str) -> None:
        """Someone says that these are different: neither is found in a register as the other any longer."""
        self.apart.add(frozenset((one, other)))
        for key, firm in ((one, other), (other, one)):
            if key in self.found and self.found[key][2] == firm:
                del self.found[key]

    def parted(self, one: str, other: str) -> bool:
        """Has someone said that these are different?"""
        return bool(self.apart) and frozenset((one, other)) in self.apart

    def _kept_apart(self, left: set[str], right: set[str]) -> bool:
        if self.apart and any(frozenset((a, b)) in self.apart for a in left for b in right):
            return True
        one = _numbers(left)
        two = _numbers(right) if one else {}
        return any(one[scheme] != two[scheme] for scheme in one.keys() & two.keys())

    def part(self, key: str, fresh: int) -> None:
        """Take a key out of its supplier: its own id back, or `fresh` where another goes by that id."""
        supplier = self.supplier(key)
        rest = self.together(supplier, key) - {key}
        if not rest:
            return
        self.members[supplier] = rest
        own = fresh if self.members.get(self.ids[key]) else self.ids[key]
        self.home[key], self.members[own] = own, {key}
        for other in rest:
            self.differ(key, other)


def _numbers(members: Iterable[str]) -> dict[str, str]:
    """Scheme -> number of the numbered keys (`SE-ON-5560125790`)."""
    numbered = (key.rpartition("-") for key in members if not key.startswith(("name-", "unnamed-")))
    return {scheme: number for scheme, _, number in numbered}


def replay(ids: Mapping[str, int], known: Sequence[Event]) -> State:
    """The state after all events that were not undone."""
    return advance(State(ids), known)


def advance(state: State, known: Sequence[Event]) -> State:
    """The same state after some more events, of which none takes back an earlier one."""
    undone = undone_rows(known)
    for event in known:
        if (event.number, None) not in undone:
            _apply(state, event, {row for number, row in undone if number == event.number and row is not None})
    return state


def undone_rows(known: Sequence[Event]) -> set[tuple[int, int | None]]:
    """(event, row) undone; an undo that was itself undone, or of what was not yet done, counts for nothing."""
    found: set[tuple[int, int | None]] = set()
    for event in reversed(known):
        if event.kind == "undo" and event.what["event"] < event.number and (event.number, None) not in found:
            found.add((event.what["event"], event.what.get("row")))
    return found


def _apply(state: State, event: Event, skipped: set[int]) -> None:
    what = event.what
    if event.kind == "match":
        state.seen |= set(what["seen"])
        for row, (one, other, _) in enumerate(what["joins"]):
            if row not in skipped and state.known(one, other):
                state.join(one, other, by_hand=False)
        for row, (key, firm, bits) in enumerate(what["entries"], len(what["joins"])):
            if row not in skipped and state.known(key) and not state.parted(key, firm):
                state.found.setdefault(key, (event.number, -bits, firm))
    elif event.kind == "answer":
        _answer(state, event)
    elif event.kind == "merge":
        state.join(*what["keys"], by_hand=True)
    elif event.kind == "split":
        state.part(what["key"], what["id"])


def _answer(state: State, event: Event) -> None:
    one, other = event.what["pair"]
    verdict = event.what["verdict"]
    state.answered.add(frozenset((one, other)))
    if verdict == "different":
        state.differ(one, other)
    elif verdict == "same" and state.known(other):
        state.join(one, other, by_hand=True)
    elif verdict == "same":
        state.found[one] = (-event.number, 0.0, other)
