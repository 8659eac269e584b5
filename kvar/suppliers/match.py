"""Match names with a register and with each other: normalise, block, compare, judge, resolve.

Deterministic: the same tables and weights give the same answer, in any order of rows (row numbers apart).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kvar.suppliers import judge
from kvar.suppliers.evidence import Evidence, of_pair
from kvar.suppliers.found import LEDGER, REGISTER, Found, find
from kvar.suppliers.index import Index, build
from kvar.suppliers.resolve import Clusters
from kvar.suppliers.side import Payees, payees
from kvar.suppliers.validity import valid_numbers
from kvar.suppliers.weights import Thresholds, thresholds

PAIRS = pa.schema([("left", pa.string()), ("right", pa.string()), ("kind", pa.string()), ("weight", pa.float32()),
                   ("decision", pa.string())])  # fmt: skip
CLUSTERS = pa.schema([("record_id", pa.string()), ("cluster", pa.int32()), ("entry", pa.string())])


@dataclass(frozen=True, slots=True)
class Matches:
    """What a matching found.

    `pairs` (PAIRS): joined and asked pairs, of register entries and of ledger names. `clusters` (CLUSTERS): each
    record's payee, named by the row of its first record, and its register entry or null.
    """

    pairs: pa.Table
    clusters: pa.Table
    found: tuple[Found, ...]

    def evidence(self, row: int) -> tuple[Evidence, ...]:
        """What speaks for and against a row of `pairs`; the bits sum to its weight."""
        for one in self.found:
            if row < len(one.weight):
                return of_pair(one.pairs, one.kind, row, float(one.rivals[row]))
            row -= len(one.weight)
        raise IndexError(row)


def match(records: pa.Table, register: pa.Table | Index | None, *, limits: Thresholds | None = None) -> Matches:
    """Match `records` with `register` (or None) and with each other.

    `records`: record_id, name, country, scheme, number, postcode, city, ref; all but the first two may be missing or
    null. `register`: scheme, number, name, country, postcode, city; its ids are `scheme-number`; or the index of
    one. `limits`: in bits, the published thresholds when None.
    """
    limits = limits or thresholds()
    left = payees(records)
    index = build(payees(register)) if isinstance(register, pa.Table) else register
    found = [] if index is None else [find(left, index, REGISTER, limits)]
    found.append(find(left, build(left), LEDGER, limits, background=index))
    clusters, found = _resolve(left, found)
    tables = [_table(one) for one in found]
    return Matches(pa.concat_tables(tables), clusters, tuple(found))


def _table(found: Found) -> pa.Table:
    """Rows of PAIRS."""
    left, right = found.pairs.texts("record_id")
    kinds = pa.array([found.kind] * len(left), pa.string())
    columns = [left, right, kinds, pa.array(found.weight), pa.array(found.decision, pa.string())]
    return pa.Table.from_arrays(columns, schema=PAIRS)


def _resolve(records: Payees, found: list[Found]) -> tuple[pa.Table, list[Found]]:
    """Payees from the joined pairs, surest first; joined pairs that a number forbids become asked."""
    size = int(records.owner.max(initial=-1)) + 1
    clusters = Clusters(_numbers(records)[:size])
    holders: dict[str, int] = {}
    decided = []
    for one in found:
        decision = one.decision.copy()
        left, right = (texts.to_pylist() for texts in one.pairs.texts("record_id"))
        order = np.lexsort((np.array(right, str), np.array(left, str), -one.weight))
        for row in order[decision[order] == judge.JOINED].tolist():
            l = int(one.pairs.left.payees.owner[one.pairs.l[row]])  # noqa: E741 - as in the literature
            r = int(one.pairs.right.payees.owner[one.pairs.r[row]])
            done = _enter(clusters, holders, l, right[row]) if one.kind == REGISTER else clusters.join(l, r)
            decision[row] = judge.JOINED if done else judge.ASKED
        decided.append(Found(one.kind, one.pairs, one.weight, one.rivals, decision))
    entries = {clusters.find(row): entry for entry, row in holders.items()}
    heads = [clusters.find(row) for row in range(size)]
    columns = [records.column("record_id").slice(0, size), pa.array(heads, pa.int32()),
               pa.array([entries.get(head) for head in heads], pa.string())]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=CLUSTERS), decided


def _numbers(records: Payees) -> list[tuple[str, str] | None]:
    """Each row's scheme and number where the number is valid."""
    rows = zip(records.column("scheme").to_pylist(), records.column("number").to_pylist(), valid_numbers(records),
               strict=True)  # fmt: skip
    return [(scheme, number) if valid else None for scheme, number, valid in rows]


def _enter(clusters: Clusters, holders: dict[str, int], row: int, entry: str) -> bool:
    """Give a row its register entry, and join it with those that have the same; False on another number."""
    scheme, _, number = entry.rpartition("-")
    if not clusters.number(row, scheme, number.lstrip("0")):
        return False
    return clusters.join(holders.setdefault(entry, row), row)
