"""Texts of the library in Swedish and English: one JSON file a package and language in `core/texts/`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from kvar.core.numbers import mask

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every text of one language: code -> sentence with `{placeholders}`."""
    folder = files("kvar.core") / "texts" / language
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        texts.update(json.loads(entry.read_text(encoding="utf-8")))
    return texts


def say(code: str, values: Mapping[str, object], language: Language) -> str:
    """The text of `code` with `values` filled in, persons' numbers masked; KeyError if the code has no text."""
    text = catalogue(language)[code]
    return mask(text.format(**values)) if values else text.format()
