"""From joined pairs to payees: the surest first, never two different numbers of one register in one payee."""

from collections.abc import Sequence


class Clusters:
    """Rows that are one payee. A payee is named by its smallest row; `numbers` holds scheme -> number."""

    def __init__(self, numbers: Sequence[tuple[str, str] | None]) -> None:
        self._parent = list(range(len(numbers)))
        self._numbers = {row: dict([number]) for row, number in enumerate(numbers) if number}

    def find(self, row: int) -> int:
        """The smallest row of the payee that `row` belongs to."""
        while self._parent[row] != row:
            self._parent[row] = self._parent[self._parent[row]]
            row = self._parent[row]
        return row

    def conflict(self, a: int, b: int) -> bool:
        """Would joining put two different numbers of one register in one payee?"""
        one, two = self._numbers.get(self.find(a), {}), self._numbers.get(self.find(b), {})
        return any(two.get(scheme, number) != number for scheme, number in one.items())

    def number(self, row: int, scheme: str, number: str) -> bool:
        """Give a payee a number; False when it has another of the same register."""
        known = self._numbers.setdefault(self.find(row), {})
        return known.setdefault(scheme, number) == number

    def join(self, a: int, b: int) -> bool:
        """Join two payees; False (and nothing happens) on a conflict."""
        if self.conflict(a, b):
            return False
        low, high = sorted((self.find(a), self.find(b)))
        if low != high:
            self._parent[high] = low
            self._numbers.setdefault(low, {}).update(self._numbers.pop(high, {}))
        return True
