"""The finding a title may state: only what the interval lets one say."""

from kvar.core.messages import Language, say
from kvar.spending.figure import Level
from kvar.spending.rows import Parts

DOUBT = 0.5  # above this part that cannot be placed, nothing is said of the share


def of_hundred(parts: Parts, level: Level = "municipality") -> int | None:
    """How many of every hundred stayed at `level` or nearer; None where more than half cannot be placed."""
    if parts.base <= 0 or parts.unknown_at(level) > DOUBT * parts.base:
        return None
    return round(100 * parts.up_to(level) / parts.base)


def sentence(told: int | None, here: str, lang: Language) -> str:
    """The finding in words, for what `of_hundred` told of a place's name."""
    code = "web.cannot_tell" if told is None else "web.sentence" if told else "places.sentence.less"
    return say(code, {"n": told, "place": here}, lang)
