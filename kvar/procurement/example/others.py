"""Invented notices of neighbours, read by the ordinary import of a CSV."""

from datetime import timedelta

from django.utils import timezone

from kvar.procurement.actions.others import import_notices

HEADER = "id;rubrik;köpare;cpv;värde;valuta;publicerad;sista anbudsdag;beskrivning"
ROWS = (
    ("P-1", "Skolskjuts med elbuss", "Strandby kommun (påhittad)", "60130000", "3 400 000", -6, 33,
     "Fyra linjer, anbud får lämnas på en eller flera."),
    ("P-2", "Möbler, återbrukade", "Gransta kommun (påhittad)", "39130000", "900 000", -20, 12,
     "Minst hälften ska vara återbrukat eller renoverat."),
    ("P-3", "Snöröjning", "Björkvik kommun (påhittad)", "90620000", "1 750 000", -70, -30, "Tre områden."),
)  # fmt: skip


def others(place: str) -> int:
    """Three notices around today; how many."""
    today = timezone.localdate()
    lines = [
        ";".join((id_, title, buyer, cpv, value, "SEK", f"{today + timedelta(days=sent)}",
                  f"{today + timedelta(days=due)} 12:00", text))
        for id_, title, buyer, cpv, value, sent, due, text in ROWS
    ]  # fmt: skip
    data = "\n".join((HEADER, *lines)).encode()
    return len(import_notices(data=data, name="grannar.csv", place=place, source="Påhittad fil").notices)
