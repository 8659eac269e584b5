"""The form a bidder fills: what is asked for one lot, written as YAML to fill at one's own desk, with no network.

The questions of a social measure are the booklet's (chapter 4, evaluation and follow-up): vision, activities, how
they agree with the council's aims, measurable targets; plan, times, resources, experience; how it is followed up.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from kvar.core.messages import Language, say

SOCIAL = ("vision", "activities", "alignment", "targets", "plan", "times", "resources", "experience", "follow_up")
WIDTH = 110


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its criterion's slug and kind (quality, social), words, a target's unit, the most to write, and
    what it weighs in words.
    """

    slug: str
    kind: str
    title: str
    question: str
    unit: str
    characters: int
    weighs: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What is to be written under it."""
        return SOCIAL if self.kind == "social" else ("text",)

    @property
    def counted(self) -> bool:
        """Is a number promised?"""
        return self.kind == "social" and self.unit not in ("", "text")


@dataclass(frozen=True, slots=True)
class Form:
    """A lot's form for one bidder. `openers`: name -> age recipient; empty where quotes need no seal. `judged`: how
    bids are compared, in words.
    """

    procurement: str
    title: str
    lot: int
    bidder: str
    currency: str
    openers: Mapping[str, str]
    asked: tuple[Asked, ...]
    judged: tuple[str, ...] = ()


def blank(form: Form, lang: Language) -> str:
    """The form as YAML with the questions as comments; filled in with any text editor."""
    lines = [f"# {line}" for line in _words("procurement.form.head", lang, title=form.title)]
    lines += [f'procurement: "{form.procurement}"', f"lot: {form.lot}", f'bidder: "{form.bidder}"', "openers:"]
    lines += [f'  "{name}": {recipient}' for name, recipient in sorted(form.openers.items())] or ["  {}"]
    lines += ["", *(f"# {line}" for line in _words("procurement.form.price", lang, currency=form.currency))]
    lines += ["#", *(f"# {line}" for text in form.judged for line in _folded(text))]
    lines += ["price: ", "", "answers:"]
    for item in form.asked:
        lines += _question(item, lang)
    return "\n".join(lines if form.asked else [*lines[:-1], "answers: {}"]) + "\n"


def as_json(form: Form) -> str:
    """The same form as JSON, for `with_age.py` and other programs."""
    answers = {
        item.slug: dict.fromkeys(item.fields, "") | ({"target": ""} if item.counted else {}) for item in form.asked
    }
    row = {"procurement": form.procurement, "lot": form.lot, "bidder": form.bidder, "openers": dict(form.openers)}
    return json.dumps(row | {"price": "", "answers": answers}, ensure_ascii=False, indent=1) + "\n"


def _question(item: Asked, lang: Language) -> list[str]:
    told = [*_folded(item.title), *_folded(item.question)]
    told += [*_folded(item.weighs), *_words("procurement.form.at_most", lang, n=item.characters)]
    lines = ["", *(f"  # {line}" for line in told), f'  "{item.slug}":']
    for name in item.fields:
        if name != "text":
            lines += [f"    # {line}" for line in _words(f"procurement.form.field.{name}", lang)]
        lines += [f"    {name}: |", "      "]
    if item.counted:
        unit = say(f"procurement.unit.{item.unit}", {}, lang)
        lines += [f"    # {line}" for line in _words("procurement.form.target", lang, unit=unit)]
        lines += ["    target: "]
    return lines


def _words(code: str, lang: Language, **values: object) -> list[str]:
    return _folded(say(code, values, lang))


def _folded(text: str) -> list[str]:
    """Lines of at most WIDTH characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]
