"""How well names were joined, measured on records whose truth is known by a label that was hidden.

Two records are truly the same when they share a label; found the same when they are in one cluster. Pairwise
precision, recall and F1 (Christen 2012, ch. 7), B-cubed over the same relations (Bagga and Baldwin 1998; Amigó et
al. 2009), and 95 % intervals by a bootstrap over the truth's components, since pairs of one supplier are not
independent. A false join counts half at each of its ends.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Pair = tuple[int, int]
Floats = npt.NDArray[np.float64]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share 0–1 with its 95 % interval; all three are NaN when nothing was there to judge."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairwise and B-cubed quality; `true`, `found` and `right` are the pairs behind (false joins at half ends)."""

    true: int
    found: float
    right: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    cubed_precision: Estimate
    cubed_recall: Estimate
    cubed_f1: Estimate


def pairs_sharing(labels: Sequence[Collection[str]]) -> set[Pair]:
    """Pairs (i < j) of records that share a label; a record may carry several or none."""
    members: dict[str, list[int]] = defaultdict(list)
    for record, own in enumerate(labels):
        for label in set(own):
            members[label].append(record)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def pairs_within(clusters: Sequence[int]) -> set[Pair]:
    """Pairs (i < j) of records in one cluster; `clusters` gives each record's cluster."""
    members: dict[int, list[int]] = defaultdict(list)
    for record, cluster in enumerate(clusters):
        members[cluster].append(record)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def components(records: int, pairs: Iterable[Pair]) -> list[int]:
    """The component of each record, named by its lowest record, when `pairs` are joined."""
    root = list(range(records))

    def find(record: int) -> int:
        while root[record] != record:
            root[record] = root[root[record]]
            record = root[record]
        return record

    for left, right in pairs:
        a, b = find(left), find(right)
        root[max(a, b)] = min(a, b)
    return [find(record) for record in range(records)]


def measure(
    found: Iterable[Pair],
    true: set[Pair],
    unit: Sequence[int],
    *,
    keep: Sequence[bool],
    ignored: Collection[Pair] = (),
) -> Quality:
    """The quality of `found` pairs against `true` ones over the units to `keep`.

    `unit` is each record's component under the truth, `keep[record]` whether its component is in this part of the
    set, `ignored` pairs that the labels cannot judge: neither right nor wrong.
    """
    judged = set(found) - set(ignored)
    counts = _counts(judged, true - set(ignored), unit)
    chosen = np.unique(np.asarray(unit)[np.asarray(keep, dtype=bool)])
    part = counts[:, chosen]
    rng = np.random.default_rng(2026)
    weights = rng.multinomial(len(chosen), np.full(len(chosen), 1 / max(len(chosen), 1)), DRAWS)
    point, drawn = _scores(part.sum(axis=1)), _scores(part @ weights.T)
    right, wrong, missed = part[:3].sum(axis=1)
    estimates = (_estimate(float(value), draws) for value, draws in zip(point, drawn, strict=True))
    return Quality(round(right + missed), float(right + wrong), round(right), *estimates)


def _counts(found: set[Pair], true: set[Pair], unit: Sequence[int]) -> Floats:
    """Right, wrong and missed pairs, and the records' B-cubed sums and number, of each unit (rows × units)."""
    records = len(unit)
    counts = np.zeros((6, records))
    right_at, found_at, true_at = (np.ones(records) for _ in range(3))
    for left, right in found:
        found_at[[left, right]] += 1
        if (left, right) in true:
            right_at[[left, right]] += 1
            counts[0, unit[left]] += 1
        else:
            counts[1, unit[left]] += 0.5
            counts[1, unit[right]] += 0.5
    for left, right in true:
        true_at[[left, right]] += 1
        counts[2, unit[left]] += (left, right) not in found
    np.add.at(counts[3], unit, right_at / found_at)
    np.add.at(counts[4], unit, right_at / true_at)
    np.add.at(counts[5], unit, 1)
    return counts


def _scores(sums: Floats) -> list[Floats]:
    """Precision, recall and F1 by pair, then by B-cubed, of sums (6) or of sums by draw (6 × draws)."""
    right, wrong, missed, precise, recalled, records = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        pairwise = [right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)]
        p, r = precise / records, recalled / records
        return [*pairwise, p, r, 2 * p * r / (p + r)]


def _estimate(value: float, drawn: Floats) -> Estimate:
    known = drawn[~np.isnan(drawn)]
    if math.isnan(value) or not len(known):
        return Estimate(math.nan, math.nan, math.nan)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
