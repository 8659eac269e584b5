"""What is stored, as the tables the relations start from: DuckDB reads the Parquet files itself.

Payees, categories and rules are numbered through all batches; amounts are minor units. Rollups come a few batches
at a time, so that memory does not grow with their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.spending.classes import classes
from kvar.spending.classify import PURCHASE, Rule
from kvar.spending.overrides import rules_for
from kvar.spending.relations import NO_RULE

AT_ONCE = 32
RULES = pa.schema([("ordinal", pa.int32()), ("payment_class", pa.string()), ("rule", pa.string())])
_BATCHES = pa.schema(
    [("id", pa.string()), ("anchor", pa.int32()), ("payee_from", pa.int32()), ("category_from", pa.int32()),
     ("rule_from", pa.int32()), ("categories_file", pa.string()), ("payees_file", pa.string())]
)  # fmt: skip
_KINDS = """
select (row_number() over (order by category) - 1)::integer as kind, category
from (select distinct category from read_parquet($files))
"""
_CATEGORIES = """
select (b.category_from + c.id)::integer as id, b.anchor, k.kind, (b.rule_from + c.ordinal)::integer as ordinal
from read_parquet($files, filename = true) c join batches b on b.categories_file = c.filename
join kinds k on k.category = c.category
"""
_LABELS = """
select (b.payee_from + l.payee)::integer as payee, l.supplier, r.ordinal
from read_parquet($labels) l join batches b on b.id = l.batch
left join (select (b.payee_from + p.payee)::integer as payee, (b.rule_from + p.ordinal)::integer as ordinal
           from read_parquet($files, filename = true) p join batches b on b.payees_file = p.filename) r
on r.payee = b.payee_from + l.payee
"""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A batch and where its own numbers begin among all of them."""

    batch: BatchRef
    anchor: int
    payee_from: int
    category_from: int
    rule_from: int
    categories: Path
    payees: Path


def tables(link: duckdb.DuckDBPyConnection, store: Store, batches: Sequence[BatchRef]) -> list[Numbered]:
    """Everything but rollups as tables in `link`: suppliers, labels, anchors, kinds, categories, known_rules.

    `spending.unlabelled` where a payee of a batch has no supplier (`kvar.suppliers.labels.build` was not run): what
    it was paid would silently be left out.
    """
    slugs = sorted({batch.anchor.slug for batch in batches})
    rules = {batch.anchor.slug: rules_for(store, batch.anchor.slug, batch.anchor.country) for batch in batches}
    found = _numbered(store, batches, slugs, rules)
    link.register("batches", _table_of(found))
    link.register("known_rules", _rules([rule for slug in slugs for rule in rules[slug]]))
    link.register("anchors", pa.table({"anchor": pa.array(range(len(slugs)), pa.int32()), "slug": slugs}))
    accounts = {"files": [str(item.categories) for item in found]}
    folder = store.root / "suppliers"
    link.execute(f"create table kinds as {_KINDS}", accounts)
    link.execute(f"create table categories as {_CATEGORIES}", accounts)
    known = {"labels": str(folder / "labels.parquet"), "files": [str(item.payees) for item in found]}
    link.execute(f"create table labels as {_LABELS}", known)
    _all_labelled(link, found)
    link.execute(f"create view suppliers as from read_parquet({_quoted(folder / 'suppliers.parquet')})")
    return found


def _all_labelled(link: duckdb.DuckDBPyConnection, found: Sequence[Numbered]) -> None:
    payees = sum(pq.read_metadata(item.batch.folder / "payees.parquet").num_rows for item in found)
    (labelled,) = link.execute("select count(distinct payee) from labels").fetchall()[0]
    if labelled != payees:
        raise KvarError("spending.unlabelled", n=payees - labelled)


def rollups(found: Sequence[Numbered]) -> Iterator[str]:
    """Queries for the rollups of at most AT_ONCE batches each: payee, category, month, n, amount."""
    for start in range(0, len(found), AT_ONCE):
        yield " union all ".join(
            f"select payee + {item.payee_from} as payee, category + {item.category_from} as category, month, n, "  # noqa: S608
            f"positive + negative as amount from read_parquet({_quoted(item.batch.folder / 'rollup.parquet')})"
            for item in found[start : start + AT_ONCE]
        )


def _numbered(
    store: Store, batches: Sequence[BatchRef], slugs: list[str], rules: dict[str, tuple[Rule, ...]]
) -> list[Numbered]:
    out, payees, categories = [], 0, 0
    first_rule = {slug: sum(len(rules[before]) for before in slugs[:n]) for n, slug in enumerate(slugs)}
    for batch in batches:
        slug = batch.anchor.slug
        files = classes(store, batch)
        out.append(Numbered(batch, slugs.index(slug), payees, categories, first_rule[slug], *files))
        payees += pq.read_metadata(batch.folder / "payees.parquet").num_rows
        categories += pq.read_metadata(files[0]).num_rows
    return out


def _table_of(found: Sequence[Numbered]) -> pa.Table:
    rows = [
        (item.batch.id, item.anchor, item.payee_from, item.category_from, item.rule_from, str(item.categories),
         str(item.payees))
        for item in found
    ]  # fmt: skip
    return pa.Table.from_pylist([dict(zip(_BATCHES.names, row, strict=True)) for row in rows], _BATCHES)


def _rules(known: Sequence[Rule]) -> pa.Table:
    rows = [{"ordinal": n, "payment_class": rule.payment_class, "rule": rule.id} for n, rule in enumerate(known)]
    rows.append({"ordinal": NO_RULE, "payment_class": PURCHASE, "rule": None})
    return pa.Table.from_pylist(rows, RULES)


def _quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
