"""The physical lines of a text, counted before anything is read into them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kvar.core.errors import KvarError

MAX_LINE = 1_000_000  # signs
_STRETCH = 4 * MAX_LINE  # bytes: more than a million signs in every encoding
NEWLINE, RETURN = 10, 13


@dataclass(frozen=True, slots=True)
class Lines:
    r"""Text as UTF-8 with every line closed by `\n` or `\r\n`; `starts` (int64) has one more item than lines."""

    data: bytes
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, n: int) -> str:
        """Line `n` (from 0) without its end."""
        return self.data[self.starts[n] : self.starts[n + 1]].decode().rstrip("\r\n")

    def texts(self, first: int, last: int) -> list[str]:
        """Lines `first` to before `last`, as far as there are any."""
        return [self.text(n) for n in range(first, min(last, len(self)))]

    def runs(self, chosen: np.ndarray) -> Iterator[memoryview]:
        """The bytes of the chosen lines (bool, one a line), neighbours together."""
        edges = np.flatnonzero(np.diff(chosen, prepend=False, append=False))
        view = memoryview(self.data)
        for first, last in self.starts[edges].reshape(-1, 2).tolist():
            yield view[first:last]


def physical_lines(text: str, name: str) -> Lines:
    r"""The lines of a text, ended by `\r\n`, `\n` or bare `\r`; `ledger.line.too_long` above a million signs."""
    data = text.encode("utf-8", "replace")
    if data and not data.endswith((b"\n", b"\r")):
        data += b"\n"
    starts, bare = _starts(data)
    if bare:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        starts, _ = _starts(data)
    lines = Lines(data, starts)
    for n in np.flatnonzero(np.diff(lines.starts) > MAX_LINE).tolist():
        if len(lines.text(n)) > MAX_LINE:
            raise _too_long(name, n + 1)
    return lines


def _starts(data: bytes) -> tuple[np.ndarray, int]:
    r"""Where lines start, and the end of the last; and how many `\r` have no `\n` after them."""
    signs = np.frombuffer(data, np.uint8)
    newline, back = signs == NEWLINE, signs == RETURN
    bare = int(back.sum() - (back[:-1] & newline[1:]).sum())
    return np.concatenate([[0], np.flatnonzero(newline) + 1]), bare


def refuse_endless(data: bytes, name: str) -> None:
    """Raise `ledger.line.too_long` for bytes that hold a line too long in any encoding, before they are decoded."""
    at = 0
    while len(data) - at > _STRETCH:
        end = max(data.rfind(b"\n", at, at + _STRETCH), data.rfind(b"\r", at, at + _STRETCH))
        if end < 0:
            raise _too_long(name, data.count(b"\n", 0, at) + 1)
        at = end + 1


def _too_long(name: str, line: int) -> KvarError:
    return KvarError("ledger.line.too_long", file=name, line=line, limit=MAX_LINE)
