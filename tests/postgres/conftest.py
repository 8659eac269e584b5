"""A PostgreSQL server of our own on a socket in a temporary folder; skips where none is installed, fails in CI."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def quiet(*command: object) -> None:
    nothing = subprocess.DEVNULL  # a pipe would stay open in the server
    subprocess.run([str(word) for word in command], check=True, stdout=nothing, stderr=nothing, cwd="/tmp")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    tools = next((Path(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    if tools is None:
        assert os.environ.get("CI") != "true", "PostgreSQL is missing"
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    root = os.geteuid() == 0
    who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
    folder = Path("/tmp") / f"kvar-pg-{os.getpid()}"  # short: a socket's path has a limit
    folder.mkdir(mode=0o700)
    if root:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    quiet(*who, tools / "initdb", "-D", data, "-A", "trust", "-U", "kvar", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = [*who, tools / "pg_ctl", "-D", data, "-w"]
    quiet(*control, "-o", options, "-l", folder / "log", "start")
    yield f"postgresql://kvar@/postgres?host={folder}"
    quiet(*control, "-m", "immediate", "stop")
    shutil.rmtree(folder)
