"""Evaluation as it stands: who has judged what, what comes next, and how the points are made up. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kvar.organisations.queries import Person
from kvar.procurement.actions.evaluation import ranked
from kvar.procurement.evaluation.apart import APART, Given, seen_by, unlike
from kvar.procurement.evaluation.bid import Bid as Tender
from kvar.procurement.evaluation.models import Part
from kvar.procurement.models import Bid, Criterion, Lot, Procurement, Score
from kvar.procurement.rules.model import read_model
from kvar.procurement.sealing.form import SOCIAL

FAR = {"points": 25}  # two evaluators this far apart should talk it through; levels: more than one
FIELDS = ("text", *SOCIAL, "target")


@dataclass(frozen=True, slots=True)
class Question:
    """A bid and a criterion: scores apart that the person may see, the own, the joint one, and how many."""

    bid: Bid
    criterion: Criterion
    seen: Sequence[Given]
    own: Given | None
    joint: Score | None
    done: int
    far: bool

    @property
    def stands(self) -> str:
        """joint, together (both have judged), waiting (own is given) or mine (own is missing)."""
        if self.joint:
            return "joint"
        if self.own is None:
            return "mine"
        return "together" if self.done >= APART else "waiting"


def questions(procurement: Procurement, person: Person) -> list[Question]:
    """Every question of every opened bid, bid by bid; a lot that was closed asks nothing more."""
    open_lots = Bid.objects.filter(lot__procurement=procurement, lot__closed="")
    bids = open_lots.filter(state="opened").select_related("lot", "bidder")
    criteria = list(procurement.criteria.exclude(kind="price").order_by("kind", "slug"))
    scores = list(Score.objects.filter(bid__lot__procurement=procurement))
    return [
        question(bid, item, person.pk, [s for s in scores if (s.bid_id, s.criterion_id) == (bid.pk, item.pk)])
        for bid in bids.order_by("lot", "submitted")
        for item in criteria
    ]


def question(bid: Bid, criterion: Criterion, person: int | None, scores: Sequence[Score]) -> Question:
    """One question with what the person may see."""
    apart = [Given(s.evaluator_id, s.given, s.reason) for s in scores if not s.joint]
    seen = seen_by(person or 0, apart)
    own = next((one for one in apart if one.evaluator == person), None)
    far = len(seen) >= APART and unlike(seen, FAR.get(criterion.scale, 1))
    return Question(bid, criterion, seen, own, next((s for s in scores if s.joint), None), len(apart), far)


def following(rows: Sequence[Question], after: tuple[Any, Any]) -> Question | None:
    """The next question that the person can act on: own scores first, then joint ones, from `after` on."""
    at = next((n for n, row in enumerate(rows) if (row.bid.pk, row.criterion.pk) == after), -1)
    turned = [*rows[at + 1 :], *rows[: at + 1]]
    for state in ("mine", "together"):
        if found := next((row for row in turned if row.stands == state), None):
            return found
    return None


def answer_of(bid: Bid, criterion: Criterion) -> list[tuple[str, str]]:
    """What the bid answers to a criterion: (field, text); unknown fields and shapes are left out."""
    given = bid.answers.get(criterion.slug) if isinstance(bid.answers, dict) else None
    rows = given if isinstance(given, dict) else {"text": given} if isinstance(given, str) else {}
    return [(name, str(rows[name])) for name in FIELDS if rows.get(name) not in (None, "")]


@dataclass(frozen=True, slots=True)
class Line:
    """A bid in the ranking: place, the value it is ranked by, and what gave it, in the model's unit."""

    place: int
    bid: Bid
    value: Fraction
    parts: tuple[Part, ...]


def lines(lot: Lot) -> list[Line]:
    """The ranking by the frozen model with its parts; `procurement.award.scores` while scores are missing."""
    model, order = read_model(lot.procurement.model or {}), ranked(lot)
    bids = {str(bid.pk): bid for bid in Bid.objects.filter(lot=lot, state="opened").select_related("bidder")}
    judged = {name: _judged(name, bid) for name, bid in bids.items()}
    return [
        Line(row.place, bids[row.id], row.value, model.parts(judged[row.id], list(judged.values()))) for row in order
    ]


def _judged(name: str, bid: Bid) -> Tender:
    return Tender(name, bid.price or 0, dict(bid.scores.filter(joint=True).values_list("criterion__slug", "given")))
