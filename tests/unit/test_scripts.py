"""Scripts come from the registry, held to the lock."""

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from tools.scripts import TARGET, ChangedError, Package, locked, put, there


def _archive(words: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        member = tarfile.TarInfo("package/a.js")
        member.size = len(words)
        tar.addfile(member, io.BytesIO(words))
    return out.getvalue()


def _package(archive: bytes) -> Package:
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return Package("https://example.org/a.tgz", f"sha512-{digest}", "leg/a", ("a.js",))


def test_the_named_files_are_written_and_not_fetched_twice(tmp_path: Path) -> None:
    archive = _archive(b"export {}")
    package = _package(archive)
    assert not there(package, tmp_path)
    put(package, archive, tmp_path)
    assert (tmp_path / "leg" / "a" / "a.js").read_bytes() == b"export {}"
    assert there(package, tmp_path)
    newer = Package(package.address, "sha512-other", package.folder, package.names)
    assert not there(newer, tmp_path)


def test_a_changed_package_is_refused_and_nothing_written(tmp_path: Path) -> None:
    package = _package(_archive(b"export {}"))
    with pytest.raises(ChangedError, match="is not the locked"):
        put(package, _archive(b"export const theft = 1"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_locked_is_in_the_environment() -> None:
    for package in locked():
        assert there(package, TARGET)
        assert package.address.startswith("https://registry.npmjs.org/")
        assert "MIT License" in (TARGET / package.folder / "LICENSE").read_text(encoding="utf-8")
        assert all((TARGET / package.folder / name).stat().st_size for name in package.names)
