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
Ints = npt.NDArray[np.int64]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share 0–1 with its 95 % interval; NaN when nothing was there to judge, or drawn."""

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
    true: Iterable[Pair],
    unit: Sequence[int],
    *,
    keep: Sequence[bool],
    ignored: Iterable[Pair] = (),
    draws: int = DRAWS,
) -> Quality:
    """The quality of `found` pairs against `true` ones over the units to `keep`.

    `unit` is each record's component under the truth, `keep[record]` whether its component is in this part of the
    set, `ignored` pairs that the labels cannot judge: neither right nor wrong. Intervals from `draws` resamplings.
    """
    records = len(unit)
    coded = [_coded(pairs, records) for pairs in (found, true, ignored)]
    judged, truth = (np.setdiff1d(pairs, coded[2]) for pairs in coded[:2])
    chosen = np.unique(np.asarray(unit)[np.asarray(keep, dtype=bool)])
    part = _counts(judged, truth, np.asarray(unit))[:, chosen]
    rng = np.random.default_rng(2026)
    weights = rng.multinomial(len(chosen), np.full(len(chosen), 1 / max(len(chosen), 1)), draws)
    point, drawn = _scores(part.sum(axis=1)), _scores(part @ weights.T)
    right, wrong, missed = part[:3].sum(axis=1)
    estimates = (_estimate(float(value), resampled) for value, resampled in zip(point, drawn, strict=True))
    return Quality(round(right + missed), float(right + wrong), round(right), *estimates)


def _coded(pairs: Iterable[Pair], records: int) -> Ints:
    """Distinct pairs as one number each."""
    return np.unique(np.array([left * records + right for left, right in pairs], np.int64))


def _counts(found: Ints, true: Ints, unit: Ints) -> Floats:
    """Right, wrong and missed pairs, and the records' B-cubed sums and number, of each unit (rows × units)."""
    records = len(unit)
    is_right = np.isin(found, true)
    groups = (found[is_right], found[~is_right], np.setdiff1d(true, found))
    ends = [np.bincount(np.concatenate(np.divmod(pairs, records)), minlength=records) for pairs in groups]
    right, wrong, missed = (count[:records].astype(np.float64) for count in ends)
    by_record = [right / 2, wrong / 2, missed / 2, (1 + right) / (1 + right + wrong),
                 (1 + right) / (1 + right + missed), np.ones(records)]  # fmt: skip
    return np.stack([np.bincount(unit, weights=values, minlength=records) for values in by_record])


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
        return Estimate(value, math.nan, math.nan)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
