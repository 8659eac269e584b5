"""The steps of a plan, and how far each is."""

from dataclasses import dataclass

from kvar.procurement.models import Procurement
from kvar.procurement.readiness import PLAIN, missing, unsound
from kvar.procurement.rules.engine import Answer

STEPS = (
    "need", "dialogue", "lots", "function", "criteria", "measures", "simulate", "terms", "residents",
    "openers", "publish",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step and its state: done, todo (publication waits for it), may (as you like), later, or none (not asked)."""

    name: str
    number: int
    state: str

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"plan-{self.name}"


def steps(procurement: Procurement, found: Answer) -> list[Step]:
    """All steps in order with their states."""
    lacking = {item.step for item in (*missing(procurement, found, procurement.route), *unsound(procurement))}
    done = _done(procurement)
    idle = {"openers"} if procurement.route in PLAIN else set()
    return [Step(name, n, "none" if name in idle else _state(name, lacking, done)) for n, name in enumerate(STEPS, 1)]


def next_step(rows: list[Step]) -> Step:
    """The first step that publication waits for, else publication itself."""
    return next((row for row in rows if row.state == "todo"), rows[-1])


def _done(item: Procurement) -> set[str]:
    marks = {
        "need": True,
        "dialogue": item.meetings.exclude(notes="").exists(),
        "lots": item.lots.count() > 1 or bool(item.undivided_reason),
        "function": bool(item.functional),
        "criteria": item.criteria.exclude(kind="social").exists(),
        "measures": bool(item.policy) or bool(item.measures_reason),
        "terms": item.terms.exists(),
        "residents": item.proposals.exists(),
        "openers": item.openers.exists(),
    }
    return {name for name, done in marks.items() if done}


def _state(name: str, lacking: set[str], done: set[str]) -> str:
    if name in lacking:
        return "todo"
    if name == "publish":
        return "later" if lacking else "todo"
    return "done" if name in done else "may"
