"""Names that hold more than one name, as ledgers write them: `Ekan Ltd t/a Lövet`, `Alen Finans re Björken Ltd`.

A payee that trades under another name is met under either, so each stands as a row of its own. Where one is paid for
another (`re`, `c/o`), the whole stands, and the one it is for: what is paid through one house is not one supplier.
"""

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
# `t/a`, `t/as`, `trading as`, and a slash after a legal form (`Ekan AB/Lövet`)
_ALSO = re.compile(
    r"(?:\s|\()t/as?(?:\s|$)|\strading as\s|(?<=\bab)/|(?<=\bltd)/|(?<=\blimited)/|\s?/\s*t/a\s", re.IGNORECASE
)
_FOR = re.compile(r"\s(?:re|c/o)\s+(?P<other>.*)$", re.IGNORECASE)
_MAY = r"(?i)t/a|trading as|\sre\s|c/o|\b(?:ab|ltd|limited)/"
_LETTERS = re.compile(r"\w\w")


def names_in(name: str) -> list[str]:
    """The names a name holds, the one to be known by first; a plain name is alone."""
    also = [part.strip(" ()") for part in _ALSO.split(name)]
    found = [part for part in also if _LETTERS.search(part)]
    paid_for = _FOR.search(found[-1]) if found else None
    if paid_for and _LETTERS.search(paid_for["other"]):
        found.append(paid_for["other"].strip(" ()"))
    return found or [name]


def spread(records: pa.Table) -> tuple[pa.Table, Ints]:
    """Records with a row for each name they hold, and the record of each row; the records themselves come first."""
    names = records["name"].combine_chunks()
    own = np.arange(len(names))
    rows = np.flatnonzero(pc.fill_null(pc.match_substring_regex(names, _MAY), False).to_numpy(zero_copy_only=False))
    if not len(rows):
        return records, own
    held = [names_in(name) for name in names.take(pa.array(rows)).to_pylist()]
    more = [(row, name) for row, found in zip(rows.tolist(), held, strict=True) for name in found[1:]]
    owner = np.concatenate([own, np.array([row for row, _ in more], np.int64)])
    firsts = _replaced(names, rows, [found[0] for found in held])
    written = pa.concat_arrays([firsts, pa.array([name for _, name in more], pa.string())])
    at = records.schema.get_field_index("name")
    return records.take(pa.array(owner)).set_column(at, "name", written), owner


def _replaced(names: pa.Array, rows: Ints, new: Iterable[str]) -> pa.Array:
    there = np.zeros(len(names), bool)
    there[rows] = True
    return pc.replace_with_mask(names.cast(pa.string()), pa.array(there), pa.array(new, pa.string()))
