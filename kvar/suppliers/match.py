"""Match names with a register and with each other: normalise, block, compare, judge, resolve.

Deterministic: the same tables and weights give the same answer, in any order of rows (row numbers apart).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers import judge
from kvar.suppliers.evidence import Evidence, of_pairs
from kvar.suppliers.found import KNOWN, LEDGER, REGISTER, Found, find
from kvar.suppliers.index import Index, build
from kvar.suppliers.resolve import Clusters
from kvar.suppliers.side import Ints, Payees, payees
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

    def evidence(self, rows: Sequence[int]) -> list[tuple[Evidence, ...]]:
        """What speaks for and against each of some rows of `pairs`, in order; the bits sum to its weight."""
        told: dict[int, tuple[Evidence, ...]] = {}
        first = 0
        for one in self.found:
            here = np.array([row - first for row in rows if 0 <= row - first < len(one.weight)], np.int64)
            lines = of_pairs(one.pairs.take(here), one.kind, one.rivals[here], one.chance)
            told |= dict(zip((here + first).tolist(), lines, strict=True))
            first += len(one.weight)
        return [told[row] for row in rows]


def match(records: pa.Table, register: pa.Table | Index | None, *, limits: Thresholds | None = None) -> Matches:
    """Match `records` with `register` (or None) and with each other.

    `records`: record_id, name, country, scheme, number, postcode, city, ref; all but the first two may be missing or
    null. `register`: scheme, number, name, country, postcode, city; its ids are `scheme-number`; or the index of
    one. `limits`: in bits, for both; the published thresholds when None.
    """
    with ThreadPoolExecutor(2) as pool:  # most of it is done outside the interpreter's lock
        mine = pool.submit(lambda: build(payees(records)))
        index = build(payees(register)) if isinstance(register, pa.Table) else register
        own = mine.result()
        left = own.side.payees
        jobs = [] if index is None else [pool.submit(find, left, index, REGISTER, limits or thresholds(REGISTER))]
        jobs.append(pool.submit(find, left, own, LEDGER, limits or thresholds(LEDGER), background=index))
        return _matches(left, [job.result() for job in jobs])


def match_known(records: pa.Table, known: Index, background: Index | None) -> Matches:
    """Match `records` with the index of names `known` from earlier ledgers.

    `background`: the register's index, to know common words by.
    """
    left = payees(records)
    found = find(left, known, KNOWN, thresholds(LEDGER), background=background)
    return _matches(left, [found])


def _matches(left: Payees, found: list[Found]) -> Matches:
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
        for row, l, r, right in _surest(one):  # noqa: E741 - as in the literature
            done = clusters.join(l, r) if one.kind == LEDGER else _enter(clusters, holders, l, right)
            if not done:
                decision[row] = judge.ASKED
        decided.append(replace(one, decision=decision))
    entries = {clusters.find(row): entry for entry, row in holders.items()}
    heads = [clusters.find(row) for row in range(size)]
    columns = [records.column("record_id").slice(0, size), pa.array(heads, pa.int32()),
               pa.array([entries.get(head) for head in heads], pa.string())]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=CLUSTERS), decided


def _surest(found: Found) -> Iterator[tuple[int, int, int, str]]:
    """Row, two records and the right one's id of each joined pair, the surest first, then by the ids."""
    rows = np.flatnonzero(found.decision == judge.JOINED)
    pairs = found.pairs.take(rows)
    left, right = pairs.texts("record_id")
    order = np.lexsort((_rank(right), _rank(left), -found.weight[rows]))
    records = pairs.left.payees.owner[pairs.l], pairs.right.payees.owner[pairs.r]
    columns = (rows[order], *(side[order] for side in records))
    return zip(*(column.tolist() for column in columns), right.take(pa.array(order)).to_pylist(), strict=True)


def _rank(texts: pa.Array) -> Ints:
    """The place of each text among all."""
    encoded = texts.dictionary_encode()
    found: Ints = pc.rank(encoded.dictionary).to_numpy()[encoded.indices.to_numpy()].astype(np.int64)
    return found


def _numbers(records: Payees) -> list[tuple[str, str] | None]:
    """Each row's scheme and number where the number is valid."""
    found: list[tuple[str, str] | None] = [None] * len(records)
    rows = np.flatnonzero(valid_numbers(records))
    columns = (records.column(name).take(pa.array(rows)).to_pylist() for name in ("scheme", "number"))
    for row, *number in zip(rows.tolist(), *columns, strict=True):
        found[row] = (number[0], number[1])
    return found


def _enter(clusters: Clusters, holders: dict[str, int], row: int, entry: str) -> bool:
    """Give a row its register entry, and join it with those that have the same; False on another number."""
    scheme, _, number = entry.rpartition("-")
    if not clusters.number(row, scheme, number.lstrip("0")):
        return False
    return clusters.join(holders.setdefault(entry, row), row)
