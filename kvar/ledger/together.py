"""Small files read together in one child, so that they share what a child costs; each large file has its own.

A child that breaks its bounds takes no other file along: every file of its group is then read again in a child alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kvar.core.errors import KvarError
from kvar.ledger.read import read
from kvar.ledger.result import ReadResult
from kvar.ledger.sandbox import read_in_child, run

SMALL = 2 * 1024 * 1024  # bytes as uploaded: larger files are read alone
GROUP = 8
Answer = ReadResult | KvarError


def grouped(paths: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths in order, small neighbours together."""
    group: list[Path] = []
    for path in paths:
        if path.stat().st_size > SMALL:
            yield from (tuple(found) for found in (group, [path]) if found)
            group = []
            continue
        group.append(path)
        if len(group) == GROUP:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def read_together(paths: Sequence[Path], **how: Any) -> tuple[Answer, ...]:
    """Each file's result or the error that refused it, in order."""
    if len(paths) > 1:
        try:
            return run(read_each, paths[0], {"paths": tuple(paths), **how})
        except KvarError as error:
            if not error.code.startswith("ledger.child."):
                raise
    return tuple(_alone(path, how) for path in paths)


def _alone(path: Path, how: dict[str, Any]) -> Answer:
    try:
        return read_in_child(path, **how)
    except KvarError as error:
        return error


def read_each(_first: Path, *, paths: Sequence[Path], **how: Any) -> tuple[Answer, ...]:
    """The same inside the child."""
    return tuple(_answer(path, how) for path in paths)


def _answer(path: Path, how: dict[str, Any]) -> Answer:
    try:
        return read(path, **how)
    except KvarError as error:
        return error
