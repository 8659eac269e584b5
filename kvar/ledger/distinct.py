"""Text columns by their distinct values: what is costly is done once for each value, not for each row."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa


def values(column: pa.DictionaryArray) -> list[str]:
    """The distinct values."""
    found: list[str] = column.dictionary.to_pylist()
    return found


def numbers(column: pa.DictionaryArray) -> np.ndarray:
    """For every row the number of its value, int32."""
    found: np.ndarray = column.indices.to_numpy()
    return found


def texts(column: pa.DictionaryArray, rows: np.ndarray) -> list[str]:
    """The values of some rows."""
    known = values(column)
    return [known[number] for number in numbers(column)[rows].tolist()]


def where(column: pa.DictionaryArray, test: Callable[[str], object]) -> np.ndarray:
    """Rows whose value passes the test, bool."""
    passed: np.ndarray = np.array([bool(test(value)) for value in values(column)], bool)[numbers(column)]
    return passed


def renamed(column: pa.DictionaryArray, texts: Sequence[str]) -> pa.DictionaryArray:
    """The column with `texts` in place of its distinct values."""
    return pa.array(texts, pa.string()).take(column.indices).dictionary_encode()


def only(column: pa.DictionaryArray, keep: np.ndarray) -> pa.DictionaryArray:
    """The rows where `keep` (bool) says so; values that no such row has are gone."""
    if keep.all():
        return column
    left = numbers(column)[keep]
    seen = np.zeros(len(column.dictionary), bool)
    seen[left] = True
    new = (np.cumsum(seen, dtype=np.int32) - 1)[left]
    return pa.DictionaryArray.from_arrays(pa.array(new), column.dictionary.filter(pa.array(seen)))
