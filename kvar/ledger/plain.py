"""Plain lines to columns at once: lines whose quotes, if any, open and close fields as RFC 4180 has it.

What is plain is decided by arithmetic over the bytes and gives for every line the cells that Python's csv gives
(tests/property/test_plain.py); all other lines are read one by one in `kvar.ledger.delimited`.
"""

from codecs import BOM_UTF8
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from kvar.ledger.lines import NEWLINE, RETURN, Lines
from kvar.ledger.records import Records

QUOTE = 34
MAX_BLOCK = 2**30


@dataclass(frozen=True, slots=True)
class Survey:
    """For every line: its number of cells (int64), and whether it is plain (bool). An empty line has no cells."""

    width: np.ndarray
    plain: np.ndarray


def survey(lines: Lines, delimiter: str) -> Survey:
    """Count the cells of every line, delimiters within quotes left out."""
    data, sign = np.frombuffer(lines.data, np.uint8), ord(delimiter)
    signs = np.flatnonzero(data == sign)
    width = np.diff(np.searchsorted(signs, lines.starts)) + 1
    width[_lengths(lines, data) == 0] = 0
    quotes = np.flatnonzero(data == QUOTE)
    if not len(quotes):
        return Survey(width, np.ones(len(lines), bool))
    first = np.searchsorted(quotes, lines.starts)
    plain = _plain(data, quotes, first, sign)
    line = np.repeat(np.arange(len(lines)), np.diff(first))
    pairs = quotes[plain[line]].reshape(-1, 2)
    within = np.diff(np.searchsorted(signs, pairs), axis=1)[:, 0]
    np.subtract.at(width, line[plain[line]][::2], within)
    return Survey(width, plain)


def _lengths(lines: Lines, data: np.ndarray) -> np.ndarray:
    """Bytes of every line without its end."""
    begins, ends = lines.starts[:-1], lines.starts[1:] - 1
    found: np.ndarray = ends - begins - ((data[ends - 1] == RETURN) & (ends > begins))
    return found


def _plain(data: np.ndarray, quotes: np.ndarray, first: np.ndarray, sign: int) -> np.ndarray:
    """Which lines have no quote or only quotes in pairs, each opened after and closed before a delimiter or line end.

    `first`: index into `quotes` of every line's first. A doubled quote is one that closes and opens again.
    """
    count = np.diff(first)
    line = np.repeat(np.arange(len(count)), count)
    opens = (np.arange(len(quotes)) - first[line]) % 2 == 0
    neighbour = data[np.where(opens, np.maximum(quotes - 1, 0), quotes + 1)]
    fits = np.isin(neighbour, (sign, NEWLINE, QUOTE)) | (opens & (quotes == 0)) | (~opens & (neighbour == RETURN))
    bad = np.bincount(line[~fits], minlength=len(count))
    plain: np.ndarray = (count % 2 == 0) & (bad == 0)
    return plain


def columns(lines: Lines, chosen: np.ndarray, width: int, delimiter: str) -> Records:
    """The chosen lines (bool; plain, all of `width` cells) as records; every cell is text."""
    parts = list(lines.runs(chosen))
    if bytes(parts[0][:3]) == BOM_UTF8:  # Arrow takes one mark away
        parts.insert(0, memoryview(BOM_UTF8))
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    names = [str(n) for n in range(width)]
    table = pa_csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)),
        pa_csv.ReadOptions(use_threads=False, block_size=min(len(data) + 1, MAX_BLOCK), column_names=names),
        pa_csv.ParseOptions(delimiter=delimiter, quote_char='"', ignore_empty_lines=False),
        pa_csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string())),
    )
    number = (np.flatnonzero(chosen) + 1).astype(np.int32)
    return Records([column.combine_chunks() for column in table.columns], number, number)
