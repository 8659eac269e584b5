"""Fetch the scripts of requirements/scripts.txt into the environment, each package held to its digest.

python tools/scripts.py    # into <environment>/share/kvar/static/; nothing is fetched that is already there
"""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOCKED = Path(__file__).parent.parent / "requirements" / "scripts.txt"
TARGET = Path(sys.prefix) / "share" / "kvar" / "static"


@dataclass(frozen=True, slots=True)
class Package:
    """One line: `address` of a .tgz, `integrity` (sha512, base64), `folder` below /static/, `names` of its files."""

    address: str
    integrity: str
    folder: str
    names: tuple[str, ...]


class ChangedError(Exception):
    """The bytes are not the ones that were locked."""


def locked(path: Path = LOCKED) -> Iterator[Package]:
    """The packages of the lock file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            address, integrity, folder, *names = line.split()
            yield Package(address, integrity, folder, tuple(names))


def put(package: Package, archive: bytes, target: Path) -> None:
    """Write the named files below `target`; `ChangedError`, and nothing written, where the digest differs."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.integrity:
        raise ChangedError(f"{package.address}: {found} is not the locked {package.integrity}")
    folder = target / package.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for name in package.names:
            if (member := tar.extractfile(f"package/{name}")) is not None:
                (folder / name).write_bytes(member.read())
    (folder / ".integrity").write_text(package.integrity, encoding="utf-8")


def there(package: Package, target: Path) -> bool:
    """Is this very package already below `target`?"""
    mark = target / package.folder / ".integrity"
    return mark.is_file() and mark.read_text(encoding="utf-8") == package.integrity


def main() -> int:
    """Fetch what is missing; 1 and a sentence where the registry cannot be reached or sends something else."""
    for package in locked():
        if there(package, TARGET):
            continue
        try:
            with urllib.request.urlopen(package.address, timeout=60) as answer:  # noqa: S310 (https, from the lock file)
                put(package, answer.read(), TARGET)
        except (OSError, ChangedError) as error:
            sys.stderr.write(f"{error}\nBids cannot be sealed in the browser; `kvar bid seal` and `age` still can.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
