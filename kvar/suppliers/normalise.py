"""Names as compared: case, punctuation, legal forms and known suffixes away; å, ä and ö stay letters."""

import re
import unicodedata

_FORMS = (
    "aktiebolag|ab|publ|handelsbolag|hb|kommanditbolag|kb|ekonomisk forening|ekonomisk förening|ek för|ek for|"
    "ideell förening|ideell forening|enskild firma|filial|"
    "limited|ltd|plc|llp|lp|cic|cio|inc|llc|gmbh|as|oy|oyj|aps|a s|bv|uk|company|co"
)
_SUFFIX = re.compile(rf"(?:^|\s)(?:{_FORMS})$")
_TRADING = re.compile(r"\s(?:t/a|t/as|trading as|ta)\s.*$")
_SIGNS = re.compile(r"[^0-9a-zåäöæø&/ ]+")
_KEPT = "åäöæø"


def normalise(name: str) -> str:
    """The key of a name; empty only for a name without letters or digits. Idempotent."""
    text = "".join(_plain(letter) for letter in name.lower())
    text = _TRADING.sub("", text)
    text = _SIGNS.sub(" ", text.replace("'", "").replace("’", "")).replace("&", " and ").replace("/", " ")
    words = ["and" if word == "och" else word for word in text.split()]
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    return _without_forms(" ".join(words))


def _plain(letter: str) -> str:
    if letter in _KEPT:
        return letter
    return unicodedata.normalize("NFKD", letter)[:1]


def _without_forms(text: str) -> str:
    """Legal forms off the end, and off the front (`AB Volvo`), until only the name is left."""
    while True:
        shorter = _SUFFIX.sub("", text).strip()
        shorter = re.sub(r"^ab ", "", shorter)
        if not shorter or shorter == text:
            return text
        text = shorter
