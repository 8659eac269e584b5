"""The records of procurement: planning, the log of what decides; bids and follow-up in files of their own."""

from kvar.procurement.models.log import LogLeaf
from kvar.procurement.models.planning import Criterion, Lot, Meeting, Opener, Procurement, Question, Term

__all__ = ["Criterion", "LogLeaf", "Lot", "Meeting", "Opener", "Procurement", "Question", "Term"]
