"""The process that children are forked from: it has loaded the reader, read one tiny ledger, and holds nothing else.

`kvar.ledger.sandbox` starts it as a program of its own, so that no child has the web application, its secrets or its
connections in memory. For each job it is handed one end of a socket and forks; the child reads the job from it, sets
its bounds, answers, and is gone.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.core.logs import masked_logs
from kvar.core.numbers import mask

MEMORY = 3 * 1024**3
CPU_SECONDS = 120
LENGTH = struct.Struct("!Q")  # before every message: how many bytes it has


def serve(link: socket.socket) -> None:
    """Fork a child for each socket that comes through `link`, until the other end closes."""
    while True:
        said, handles, _, _ = socket.recv_fds(link, 1, 1)
        if not said:
            return
        if os.fork() == 0:
            link.close()
            _child(handles[0])
        os.close(handles[0])


def _child(handle: int) -> None:
    """Do the job that comes through a socket, answer, and end; it never returns."""
    try:
        worker = threading.Thread(target=_answer, args=[handle])
        worker.start()  # a thread has memory of its own, in huge pages and not shared with the nursery
        worker.join()
    finally:  # or the child would go on as a second nursery
        os._exit(0)


def _answer(handle: int) -> None:
    with socket.socket(fileno=handle) as wire, suppress(ConnectionError):
        answer = pickle.dumps(_done(wire))
        wire.sendall(LENGTH.pack(len(answer)) + answer)


def _done(wire: socket.socket) -> object:
    size = LENGTH.unpack(exactly(wire, LENGTH.size))[0]
    job: Callable[..., object]
    path: Path
    job, path, options = pickle.loads(exactly(wire, size))  # noqa: S301 from the parent, before any bytes are read
    _bound()
    try:
        return job(path, **options)
    except KvarError as error:
        return error
    except MemoryError:
        return KvarError("ledger.child.memory", file=mask(path.name))


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def exactly(wire: socket.socket, size: int) -> bytes:
    """`size` bytes from a socket; EOFError when it ends before."""
    found = bytearray()
    while len(found) < size:
        part = wire.recv(min(size - len(found), 2**20))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


class _WithoutPandas:
    """Arrow looks for pandas at the first array; no child needs it, and each would pay for its 40 MB."""

    def find_spec(self, name: str, *_: object) -> None:
        """No pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _settle() -> None:
    """What every child would else do for itself: load and compile."""
    sys.meta_path.insert(0, _WithoutPandas())
    import pyarrow as pa  # noqa: PLC0415

    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    from kvar.ledger.warm import read_one  # noqa: PLC0415

    read_one()
    gc.collect()
    gc.disable()  # a child lives for one file: what it makes is freed with it
    gc.freeze()


def main() -> None:
    """Serve through the socket whose number is the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this ends it, by closing the socket
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a child
    masked_logs()
    _settle()
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
