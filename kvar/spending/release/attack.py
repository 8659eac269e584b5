"""An attacker with a linear program: what can be inferred of sums from other sums, with every sign known.

HiGHS (MIT) finds the least and the largest value that agrees with all that is told. Amounts are integers in minor
units; the program works in floats, so its ends are right to about a hundredth of a unit in a million kronor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # the public class writes a line to standard output when it is made

Atom = tuple[str, tuple[str, str]]  # whose, and which part
Source = tuple[int | str, tuple[str, str]]  # which release or whose books, and which figure
_LARGEST = 1e7  # of the numbers that the solver sees


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told: the sum of some unknown parts, minor units. `source` says where it stands."""

    atoms: frozenset[Atom]
    amount: int
    source: Source


@dataclass(frozen=True, slots=True)
class Interval:
    """All that agrees with what is told, minor units; infinite where nothing limits it.

    `because`: the sources of the statements that set each of the ends.
    """

    low: float
    high: float
    because_low: tuple[Source, ...] = ()
    because_high: tuple[Source, ...] = ()


class Attacker:
    """Knows the statements and the sign of every part; `signs`: 1 not negative, -1 not positive, 0 unknown."""

    def __init__(self, signs: Mapping[Atom, int], statements: Sequence[Statement]) -> None:
        self.statements = statements
        self._at = {atom: n for n, atom in enumerate(signs)}
        self._scale = max([1.0, *(abs(told.amount) / _LARGEST for told in statements)])
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", 4)  # primal: the bounds stay, the question changes
        self._solver.passModel(self._model(list(signs.values())))
        self.points: list[np.ndarray] = []  # solutions of the last question, minor units

    def interval(self, atoms: frozenset[Atom]) -> Interval:
        """What can be inferred of the sum of some parts."""
        self.points = []
        index = np.array([self._at[atom] for atom in atoms], np.int32)
        self._solver.changeColsCost(len(index), index, np.ones(len(index)))
        low, because_low = self._end(highspy.ObjSense.kMinimize)
        high, because_high = self._end(highspy.ObjSense.kMaximize)
        self._solver.changeColsCost(len(index), index, np.zeros(len(index)))
        return Interval(low, high, because_low, because_high)

    def rows(self, wanted: Sequence[frozenset[Atom]]) -> np.ndarray:
        """A matrix of 0 and 1: which parts each of `wanted` sums."""
        found = np.zeros((len(wanted), len(self._at)))
        for n, atoms in enumerate(wanted):
            found[n, [self._at[atom] for atom in atoms]] = 1
        return found

    def _end(self, sense: highspy.ObjSense) -> tuple[float, tuple[Source, ...]]:
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return (-np.inf if sense == highspy.ObjSense.kMinimize else np.inf), ()
        found = self._solver.getSolution()
        self.points.append(np.array(found.col_value) * self._scale)
        binding = np.flatnonzero(np.abs(np.array(found.row_dual)) > 1e-9).tolist()
        amount = self._solver.getInfo().objective_function_value * self._scale
        return amount, tuple(self.statements[n].source for n in binding)

    def _model(self, signs: list[int]) -> highspy.HighsLp:
        """Every statement is a row of ones."""
        model = highspy.HighsLp()
        amounts = np.array([told.amount / self._scale for told in self.statements])
        columns = [[self._at[atom] for atom in told.atoms] for told in self.statements]
        model.num_col_, model.num_row_ = len(signs), len(columns)
        model.col_cost_ = np.zeros(len(signs))
        model.col_lower_ = np.array([0.0 if sign > 0 else -highspy.kHighsInf for sign in signs])
        model.col_upper_ = np.array([0.0 if sign < 0 else highspy.kHighsInf for sign in signs])
        model.row_lower_ = model.row_upper_ = amounts
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, columns)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([n for row in columns for n in row], np.int32)
        model.a_matrix_.value_ = np.ones(sum(map(len, columns)))
        return model
