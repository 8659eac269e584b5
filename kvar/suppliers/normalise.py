"""Names as compared: case, punctuation, legal forms and known suffixes away; å, ä and ö stay letters."""

import re
import unicodedata

_FORMS = (
    "aktiebolag|ab|publ|handelsbolag|hb|kommanditbolag|kb|ekonomisk forening|ekonomisk förening|ek för|ek for|"
    "ideell förening|ideell forening|enskild firma|filial|"
    "limited|ltd|plc|llp|lp|cic|cio|inc|llc|gmbh|as|oy|oyj|aps|a s|bv|uk|company|co"
)
_ALL_FORMS = frozenset(_FORMS.split("|"))
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
    text = name.lower().translate(_PLAIN)
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


class _Plain(dict[int, str]):
    """Each letter without its accents, worked out once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter in _KEPT else unicodedata.normalize("NFKD", letter)[:1]
        return self[code]


_PLAIN = _Plain()


def _without_forms(text: str) -> str:
    """Legal forms off the end, and off the front (`AB Volvo`), until only the name is left."""
    words = text.split()
    while True:
        shorter = words[: len(words) - _form_at_end(words)]
        if len(shorter) > 1 and shorter[0] == "ab":
            shorter = shorter[1:]
        if not shorter or len(shorter) == len(words):
            return " ".join(words)
        words = shorter


def _form_at_end(words: list[str]) -> int:
    """How many of the last words are a legal form."""
    if " ".join(words[-2:]) in _ALL_FORMS:
        return len(words[-2:])
    return int(bool(words) and words[-1] in _ALL_FORMS)
