"""The common procurement vocabulary (CPV 2008): names in Swedish and English, and the sets of codes the law names.

Codes are eight digits without check digit. Names: eForms SDK, Publications Office of the EU, CC BY 4.0.
"""

import gzip
import re
from functools import cache
from importlib.resources import files
from typing import Literal

from kvar.core.errors import KvarError
from kvar.core.messages import Language

CodeSet = Literal["annex2", "reserved_19_25", "reserved_19_25a"]
SETS: tuple[CodeSet, ...] = ("annex2", "reserved_19_25", "reserved_19_25a")
_FOLDER = files("kvar") / "parameters" / "procurement" / "cpv"


@cache
def names() -> dict[str, tuple[str, str]]:
    """Every code: its Swedish and its English name (English empty where the source has none)."""
    text = gzip.decompress((_FOLDER / "names.tsv.gz").read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {code: (sv, en) for code, sv, en in rows}


@cache
def codes(name: CodeSet) -> frozenset[str]:
    """The codes of a set the law names."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def read_code(text: str) -> str:
    """`79622000-0`, `79622000` or `7962` as eight digits; `procurement.cpv.unknown` when no such code is."""
    digits = re.sub(r"-\d$", "", text.strip())
    code = digits.ljust(8, "0")
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 8) or code not in names():
        raise KvarError("procurement.cpv.unknown", text=text[:30])
    return code


def name_of(code: str, language: Language) -> str:
    """The name of a code, Swedish where English is missing."""
    sv, en = names()[code]
    return sv if language == "sv" else (en or sv)


def search(words: str, language: Language, limit: int = 30) -> list[tuple[str, str]]:
    """Codes whose name holds every word, shortest code family first."""
    wanted = words.casefold().split()
    hits = [(code, name_of(code, language)) for code in names() if _holds(code, name_of(code, language), wanted)]
    return sorted(hits, key=lambda hit: (len(hit[0].rstrip("0")), hit[0]))[:limit]


def _holds(code: str, name: str, wanted: list[str]) -> bool:
    text = f"{code} {name}".casefold()
    return bool(wanted) and all(word in text for word in wanted)


def in_set(code: str | None, name: CodeSet) -> bool:
    """Is the code one of a set? No code: no."""
    return code is not None and code in codes(name)
