"""`kvar keys`: a key file for its owner alone, never overwritten; it opens what was sealed to it, nothing else."""

import stat
from pathlib import Path

import pyrage
from pyrage import x25519
from typer.testing import CliRunner

from kvar.cli.keys import keys
from kvar.procurement.sealing.seal import new_opener


def test_new_and_read(tmp_path: Path) -> None:
    file, sealed = tmp_path / "nyckel.txt", tmp_path / "prov.age"
    made = CliRunner().invoke(keys, ["new", str(file)])
    public = made.stdout.strip()
    assert public.startswith("age1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CliRunner().invoke(keys, ["new", str(file)]).exit_code == 1
    sealed.write_bytes(pyrage.encrypt(b"prov-123", [x25519.Recipient.from_str(public)]))
    assert CliRunner().invoke(keys, ["read", str(file), str(sealed)]).stdout == "prov-123\n"
    sealed.write_bytes(pyrage.encrypt(b"prov-123", [x25519.Recipient.from_str(new_opener()[1])]))
    assert CliRunner().invoke(keys, ["read", str(file), str(sealed)]).exit_code == 1
    file.write_text("tomt", encoding="utf-8")
    assert CliRunner().invoke(keys, ["read", str(file), str(sealed)]).exit_code == 1
