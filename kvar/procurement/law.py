"""Which of the law's regimes a procurement follows, and the paragraphs behind what its steps teach."""

from functools import cache
from importlib.resources import files

import yaml

from kvar.core.errors import KvarError
from kvar.procurement.models import Procurement
from kvar.procurement.rules.engine import Answer, answer


def followed(procurement: Procurement) -> str:
    """The regime whose rules the way taken follows; empty where the law's answer cannot be worked out."""
    try:
        return answer(procurement.as_need(), procurement.route).follows
    except KvarError:
        return ""


def taught(found: Answer, step: str) -> tuple[str, ...]:
    """The paragraphs behind a step's text under the regime that is followed; none outside LOU."""
    return tuple(_taught().get(step, {}).get(found.follows, ())) if found.book.act == "LOU" else ()


@cache
def _taught() -> dict[str, dict[str, list[str]]]:
    path = files("kvar") / "parameters" / "procurement" / "learn.yml"
    found: dict[str, dict[str, list[str]]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found
