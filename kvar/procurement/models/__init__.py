"""The records of procurement: planning, the log of what decides, bids once opened."""

from kvar.procurement.models.bids import Award, Bid, Declaration, OpeningPart, Score
from kvar.procurement.models.follow_up import Contract, Obligation, Report
from kvar.procurement.models.log import LogLeaf
from kvar.procurement.models.mail import Letter, MailChoice, Reminder
from kvar.procurement.models.measured import Measurement
from kvar.procurement.models.notices import OtherNotice
from kvar.procurement.models.planning import Criterion, Lot, Meeting, Opener, Procurement, Question, Term
from kvar.procurement.models.proposals import Proposal
from kvar.procurement.models.supplier import Evidence

__all__ = [
    "Award", "Bid", "Contract", "Criterion", "Declaration", "Evidence", "Letter", "LogLeaf", "Lot", "MailChoice",
    "Measurement", "Meeting", "Obligation", "Opener", "OpeningPart", "OtherNotice", "Procurement", "Proposal",
    "Question", "Reminder", "Report", "Score", "Term",
]  # fmt: skip
