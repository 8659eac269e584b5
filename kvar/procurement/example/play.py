"""Five procurements, one in each phase: planned, in dialogue, open for bids, being judged, and followed up."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers, drafting
from kvar.procurement.example.clock import at, day
from kvar.procurement.example.decided import followed_up, opened
from kvar.procurement.example.made import judge_by, plan_of, published
from kvar.procurement.example.others import others
from kvar.procurement.example.people import Cast, cast
from kvar.procurement.example.plans import CLEANING, FRUIT, GROUNDS, HOME_CARE, WINDOWS
from kvar.procurement.models import Procurement

SLUG = "kommunen"


def procurements(password: str, keys: Path) -> bool:
    """Make them once; False when they are there already or the town has no such buyer."""
    buyer = Organisation.objects.filter(slug=SLUG).first()
    if buyer is None or Procurement.objects.filter(organisation=buyer).exists():
        return False
    players = cast(buyer, password, keys)
    with at(day(-170)):
        followed = published(players, GROUNDS, days=35)
    followed_up(players, followed)
    with at(day(-40)):
        judged = published(players, WINDOWS, days=30)
    opened(players, judged)
    _open_for_bids(players)
    others(buyer.place)
    with at(day(-20)):
        _dialogue(players)
    with at(day(-3)):
        judge_by(plan_of(players, FRUIT), FRUIT)
    return True


def _open_for_bids(players: Cast) -> None:
    with at(day(-9)):
        made = published(players, CLEANING, days=42, meeting=(-30, NOTES_CLEANING))
        question = answers.ask(procurement=made, asker=players.firms[0][0], text="Får två företag lämna anbud ihop?")
    with at(day(-7)):
        answers.reply(
            question=question, text="Ja. En grupp av leverantörer får delta, utan krav på viss juridisk form."
        )


def _dialogue(players: Cast) -> None:
    made = plan_of(players, HOME_CARE)
    first = drafting.invite(procurement=made, at=timezone.now() + timedelta(days=8), where="Högbackens bibliotek",
                            invitation=INVITATION)  # fmt: skip
    drafting.write_notes(meeting=first, notes=NOTES)
    drafting.invite(procurement=made, at=timezone.now() + timedelta(days=32), where="Högbackens bibliotek",
                    invitation="Andra mötet: vi går igenom ett förslag till delar och frågor. Kom också om du inte "
                               "var med första gången.")  # fmt: skip


INVITATION = (
    "Vi funderar på hur hemtjänsten i Högbacken ska köpas. Vad behövs för att ett litet företag eller en förening "
    "ska kunna lämna anbud? Hur får de som har hemtjänst mer att säga till om? Öppet för alla, ingen anmälan."
)
NOTES = (
    "Fjorton kom. Flera sade att en del per kvarter vore lagom. Brukare vill själva välja tid. Små företag bad om "
    "kort svar på få frågor och betalning inom tio dagar. Ingen fråga om pris diskuterades."
)
NOTES_CLEANING = (
    "Nio kom. De mindre företagen bad om delar som följer stadsdelarna. Alla var överens om att restid mellan skolor "
    "måste betalas."
)
