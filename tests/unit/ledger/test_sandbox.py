"""The children that read uploads: what they answer is data, what they know is little, and their end is told."""

import os
import pickle
import signal
from io import BytesIO
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger import sandbox
from kvar.ledger.sandbox import _Data, run


class Evil:
    """Would run a program when unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("made", [Evil(), os.getcwd, KvarError.say, Path("x")])
def test_an_answer_that_is_more_than_data_is_refused(made: object) -> None:
    with pytest.raises(KvarError) as caught:
        _Data(BytesIO(pickle.dumps(made))).load()
    assert caught.value.code == "ledger.child.killed"


def test_plain_values_and_kvar_s_own_come_through() -> None:
    sent = {"a": [1, 2.5, b"x", None], "error": KvarError("ledger.disk.full", file="f")}
    found = _Data(BytesIO(pickle.dumps(sent))).load()
    assert found["a"] == sent["a"]
    assert found["error"].code == "ledger.disk.full"


def test_a_child_has_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVAR_SECRET_KEY", "not for children")
    fresh = sandbox._Nursery()
    monkeypatch.setattr(sandbox, "_NURSERY", fresh)
    told = run(os.path.expandvars, Path("$KVAR_SECRET_KEY"), {})
    fresh._end()
    assert str(told) == "$KVAR_SECRET_KEY"


def test_a_nursery_that_has_ended_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = sandbox._Nursery()
    monkeypatch.setattr(sandbox, "_NURSERY", fresh)
    assert run(os.path.basename, Path("/a/b"), {}) == "b"
    assert fresh._process is not None
    fresh._process.send_signal(signal.SIGKILL)
    fresh._process.wait()
    assert run(os.path.basename, Path("/a/c"), {}) == "c"
    fresh._end()
