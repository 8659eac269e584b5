"""Ids given by several processes at once: no two suppliers share one, and an error lets the lock go."""

import subprocess
import sys
from pathlib import Path

import pytest

from kvar.ledger.store import Store
from kvar.suppliers.keys import Ids, new_ids

EACH = 25
ADD = """
import sys
from pathlib import Path
from kvar.ledger.store import Store
from kvar.suppliers.keys import new_ids
for n in range(int(sys.argv[3])):
    with new_ids(Store(Path(sys.argv[1]))) as ids:
        ids.of([f"{sys.argv[2]}-{n}"])
"""


def test_two_processes_never_share_an_id(tmp_path: Path) -> None:
    with new_ids(Store(tmp_path)):  # both are loaded and waiting before either may begin
        running = [
            subprocess.Popen([sys.executable, "-c", ADD, str(tmp_path), name, str(EACH)])
            for name in ("web", "worker")
        ]
    assert [process.wait(60) for process in running] == [0, 0]
    known = Ids(Store(tmp_path)).known
    assert len(known) == len(set(known.values())) == 2 * EACH


def test_an_error_saves_nothing_and_lets_the_lock_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(TypeError), new_ids(store) as ids:
        ids.of(["a", []])  # type: ignore[list-item]
    with new_ids(store) as ids:
        assert "a" not in ids.known
        ids.of(["b"])
    assert Ids(store).known == {"b": 0}
