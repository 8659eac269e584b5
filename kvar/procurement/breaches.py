"""What a buyer has done about a promise that is not kept, read from the log: the supplier sees it with reasons."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kvar.procurement.models import LogLeaf, Obligation


@dataclass(frozen=True, slots=True)
class Taken:
    """A step (reminder, plan, clause), when it was taken and why."""

    step: str
    at: datetime
    why: str


def steps_taken(obligations: Sequence[Obligation]) -> dict[int, list[Taken]]:
    """Obligation key -> the steps taken about it, in order; those with none are left out."""
    wanted = {item.pk: item.contract.award.lot.procurement_id for item in obligations if item.step}
    found: dict[int, list[Taken]] = {}
    leaves = LogLeaf.objects.filter(procurement__in=set(wanted.values()), text__contains='"kind":"promise"')
    for text in leaves.order_by("procurement", "number").values_list("text", flat=True):
        leaf = json.loads(text)
        values = leaf["values"]
        if values["obligation"] in wanted:
            taken = Taken(values["step"], datetime.fromisoformat(leaf["at"]), values["why"])
            found.setdefault(values["obligation"], []).append(taken)
    return found
