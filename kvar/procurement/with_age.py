"""Seal a bid or open one's parts with the stock `age` command: one file, standard library only, no Kvar needed.

    python with_age.py seal form.json [attached files …]      → form.age and form.parts.json to upload
    python with_age.py open parts.json key.txt                → opened-parts.json to upload

`form.json` is the form of the procurement's page, filled in (price as 950000 or 950000.50).
Needs `age` and `age-keygen` (https://age-encryption.org) on the path.
Every step is printed in docs/how-to/seal-a-bid.md and can be done by hand.
"""

import base64
import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path
from typing import Any

BLOCK = 64 * 1024


def age(arguments: Sequence[str], given: bytes) -> bytes:
    """Run age; CalledProcessError when it refuses."""
    return subprocess.run(["age", *arguments], input=given, stdout=subprocess.PIPE, check=True).stdout


def minor(price: object) -> int:
    """A price as people write it (`950 000,50`) in hundredths; the program ends with a sentence where it is none."""
    text = "".join(str(price).split()).replace(",", ".")
    try:
        found = int(Decimal(text) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        found = 0
    if found <= 0:
        raise SystemExit(f"form.json: the price {price!r} is no amount above zero")
    return found


def envelope(form: dict[str, Any], files: Sequence[Path]) -> bytes:
    """Header line, content, and zero bytes up to 64 KiB · 2ⁿ."""
    attached = {path.name: base64.b64encode(path.read_bytes()).decode() for path in files}
    row = {"price": minor(form["price"]), "answers": form["answers"], "files": attached}
    content = json.dumps(row, ensure_ascii=False).encode()
    header = {name: str(form[name]) for name in ("procurement", "lot", "bidder")}
    told = header | {"nonce": secrets.token_hex(16), "length": len(content), "version": 1}
    plain = json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n" + content
    size = BLOCK
    while size < len(plain):
        size *= 2
    return plain.ljust(size, b"\0")


def seal(form: dict[str, Any], files: Sequence[Path]) -> tuple[bytes, dict[str, dict[str, str]]]:
    """The sealed body and, for each pair of openers, the bid's key parted in two by XOR, one part to each."""
    made = subprocess.run(["age-keygen"], capture_output=True, check=True).stdout.decode().split()
    key = next(word for word in made if word.startswith("AGE-SECRET-KEY-")).encode()
    public = next(word for word in made if word.startswith("age1"))
    body = age(["-r", public], envelope(form, files))
    parts = {}
    for one, other in combinations(sorted(form["openers"]), 2):
        mask = secrets.token_bytes(len(key))
        halves = {one: mask, other: bytes(a ^ b for a, b in zip(key, mask, strict=True))}
        parts[f"{one}+{other}"] = {
            name: base64.b64encode(age(["-r", form["openers"][name]], half)).decode() for name, half in halves.items()
        }
    return body, parts


def opened(parts: dict[str, dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    """One's own parts decrypted with one's own key file; what is no part becomes empty and stops no other bid."""
    return {seal_id: {pair: own(text, key) for pair, text in found.items()} for seal_id, found in parts.items()}


def own(text: str, key: str) -> str:
    """A part decrypted, as base64; empty when it is none."""
    try:
        return base64.b64encode(age(["-d", "-i", key], base64.b64decode(text))).decode()
    except (subprocess.CalledProcessError, ValueError):
        return ""


def main(arguments: Sequence[str]) -> int:
    """0 done, 2 wrong use."""
    if len(arguments) < 2 or arguments[0] not in ("seal", "open"):
        sys.stderr.write(__doc__ or "")
        return 2
    given = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    if arguments[0] == "open":
        Path("opened-parts.json").write_text(json.dumps(opened(given, arguments[2])), encoding="utf-8")
        return 0
    body, parts = seal(given, [Path(name) for name in arguments[2:]])
    Path(arguments[1]).with_suffix(".age").write_bytes(body)
    Path(arguments[1]).with_suffix(".parts.json").write_text(json.dumps(parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
