"""Regional output multipliers from a national input–output table, as a cross-check of LM3 and never its proof.

L = (I − A)⁻¹; a sector's output multiplier is its column sum of L (type I: no households). Regional coefficients by
FLQ: a^r_ij = a^n_ij · min(1, FLQ_ij), FLQ_ij = λ* · CILQ_ij, λ* = [log2(1 + X^r/X^n)]^δ on totals,
CILQ_ij = SLQ_i / SLQ_j, on the diagonal SLQ_i. δ is not known for Sweden: always shown over 0.1–0.4.
Sources: Miller & Blair, Input–Output Analysis; Flegg & Tohmo (science research C).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kvar.core.errors import KvarError

INDICATOR = "input_output"
VERSION = "1.0"
DELTAS = (0.1, 0.2, 0.25, 0.3, 0.4)
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Output multipliers (n sectors) for one δ."""

    delta: float
    multipliers: Matrix


def coefficients(flows: Matrix, output: Matrix) -> Matrix:
    """A (n, n) from flows Z (n, n, buyer in columns) and output x (n,); `spending.io.shape` if they do not fit."""
    if flows.shape != (len(output), len(output)) or (output <= 0).any() or (flows < 0).any():
        raise KvarError("spending.io.shape", rows=flows.shape[0], sectors=len(output))
    result: Matrix = flows / output
    return result


def leontief(a: Matrix) -> Matrix:
    """L = (I − A)⁻¹; `spending.io.productive` where A uses up all it makes (spectral radius 1 or more)."""
    if max(abs(np.linalg.eigvals(a))) >= 1:
        raise KvarError("spending.io.productive")
    result: Matrix = np.asarray(np.linalg.inv(np.eye(len(a)) - a), np.float64)
    return result


def multipliers(a: Matrix) -> Matrix:
    """Output multipliers, the column sums of L."""
    result: Matrix = leontief(a).sum(axis=0)
    return result


def flq(a: Matrix, region: Matrix, nation: Matrix, delta: float) -> Matrix:
    """Regional A from national A and employment (or output) by sector in the region and the nation."""
    if (nation <= 0).any() or (region < 0).any() or region.sum() <= 0 or not len(a) == len(region) == len(nation):
        raise KvarError("spending.io.shape", rows=len(a), sectors=len(region))
    slq = (region / region.sum()) / (nation / nation.sum())
    cilq = np.divide(slq[:, None], slq[None, :], out=np.zeros((len(a), len(a))), where=slq[None, :] > 0)
    np.fill_diagonal(cilq, slq)
    result: Matrix = a * np.minimum(1, lambda_star(region, nation, delta) * cilq)
    return result


def lambda_star(region: Matrix, nation: Matrix, delta: float) -> float:
    """[log2(1 + X^r / X^n)]^δ, one number: how small the region is."""
    return float(np.log2(1 + region.sum() / nation.sum()) ** delta)


def sensitivity(
    a: Matrix, region: Matrix, nation: Matrix, deltas: Sequence[float] = DELTAS
) -> tuple[Sensitivity, ...]:
    """Regional multipliers over δ; that they differ is the finding."""
    return tuple(Sensitivity(delta, multipliers(flq(a, region, nation, delta))) for delta in deltas)
