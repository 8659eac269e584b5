"""Scored apart, then together: what an evaluator may see of another's scores, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass

APART = 2


@dataclass(frozen=True, slots=True)
class Given:
    """A score apart: who gave what, and why."""

    evaluator: int
    given: int
    reason: str


def seen_by(person: int, scores: Sequence[Given]) -> Sequence[Given]:
    """One's own alone until two have scored, and one of them is oneself; then all."""
    done = {score.evaluator for score in scores}
    return scores if len(done) >= APART and person in done else [one for one in scores if one.evaluator == person]


def unlike(scores: Sequence[Given], steps: int) -> bool:
    """Do the scores differ by more than `steps`?"""
    levels = [score.given for score in scores]
    return bool(levels) and max(levels) - min(levels) > steps
