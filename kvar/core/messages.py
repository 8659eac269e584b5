"""Texts of the library in Swedish and English: one JSON file a package and language in `core/texts/`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from kvar.core.language import LANGUAGES, Language
from kvar.core.numbers import mask
from kvar.core.writing import format_minor, format_month, format_number

__all__ = ["LANGUAGES", "Language", "catalogue", "say"]
HEX = frozenset("0123456789abcdef")


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every text of one language: code -> sentence with `{placeholders}`."""
    folder = files("kvar.core") / "texts" / language
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        texts.update(json.loads(entry.read_text(encoding="utf-8")))
    return texts


def say(code: str, values: Mapping[str, object], language: Language) -> str:
    """The text of `code` with `values` filled in, persons' numbers masked; KeyError if the code has no text.

    A placeholder may say how its value is written: `{n:count}`, `{month:month}` (yyyymm), `{found:money}` (minor
    units of the value `currency`), `{missing:field}` (fields of a ledger, by commas), `{root:digest}` (hex, which is
    not searched for persons' numbers).
    """
    text = catalogue(language)[code]
    return _Writer(language, values).vformat(text, (), values) if values else text.format()


class _Writer(Formatter):
    """Fills placeholders in one language."""

    def __init__(self, language: Language, values: Mapping[str, object]) -> None:
        self.language, self.currency = language, str(values.get("currency", ""))

    def format_field(self, value: object, spec: str) -> str:
        if spec == "digest" and set(str(value)) <= HEX:
            return str(value)
        return mask(self._written(value, "" if spec == "digest" else spec))

    def _written(self, value: object, spec: str) -> str:
        if spec == "field":
            return ", ".join(self._field(name) for name in str(value).split(", "))
        if spec in ("count", "month", "money") and str(value).removeprefix("-").isdecimal():
            return self._number(int(str(value)), spec)
        return str(value) if spec in ("count", "month", "money") else str(super().format_field(value, spec))

    def _number(self, value: int, spec: str) -> str:
        if spec == "money":
            return format_minor(value, self.currency, self.language)
        return (format_number if spec == "count" else format_month)(value, self.language)

    def _field(self, name: str) -> str:
        """`amount` or `amount = Header`, with the field in words; other texts stay."""
        field, sign, header = name.partition(" = ")
        return catalogue(self.language).get(f"ledger.field.{field}", field) + sign + header
