"""The network of a year from the store: shared suppliers and common kinds of all anchors of a place."""

from collections.abc import Sequence

from kvar.core.period import month
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.spending.indicators import network as indicator
from kvar.spending.indicators.network import Network

TOP = 12


def network(
    store: Store,
    batches: Sequence[BatchRef],
    place: str,
    year: int,
    *,
    gazetteer: Gazetteer,
    district: str | None = None,
) -> Network:
    """Of a district only its suppliers.

    `spending.no_batches`, or `spending.currencies` where the anchors' ledgers cannot be added."""
    with connect(
        store, batches, Question(place, month(year, 1), month(year, 12), district=district), gazetteer
    ) as link:
        return indicator.network(link, TOP, here=district is not None)
