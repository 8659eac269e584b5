"""Largest suppliers: those that most was bought from, net of credits, and their part of all purchases.

A supplier is one across spellings and files by its number, else by its name. Persons, and who cannot be told from
one, are not listed: what was bought from them stands as one sum, withheld by name. There is no interval: who was
paid is known, where is not asked.
Source: CLES spend analysis (domain research A1).
"""

import duckdb

from kvar.spending.rows import SupplierRow, Withheld

INDICATOR = "top_suppliers"
VERSION = "1.0"
TOP = 100


def suppliers(link: duckdb.DuckDBPyConnection, base: int, top: int = TOP) -> tuple[SupplierRow, ...]:
    """The largest suppliers by net purchases."""
    rows = link.execute(
        "select slug, name, place, level, form_group, amount, n from bought where named "
        "order by amount desc, slug limit ?",
        [top],
    ).fetchall()
    return tuple(
        SupplierRow(slug, name, place, level, form, amount, amount / base if base > 0 else 0.0, n)
        for slug, name, place, level, form, amount, n in rows
    )


def withheld(link: duckdb.DuckDBPyConnection, base: int) -> Withheld:
    """All purchases from persons in one sum, so that the list and the base reconcile."""
    amount, n, known = link.execute(
        "select coalesce(sum(amount), 0)::bigint, coalesce(sum(n), 0)::bigint, count(*) from bought where not named"
    ).fetchall()[0]
    return Withheld(amount, amount / base if base > 0 else 0.0, n, known)
