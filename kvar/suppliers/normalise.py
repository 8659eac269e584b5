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
_SAME_FORM = {
    "aktiebolag": "ab", "publ": "ab", "handelsbolag": "hb", "kommanditbolag": "kb", "ekonomisk förening": "ek för",
    "ekonomisk forening": "ek för", "ek for": "ek för", "ideell forening": "ideell förening", "limited": "ltd",
    "a s": "as", "oyj": "oy",
}  # fmt: skip
_TELLS_NOTHING = frozenset({"uk", "company", "co", "filial"})
_FORM = re.compile(rf"(?:^|\s)({_FORMS})(?= |$)")


def normalise(name: str) -> str:
    """The key of a name; empty only for a name without letters or digits. Idempotent."""
    return _without_forms(_bare(name))


def _bare(name: str) -> str:
    """Lower case words without punctuation, trading names and a leading article."""
    text = "".join(_plain(letter) for letter in name.lower())
    text = _TRADING.sub("", text)
    text = _SIGNS.sub(" ", text.replace("'", "").replace("’", "")).replace("&", " and ").replace("/", " ")
    words = ["and" if word == "och" else word for word in text.split()]
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    return " ".join(words)


def form_of(name: str) -> str | None:
    """The legal form a name states at its end or as `AB` in front (`ab`, `ltd`, `ek för` …); else None."""
    words = _bare(name)
    stem = _without_forms(words)
    rest = words.removeprefix(stem) if words.startswith(stem) else words.replace(stem, " ", 1)
    found = [_SAME_FORM.get(form, form) for form in _FORM.findall(rest)]
    return next((form for form in found if form not in _TELLS_NOTHING), None)


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
