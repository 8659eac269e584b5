"""Remove each guard of tests/spec/procurement/traps.yml in a copy of the project and run its test: it must fail.

python tools/traps.py            # all, one after the other; exit code 1 when a guard is not missed
python tools/traps.py --write    # docs/reference/traps.md from the same rows
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/spec/procurement/traps.yml").read_text(encoding="utf-8"))
DOC = ROOT / "docs/reference/traps.md"
HEAD = """# Traps of procurement, their guards and tests

Made by `python tools/traps.py --write` from `tests/spec/procurement/traps.yml`. `python tools/traps.py` removes each
guard in a copy of the project and runs the test, which must fail; `tests/unit/procurement/test_traps.py` holds that
every guard stands once in its file and every test exists.

| trap | guard | test that fails without it |
|---|---|---|
"""


def document() -> str:
    """The reference page."""
    rows = [f"| {row['trap']}: {row['says']} | `{row['file']}` | `{row['test']}` |" for row in ROWS]
    return HEAD + "\n".join(rows) + "\n"


def missed(row: dict[str, Any], copy: Path) -> bool:
    """Does the test fail in the copy when the guard is gone?"""
    path = copy / row["file"]
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(row["line"], row["becomes"]), encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", row["test"]]
    done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
    path.write_text(whole, encoding="utf-8")
    return done.returncode == 1 and "failed" in done.stdout


def main() -> int:
    """Print a line a guard."""
    if "--write" in sys.argv:
        DOC.write_text(document(), encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "kvar"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "var", ".mypy_cache", ".ruff_cache")
        )
        found = [(row, missed(row, copy)) for row in ROWS]
        for row, ok in found:
            sys.stdout.write(f"{'missed' if ok else 'NOT MISSED'}  {row['trap']}  {row['test']}\n")
    sys.stdout.write(f"{sum(ok for _, ok in found)} of {len(found)}\n")
    return 0 if all(ok for _, ok in found) else 1


if __name__ == "__main__":
    sys.exit(main())
