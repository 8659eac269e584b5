"""One child process per upload, with bounds on memory, time and file size; the parent never parses the bytes.

The children are forked from a server that has only imported the reader, so one costs some tens of milliseconds.
"""

import gc
import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from kvar.core.errors import KvarError
from kvar.ledger.read import read
from kvar.ledger.result import ReadResult

Answer = TypeVar("Answer")
MEMORY = 3 * 1024**3
CPU_SECONDS = 120
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "kvar.ledger.warm"])


def read_in_child(path: Path, **options: Any) -> ReadResult:
    """`kvar.ledger.read.read` in a sandboxed child; `ledger.child.killed` when it broke its bounds."""
    return run(read, path, options)


def run(job: Callable[..., Answer], path: Path, options: dict[str, Any]) -> Answer:
    """Run one job in a child and give its result, or raise what it raised."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=_child, args=(theirs, job, path, options), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError as error:
        child.join()
        raise KvarError("ledger.child.killed", file=path.name, exit=child.exitcode) from error
    finally:
        ours.close()
    child.join()
    if isinstance(answer, KvarError):
        raise answer
    result: Answer = answer
    return result


def _child(pipe: Connection, job: Callable[..., object], path: Path, options: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # a child lives for one file: its millions of cells are freed with it
    try:
        pipe.send(job(path, **options))
    except KvarError as error:
        pipe.send(error)
    except MemoryError:
        pipe.send(KvarError("ledger.child.memory", file=path.name))
