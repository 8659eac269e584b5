"""The review queue: pairs the matching is unsure of, largest money first, shown blind when reviewers are measured.

An organisation sees pairs of its own payees, and of its own payees with register entries (which are public): never
another's spellings. A register's firm that another anchor pays by number is still the register's. In a blind round,
pairs that the matching joined by itself are mixed in: it measures how often a reviewer and the matching agree, not
who of them is right.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.suppliers.deeds import state_of
from kvar.suppliers.events import Event, add_event, events
from kvar.suppliers.found import REGISTER
from kvar.suppliers.keys import keys
from kvar.suppliers.replay import State

VERDICTS = ("same", "different", "unsure")
_STAKES = """
select k.key, sum(r.positive - r.negative)::bigint from read_parquet(?) r join keys k using (payee) group by 1
"""
BLIND_SHARE = 5  # one in so many of the joined pairs is mixed in, in a blind round


Line = tuple[str, str | None, str | None, str, float]  # what, one's, the other's, level, bits
Pair = tuple[str, str, float, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair: the keys (the second may be a register's firm), bits, evidence lines, and minor units at stake."""

    one: str
    other: str
    bits: float
    evidence: tuple[Line, ...]
    stake: int


def queue(store: Store, batches: Sequence[BatchRef], *, blind: bool = False) -> list[Asked]:
    """Pairs to answer for the anchors of `batches`, most money first; in a blind round with joined ones mixed in."""
    state, paid = state_of(store), stakes(store, batches)
    open_pairs = [pair for pair in _strongest(_asked(store)) if _is_open(state, pair)]
    open_pairs += _known_pairs(store) if blind else []
    public = _registered(store, {other for _, other, *_ in open_pairs if other in state.ids and other not in paid})
    mine = [
        Asked(one, other, bits, _shown(lines, hidden=other in public), paid[one] + paid.get(other, 0))
        for one, other, bits, lines in open_pairs
        if one in paid and (other in paid or other in public or other not in state.ids)
    ]
    return sorted(mine, key=lambda pair: (-pair.stake, pair.one, pair.other))


def answer(  # noqa: PLR0913 - who, what, and in which round
    store: Store, batches: Sequence[BatchRef], pair: tuple[str, str], verdict: str, *, by: str, reason: str = "",
    blind: bool = False,
) -> Event:  # fmt: skip
    """Answer a pair that is asked; `suppliers.answer.not_asked` for any other, `.verdict` for another word."""
    if verdict not in VERDICTS:
        raise KvarError("suppliers.answer.verdict", known=", ".join(VERDICTS))
    if pair not in {(item.one, item.other) for item in queue(store, batches, blind=blind)}:
        raise KvarError("suppliers.answer.not_asked")
    known = {(one, other) for one, other, *_ in _known_pairs(store)} if blind else set()
    what = {
        "pair": list(pair),
        "verdict": verdict if pair not in known else "unsure",
        "said": verdict,
        "blind": blind,
    }
    return add_event(store, "answer", by=by, reason=reason or verdict, what=what)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """How a reviewer answered pairs that the matching joined: answers, said same (agreed), said different."""

    by: str
    n: int
    same: int
    different: int


def reviewers(store: Store) -> list[Reviewer]:
    """Each reviewer's agreement with the matching in blind rounds."""
    known = {(one, other) for one, other, *_ in _known_pairs(store)}
    told: dict[str, list[str]] = {}
    for event in events(store):
        if event.kind == "answer" and event.what.get("blind") and tuple(event.what["pair"]) in known:
            told.setdefault(event.by, []).append(event.what["said"])
    return [Reviewer(by, len(all_), all_.count("same"), all_.count("different")) for by, all_ in sorted(told.items())]


def _registered(store: Store, keys_: Collection[str]) -> set[str]:
    """Those of some keys that are firms of a register in the store."""
    path = store.root / "registers" / "firms.parquet"
    if not keys_ or not path.exists():
        return set()
    found = pq.read_table(path, columns=["firm"], filters=[("firm", "in", list(keys_))])
    return set(found["firm"].to_pylist())


def _shown(lines: Sequence[Line], *, hidden: bool) -> tuple[Line, ...]:
    """Evidence; `hidden`: without the other's values, unless they are the register's, for they may be another's."""
    registers = any(what == "choices" and level == REGISTER for what, _, _, level, _ in lines)
    return tuple((w, x, None if hidden and not registers else y, z, b) for w, x, y, z, b in lines)


def stakes(store: Store, batches: Sequence[BatchRef]) -> Mapping[str, int]:
    """Minor units (sizes, whatever their sign) paid to each key in some batches."""
    found: dict[str, int] = {}
    with duckdb.connect() as link:
        for batch in batches:
            link.register("keys", keys(store, batch))
            for key, amount in link.execute(_STAKES, [str(batch.folder / "rollup.parquet")]).fetchall():
                found[key] = found.get(key, 0) + amount
    return found


def _asked(store: Store) -> list[Pair]:
    """Every pair of the matching's runs that were not undone."""
    known = events(store)
    undone = {event.what["event"] for event in known if event.kind == "undo" and "row" not in event.what}
    return [tuple(pair) for event in known if event.kind == "match" and event.number not in undone
            for pair in event.what["asked"]]  # fmt: skip


def _strongest(pairs: Sequence[Pair]) -> list[Pair]:
    """Each pair once, whichever way round it was found: the one with most bits."""
    best: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        both = frozenset(pair[:2])
        if both not in best or pair[2] > best[both][2]:
            best[both] = pair
    return list(best.values())


def _is_open(state: State, pair: Pair) -> bool:
    one, other = pair[:2]
    if one not in state.ids or frozenset((one, other)) in state.answered:
        return False
    if other in state.ids:
        return state.supplier(one) != state.supplier(other)
    return state.entry(one) is None


def _known_pairs(store: Store) -> list[Pair]:
    """Pairs that the matching joined, some of them by a digest, so that every reviewer meets the same ones."""
    found: list[Pair] = []
    for event in events(store):
        if event.kind == "match":
            found += [(one, other, bits, []) for one, other, bits in event.what["joins"] if _drawn(one, other)]
    return found


def _drawn(one: str, other: str) -> bool:
    return hashlib.sha256(f"{one}|{other}".encode()).digest()[0] % BLIND_SHARE == 0
