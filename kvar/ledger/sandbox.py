"""One child process per upload, with bounds on memory, time and file size; the parent never parses the bytes.

Children are forked from a nursery that has only loaded the reader. What a child answers is taken for data: only
plain values and Kvar's own dataclasses are made from it.
"""

import atexit
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.nursery import LENGTH, exactly
from kvar.ledger.read import read
from kvar.ledger.result import ReadResult

Answer = TypeVar("Answer")
PLAIN = {
    ("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal"), ("kvar.core.errors", "_rebuild"),
    ("kvar.core.errors", "KvarError"), ("kvar.ledger.contents", "Contents"),
}  # fmt: skip

# New pages cost a short life most: memory comes in huge pages, and what is freed stays with the process.
_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432"
    ":glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=33554432",
    "OPENBLAS_NUM_THREADS": "1",
}


def read_in_child(path: Path, **options: Any) -> ReadResult:
    """`kvar.ledger.read.read` in a sandboxed child; `ledger.child.killed` when it broke its bounds."""
    return run(read, path, options)


def run(job: Callable[..., Answer], path: Path, options: dict[str, Any]) -> Answer:
    """Run one job (an importable function) in a child and give its result, or raise what it raised."""
    try:
        with _NURSERY.child() as wire:
            order = pickle.dumps((job, path, options))
            wire.sendall(LENGTH.pack(len(order)) + order)
            answer = exactly(wire, LENGTH.unpack(exactly(wire, LENGTH.size))[0])
    except (EOFError, ConnectionError) as error:
        raise KvarError("ledger.child.killed", file=mask(path.name)) from error
    found: Answer = _Data(BytesIO(answer)).load()
    if isinstance(found, KvarError):
        raise found
    return found


class _Data(pickle.Unpickler):
    """Makes nothing but plain data and Kvar's own dataclasses."""

    def find_class(self, module: str, name: str) -> Any:
        """A class by its name; `ledger.child.killed` for whatever else a child might name."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("kvar.") and "." not in name else None
        if not (isinstance(found, type) and is_dataclass(found) and found.__module__ == module):
            raise KvarError("ledger.child.killed", file=f"{module}.{name}")
        return found


def _bare(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without Kvar's own: the key of the site and of the database are there."""
    return {name: value for name, value in environment.items() if not name.startswith("KVAR_")}


class _Nursery:
    """The process children are forked from, begun when first needed and again if it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._link: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self._end)

    def child(self) -> socket.socket:
        """The wire to a new child."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            try:
                self._hand_over(theirs)
            except OSError:  # it has ended: once more
                self._end()
                self._hand_over(theirs)
        return ours

    def _hand_over(self, wire: socket.socket) -> None:
        socket.send_fds(self._link or self._begin(), [b"."], [wire.fileno()])

    def _begin(self) -> socket.socket:
        self._link, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kvar.ledger.nursery", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=_bare(os.environ) | _MEMORY | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
            )
        return self._link

    def _end(self) -> None:
        if self._link is not None and self._process is not None:
            self._link.close()
            self._process.wait()
        self._link = None


_NURSERY = _Nursery()
