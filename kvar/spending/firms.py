"""Whom the money went to: by owner, size and industry, and what is local under every definition at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import duckdb
import pyarrow as pa

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending import definitions
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Figure, Question
from kvar.spending.relations import PARTS
from kvar.spending.rows import Row, read_rows
from kvar.suppliers.industry import divisions

Trait = Literal["ownership", "size", "industry"]
TRAITS: dict[Trait, str] = {
    "ownership": "s.ownership",
    "size": "coalesce(s.size, 'unknown')",
    "industry": "coalesce(i.section, 'unknown')",
}
_PANEL = "select slug from anchors where anchor in (select distinct anchor from facts) order by 1"
_MATCHED = """
select coalesce(s.matched_by, 'none'), sum(b.amount)::bigint, count(*)
from bought b join suppliers s on s.supplier = b.supplier group by 1 order by 1
"""


@dataclass(frozen=True, slots=True)
class FirmReport:
    """`matched`: minor units and suppliers that a register knows, by how; `collected`: paid to who only collects."""

    question: Question
    currency: str
    base: int
    definitions: dict[str, Figure]
    by_ownership: tuple[Row, ...]
    by_size: tuple[Row, ...]
    by_industry: tuple[Row, ...]
    matched: tuple[tuple[str, int, int], ...]
    collected: int

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def firm_report(store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer) -> FirmReport:
    """Answer a question, for a district when one is asked for. Raises what `facts.connect` does."""
    with connect(store, batches, question, gazetteer) as link:
        panel = tuple(slug for (slug,) in link.execute(_PANEL).fetchall())
        definitions.prepare(link, store, question)
        matched = tuple((how, amount, n) for how, amount, n in link.execute(_MATCHED).fetchall())
        collected = link.execute(
            "select coalesce(sum(amount), 0)::bigint from bought join suppliers using (supplier) where collects"
        ).fetchall()[0][0]
        return FirmReport(
            question, currency_of(batches, question), sum(amount for _, amount, _ in matched),
            definitions.figures(link, store, question, panel),
            by_trait(link, "ownership"), by_trait(link, "size"), by_trait(link, "industry"), matched, collected,
        )  # fmt: skip


def by_trait(link: duckdb.DuckDBPyConnection, trait: Trait) -> tuple[Row, ...]:
    """Purchases by what a supplier is, largest first; `unknown` where no register tells."""
    table = pa.Table.from_pylist(
        [{"division": division, "section": section} for division, section in divisions()],
        pa.schema([("division", pa.string()), ("section", pa.string())]),
    )
    link.register("industries", table)
    return read_rows(link, trait_sql(trait))


def trait_sql(trait: Trait) -> str:
    """As `relations.grouped`, by a trait of the supplier."""
    columns = ", ".join(
        f"coalesce(sum(case when b.level = '{name}' then b.amount end), 0)::bigint as {name}" for name in PARTS
    )
    return (
        f"select {TRAITS[trait]} as label, {columns}, sum(b.n)::bigint as n, count(*) as suppliers, "  # noqa: S608
        "sum(b.amount)::bigint as base from bought b join suppliers s on s.supplier = b.supplier "
        "left join industries i on i.division = substr(s.industry, 1, 2) group by 1 order by base desc, label"
    )
