"""The core of a procurement on PostgreSQL, with real row locks: see `flow.py`, which runs in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.postgres
PARTS = ["refuses_nul", "appended", "published_once", "at_the_deadline", "moved_meanwhile", "opened_once_and_awarded"]


def test_log_deadline_and_opening_hold_under_concurrency(server: str, tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "kvar.web.settings", "KVAR_DATABASE": server, "KVAR_DATA": str(tmp_path),
        "PATH": os.environ["PATH"], "PYTHONWARNINGS": "error::RuntimeWarning",
    }  # fmt: skip
    flow = Path(__file__).with_name("flow.py")
    done = subprocess.run([sys.executable, flow], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.returncode) == (PARTS, 0), done.stderr[-3000:]
