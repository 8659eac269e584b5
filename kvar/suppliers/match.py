"""Match names with a register and with each other: normalise, block, compare, judge, resolve.

Deterministic: the same tables and weights give the same answer, in any order of rows (row numbers apart).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kvar.suppliers import judge
from kvar.suppliers.block import candidates
from kvar.suppliers.compare import COMPARISONS, Pairs
from kvar.suppliers.compare.number import conflict
from kvar.suppliers.evidence import Evidence, of_pair
from kvar.suppliers.resolve import Clusters
from kvar.suppliers.side import Floats, Side, prepare
from kvar.suppliers.weights import Thresholds, thresholds

LEDGER, REGISTER = "ledger", "register"
PAIRS = pa.schema([("left", pa.string()), ("right", pa.string()), ("kind", pa.string()), ("weight", pa.float32()),
                   ("decision", pa.string())])  # fmt: skip
CLUSTERS = pa.schema([("record_id", pa.string()), ("cluster", pa.int32()), ("entry", pa.string())])


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs of one kind that were joined or asked: rows of `pairs`, their weight and the decision."""

    kind: str
    pairs: Pairs
    weight: Floats
    rivals: Floats
    decision: pa.Array

    def table(self) -> pa.Table:
        """Rows of PAIRS."""
        left, right = self.pairs.texts("record_id")
        kinds = pa.array([self.kind] * len(left))
        columns = [left.cast(pa.string()), right.cast(pa.string()), kinds, pa.array(self.weight), self.decision]
        return pa.Table.from_arrays(columns, schema=PAIRS)


@dataclass(frozen=True, slots=True)
class Matches:
    """What a matching found.

    `pairs` (PAIRS): joined and asked pairs, of register entries and of ledger names. `clusters` (CLUSTERS): each
    record's payee, named by the row of its first record, and its register entry or null.
    """

    pairs: pa.Table
    clusters: pa.Table
    found: tuple[Compared, ...]

    def evidence(self, row: int) -> tuple[Evidence, ...]:
        """What speaks for and against a row of `pairs`; the bits sum to its weight."""
        for compared in self.found:
            if row < len(compared.weight):
                return of_pair(compared.pairs, compared.kind, row, float(compared.rivals[row]))
            row -= len(compared.weight)
        raise IndexError(row)


def match(records: pa.Table, register: pa.Table | None, *, limits: Thresholds | None = None) -> Matches:
    """Match `records` with `register` (or None) and with each other.

    `records`: record_id, name, country, scheme, number, postcode, city, ref; all but the first two may be missing or
    null. `register`: scheme, number, name, country, postcode, city; its ids are `scheme-number`. `limits`: in bits,
    the published thresholds when None.
    """
    limits = limits or thresholds()
    found = [_compared(*prepare(records, register), REGISTER, limits)] if register is not None else []
    left, right, vocabulary = prepare(records, records)
    found.append(_compared(left, right, vocabulary, LEDGER, limits))
    clusters, found = _resolve(left, found)
    return Matches(pa.concat_tables([one.table() for one in found]), clusters, tuple(found))


def _compared(left: Side, right: Side, vocabulary: object, kind: str, limits: Thresholds) -> Compared:
    pairs = Pairs(left, right, vocabulary, *candidates(left, right, vocabulary))  # type: ignore[arg-type]
    number = COMPARISONS["number"](pairs)
    bits = number.bits + sum(compare(pairs).bits for name, compare in COMPARISONS.items() if name != "number")
    rivals = judge.rivals(pairs.l, bits, len(right)) if kind == REGISTER else np.zeros(len(pairs), np.float32)
    weight = bits + rivals + np.float32(judge.choices(len(right), kind))
    decision = judge.decide(weight, conflict(number), limits)
    kept = np.flatnonzero(decision != judge.APART)
    chosen = Pairs(left, right, pairs.vocabulary, pairs.l[kept], pairs.r[kept])
    return Compared(kind, chosen, weight[kept], rivals[kept], pa.array(decision[kept]))


def _resolve(side: Side, found: list[Compared]) -> tuple[pa.Table, list[Compared]]:
    """Payees from the joined pairs, surest first; joined pairs that a number forbids become asked."""
    clusters = Clusters(_numbers(side))
    holders: dict[str, int] = {}
    decided = []
    for one in found:
        decision = np.array(one.decision.to_pylist(), object)
        left, right = (texts.to_pylist() for texts in one.pairs.texts("record_id"))
        order = np.lexsort((np.array(right, str), np.array(left, str), -one.weight))
        for row in order[decision[order] == judge.JOINED].tolist():
            l, r = int(one.pairs.l[row]), int(one.pairs.r[row])  # noqa: E741 - as in the literature
            done = _enter(clusters, holders, l, right[row]) if one.kind == REGISTER else clusters.join(l, r)
            decision[row] = judge.JOINED if done else judge.ASKED
        decided.append(Compared(one.kind, one.pairs, one.weight, one.rivals, pa.array(decision, pa.string())))
    entries = {clusters.find(row): entry for entry, row in holders.items()}
    heads = [clusters.find(row) for row in range(len(side))]
    columns = [side.column("record_id").cast(pa.string()), pa.array(heads, pa.int32()),
               pa.array([entries.get(head) for head in heads], pa.string())]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=CLUSTERS), decided


def _numbers(side: Side) -> list[tuple[str, str] | None]:
    """Each row's scheme and number where the number is valid."""
    rows = zip(side.column("scheme").to_pylist(), side.column("number").to_pylist(), side.valid, strict=True)
    return [(scheme, number) if valid else None for scheme, number, valid in rows]


def _enter(clusters: Clusters, holders: dict[str, int], row: int, entry: str) -> bool:
    """Give a row its register entry, and join it with those that have the same; False on another number."""
    scheme, _, number = entry.rpartition("-")
    if not clusters.number(row, scheme, number):
        return False
    return clusters.join(holders.setdefault(entry, row), row)
