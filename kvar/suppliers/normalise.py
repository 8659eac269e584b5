"""Names as compared: case, punctuation, legal forms and known suffixes away; å, ä and ö stay letters.

For one name; `names.py` does the same for a column, and a property test holds them equal.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# A legal form as the name's end states it -> the form.
FORMS = {
    "aktiebolag": "ab", "ab": "ab", "a b": "ab", "publ": "ab", "handelsbolag": "hb", "hb": "hb",
    "kommanditbolag": "kb", "kb": "kb", "ekonomisk förening": "ek för", "ekonomisk forening": "ek för",
    "ekonomisk fören": "ek för", "ek fören": "ek för", "ek för": "ek för", "ek for": "ek för",
    "ideell förening": "ideell för", "ideell forening": "ideell för", "ideell fören": "ideell för",
    "enskild firma": "ef", "limited": "ltd", "ltd": "ltd", "plc": "plc", "llp": "llp", "lp": "lp",
    "cic": "cic", "cio": "cio", "inc": "inc", "llc": "llc", "gmbh": "gmbh", "as": "as", "a s": "as", "aps": "aps",
    "oy": "oy", "oyj": "oy", "bv": "bv",
}  # fmt: skip
ANYWHERE = frozenset({"aktiebolag", "ab", "publ", "handelsbolag", "kommanditbolag", "limited", "ltd", "plc", "llp"})
ARTICLE = "the"
SAME = {"och": "and"}
TRADING = r"\s(?:t/a|t/as|trading as|ta)\s.*$"
SIGNS = r"[^0-9a-zåäöæø]+"
KEPT = "åäöæø"
_TRADING, _SIGNS = re.compile(TRADING), re.compile(SIGNS)


@lru_cache(maxsize=8192)
def normalise(name: str) -> str:
    """The key of a name; empty only for a name without letters or digits. Idempotent."""
    return " ".join(core(bare(name))[0])


def form_of(name: str) -> str | None:
    """The legal form a name states (`ab`, `ltd`, `ek för` …); else None."""
    return core(bare(name))[1] or None


def bare(name: str) -> list[str]:
    """Lower case words without punctuation and trading names."""
    text = _TRADING.sub("", " ".join(unaccented(name.lower()).split()))
    text = text.replace("'", "").replace("’", "").replace("&", " and ")
    return [SAME.get(word, word) for word in _SIGNS.sub(" ", text).split()]


def plain(letter: str) -> str:
    """A letter without its accent; å, ä, ö, æ and ø are letters of their own."""
    return letter if letter in KEPT else unicodedata.normalize("NFKD", letter)[:1].lower()


class _Plain(dict[int, str]):
    """Each letter without its accents, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = plain(chr(code))
        return self[code]


_PLAIN = _Plain()


def unaccented(text: str) -> str:
    """A text with each letter `plain`."""
    return text.translate(_PLAIN)


def core(words: Sequence[str]) -> tuple[list[str], str]:
    """The words without article and forms (but never none), and the form that stood last among them (or "")."""
    left, form = [word for word in words if word not in ANYWHERE] or list(words), ""
    while len(left) > 1 and (size := _ending(left)):
        form = form or FORMS[" ".join(left[-size:])]
        left = left[:-size]
    while len(left) > 1 and left[0] == ARTICLE:
        left = left[1:]
    inside = [word for word in words if word in ANYWHERE] if len(words) > 1 else []
    return left, form or (FORMS[inside[-1]] if inside else "")


def _ending(words: Sequence[str]) -> int:
    """How many words at the end are a legal form, leaving at least one: 2, 1 or 0."""
    sizes = (2, 1) if len(words) > 2 else (1,)
    return next((size for size in sizes if " ".join(words[-size:]) in FORMS), 0)
