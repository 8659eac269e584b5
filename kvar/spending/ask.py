"""Whom to ask: the suppliers here that were paid most, as a list to fill in. For an anchor's own people."""

import csv
from collections.abc import Sequence
from io import StringIO

from kvar.core.messages import Language, say
from kvar.core.period import month
from kvar.ledger.corrections import safe
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.spending.respent import LOCAL
from kvar.spending.surveys import NAMES

MOST = 200


def ask_list(
    store: Store, batches: Sequence[BatchRef], place: str, year: int, *, gazetteer: Gazetteer, language: Language
) -> str:
    """CSV (`;`, BOM) with a line for each of the MOST best paid suppliers here; persons are never on it."""
    with connect(store, batches, Question(place, month(year, 1), month(year, 12)), gazetteer) as link:
        rows = link.execute(
            "select s.number, s.name from bought b join suppliers s on s.supplier = b.supplier "
            "where not s.is_person and s.number is not null and s.name is not null and b.amount > 0 "
            "and list_contains(?, b.level) order by b.amount desc, s.number limit ?",
            [list(LOCAL), MOST],
        ).fetchall()
    out = StringIO()
    write = csv.writer(out, delimiter=";")
    column = {"sv": 0, "en": 1}[language]
    number, *others = (names[column] for names in NAMES.values())
    write.writerow([number, say("web.supplier", {}, language), *others])
    write.writerows([safe(found), safe(name), year, "", "", ""] for found, name in rows)
    return "\ufeff" + out.getvalue()
