"""Signs of what a derived table was made from: files by size and time, and the code that made it."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path


def sign(paths: Iterable[Path], modules: tuple[str, ...]) -> str:
    """Sixteen signs that change when one of `paths` does (or comes, or goes), or one of `modules`, files of ours."""
    stats = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths) if path.is_file()]
    return hashlib.sha256(f"{stats} {code(modules)}".encode()).hexdigest()[:16]


@cache
def code(modules: tuple[str, ...]) -> str:
    """A digest of some modules of this package."""
    source = b"".join((files("kvar.suppliers") / name).read_bytes() for name in modules)
    return hashlib.sha256(source).hexdigest()
