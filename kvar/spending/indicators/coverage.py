"""Coverage: what part of the purchases the 300 largest suppliers are, and the local share they alone would show.

CLES asks each anchor for its top 300 suppliers as a proxy for the whole; this tells what that would have given.
Skipped (`-`) where the base is not positive. Source: CLES spend analysis guide (domain research A1).
"""

import duckdb

from kvar.spending.figure import Figure, Question
from kvar.spending.rows import Parts

INDICATOR = "coverage"
VERSION = "1.0"
TOP = 300
_QUERY = """
with ranked as (
    select level, amount from bought order by amount desc, slug limit ?
)
select coalesce(sum(amount), 0)::bigint, count(*),
       coalesce(sum(amount) filter (level in ('district', 'municipality', 'home_municipality')), 0)::bigint
from ranked
"""


def figure(link: duckdb.DuckDBPyConnection, parts: Parts, question: Question, panel: tuple[str, ...]) -> Figure:
    """Share of the base in the top 300; evidence holds their number and their own local share."""
    amount, n, local = link.execute(_QUERY, [TOP]).fetchall()[0]
    if parts.base <= 0:
        return Figure(
            INDICATOR, VERSION, None, None, None, "share", question, panel, missing="-",
            reason="spending.base_not_positive",
        )  # fmt: skip
    share = amount / parts.base
    evidence: dict[str, object] = {"suppliers": n, "local_share": local / amount if amount > 0 else None}
    return Figure(
        INDICATOR, VERSION, share, share, share, "share", question, panel, base=parts.base, evidence=evidence
    )
