"""The report on ten million lines: from the lines beside a bare DuckDB query, polars and pandas; and from the store.

Each job runs in a process of its own; time is without imports, memory is the process's peak. Kvar's relations, the
bare query and the report from the store must give the same rows in every grouping (their digests are compared);
polars and pandas, which do less, the same base, local amount and number of suppliers.
"""

import hashlib
import importlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ledger import ACCOUNTS, ANCHORS, BATCHES, is_tax, make

N = int(os.environ.get("KVAR_BENCH_LINES", "10000000"))
PAYEES, REPEATS = 20_000, 3
VALUES: dict[str, int | str] = {"first": 202001, "last": 202412, "country": "SE", "district": ""}
PARTS = ("district", "municipality", "region", "country", "abroad", "home_municipality", "home_country", "unresolved")
BARE = """
create table t as
select l.anchor, b.supplier, c.kind, l.month // 100 as year,
       sum(amount)::bigint as amount, count(*) as n
from 'lines.parquet' l join 'labels.parquet' b on b.payee = l.payee
join 'categories.parquet' c on c.id = l.category
where c.ordinal is null and l.month between 202001 and 202412 group by all;
create table u as select t.*, s.form_group, s.place, coalesce(h.nearness, case when s.country is null
then 'unresolved' else 'home_country' end) as level
from t join 'suppliers.parquet' s using (supplier) left join 'nearness.parquet' h on h.place = s.place;
"""
SINGLE = "select payee, category, month, 1 as n, amount from lines"  # a rollup of lines, each by itself
LABELS = ("year", "anchor", "category", "form_group", "place")
Rows = Sequence[tuple[Any, ...]]


def digest(rows: Mapping[str, Rows]) -> str:
    """The same for the same rows in any order: label, parts by level, payments, suppliers, base."""
    plain = sorted(repr((label, str(row[0]), *map(int, row[1:]))) for label in LABELS for row in rows[label])
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()


def answer(whole: tuple[Any, ...], rows: Mapping[str, Rows]) -> list[Any]:
    """Base, local, suppliers and the digest of the rest."""
    return [int(whole[-1]), int(whole[2]), int(whole[-2]), digest(rows)]


def ours(_: Path) -> list[Any]:
    """Kvar's relations from the lines."""

    from kvar.spending import facts, relations  # noqa: PLC0415

    link = facts.link()
    link.execute("create view lines as from 'lines.parquet'")
    for name in ("labels", "suppliers", "categories", "kinds", "anchors", "known_rules", "nearness"):
        link.execute(f"create view {name} as from '{name}.parquet'")
    facts.derive(link, [SINGLE], VALUES)
    rows = {label: link.execute(relations.grouped(label)).fetchall() for label in relations.LABELS}
    return answer(rows["all"][0], rows)


def bare(_: Path) -> list[Any]:
    """Hand-written DuckDB over the same files, the same groupings."""
    import duckdb  # noqa: PLC0415

    link = duckdb.connect()
    link.execute(BARE)
    sums = ", ".join(f"coalesce(sum(amount) filter (level = '{name}'), 0)::bigint" for name in PARTS)
    rest = f"{sums}, sum(n)::bigint, count(distinct supplier), sum(amount)::bigint"
    columns = ["kind" if label == "category" else label for label in LABELS]
    names = dict(link.execute("select kind, category from 'kinds.parquet'").fetchall())
    rows = {label: link.execute(f"select {label}, {rest} from u group by 1").fetchall() for label in columns}
    rows["category"] = [(names[row[0]], *row[1:]) for row in rows.pop("kind")]
    return answer(link.execute(f"select 'all', {rest} from u").fetchall()[0], rows)


def polars(_: Path) -> list[Any]:
    """polars, lazily, the same joins; base, local and suppliers only."""
    import polars as pl  # noqa: PLC0415

    kinds = pl.scan_parquet("categories.parquet").filter(pl.col("ordinal").is_null())
    joined = (
        pl.scan_parquet("lines.parquet")
        .join(pl.scan_parquet("labels.parquet"), on="payee")
        .join(kinds, left_on="category", right_on="id")
        .group_by("supplier", "category", pl.col("month") // 100)
        .agg(pl.col("amount").sum())
        .join(pl.scan_parquet("suppliers.parquet").select("supplier", "place"), on="supplier")
    )
    local = pl.col("amount").filter(pl.col("place") == "1480").sum().alias("local")
    row = joined.select(pl.col("amount").sum(), local, pl.col("supplier").n_unique()).collect().row(0)
    return [int(row[0]), int(row[1]), int(row[2])]


def pandas(_: Path) -> list[Any]:
    """pandas, the same joins; base, local and suppliers only."""
    import pandas as pd  # noqa: PLC0415

    kinds = pd.read_parquet("categories.parquet")
    kinds = kinds[kinds["ordinal"].isna()][["id"]]
    lines = pd.read_parquet("lines.parquet").rename(columns={"category": "id"})
    joined = lines.merge(pd.read_parquet("labels.parquet"), on="payee").merge(kinds, on="id")
    joined["year"] = joined["month"] // 100
    grouped = joined.groupby(["supplier", "id", "year"], as_index=False)["amount"].sum()
    done = grouped.merge(pd.read_parquet("suppliers.parquet")[["supplier", "place"]], on="supplier")
    local = done.loc[done["place"] == "1480", "amount"].sum()
    return [int(done["amount"].sum()), int(local), done["supplier"].nunique()]


def stored(folder: Path) -> list[Any]:
    """`kvar.spending.report.report` from a store that has the batches."""
    from kvar.ledger.store import Store  # noqa: PLC0415
    from kvar.places.gazetteer import Gazetteer  # noqa: PLC0415
    from kvar.spending.figure import Question  # noqa: PLC0415
    from kvar.spending.report import report  # noqa: PLC0415

    store = Store(folder / "store")
    question = Question("1480", 202001, 202412)
    found = report(store, [ref for ref, _ in store.batches()], question, gazetteer=Gazetteer.load())
    rows = {label: [_plain(row) for row in getattr(found, name)] for label, name in FIELDS.items()}
    local = sum(row[2] for row in rows["place"])
    return [found.base, local, sum(row.suppliers for row in found.by_place), digest(rows)]


FIELDS = {"year": "by_year", "anchor": "by_anchor", "category": "by_category", "form_group": "by_legal_form",
          "place": "by_place"}  # fmt: skip


def _plain(row: Any) -> tuple[Any, ...]:
    parts = row.parts
    return (
        row.label,
        *parts.levels.values(),
        parts.home_municipality,
        parts.home_country,
        parts.unresolved,
        row.n,
        row.suppliers,
        parts.base,
    )


JOBS: dict[str, Callable[[Path], list[Any]]] = {"ours": ours, "bare": bare, "polars": polars, "pandas": pandas,
                                                "stored": stored}  # fmt: skip
# DuckDB itself imports pandas where it is installed (here, for the comparison) at the first parameter it is given.
IMPORTS = {"bare": ["duckdb"], "polars": ["polars"], "pandas": ["pandas"], "ours": ["kvar.spending.report", "pandas"],
           "stored": ["kvar.spending.report", "pandas"]}  # fmt: skip


def write(folder: Path) -> None:
    """The lines and tables as Parquet, and the same as a store of 24 batches."""
    made = make(N)
    pq.write_table(made.lines, folder / "lines.parquet", compression="zstd")
    for name, table in made.tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    write_store(folder, made.tables)


def write_store(folder: Path, tables: dict[str, pa.Table]) -> None:
    """Batches with rollup, categories and payees; suppliers and labels."""
    import duckdb  # noqa: PLC0415

    from kvar.ledger.contents import parquet  # noqa: PLC0415
    from kvar.ledger.store import FORMAT, Store  # noqa: PLC0415
    from kvar.spending import relations  # noqa: PLC0415
    from kvar.spending.overrides import add_override  # noqa: PLC0415
    from kvar.suppliers.describe import SUPPLIERS  # noqa: PLC0415
    from kvar.suppliers.labels import LABELS  # noqa: PLC0415

    link = duckdb.connect()
    store = Store(folder / "store")
    for number in range(ANCHORS):
        for account in filter(is_tax, range(ACCOUNTS)):
            add_override(
                store, f"anchor{number}", "tax", reason="as in the lines", by="bench", account=str(4000 + account)
            )
    for number in range(BATCHES):
        link.execute(
            f"create or replace view lines as select * replace (payee % {PAYEES} as payee, "
            f"category % {ACCOUNTS} as category) "
            f"from '{folder}/lines.parquet' where batch = {number}"
        )
        rollup = link.sql(relations.ROLLUP).to_arrow_table()
        payees = [{"payee": n, "name": f"Firma {n}", "number": None, "person": None} for n in range(PAYEES)]
        kinds = [{"category": n, "code": str(4000 + n), "text": f"Konto {n}"} for n in range(ACCOUNTS)]
        anchor = {
            "slug": f"anchor{number % ANCHORS}",
            "name": "A",
            "country": "SE",
            "place": "1480",
            "org_number": None,
        }
        report = {
            "format": FORMAT,
            "file": "x",
            "created": f"2026-01-{number + 1:02}",
            "anchor": anchor,
            "currency": "SEK",
        }
        made = {"rollup": rollup, "payees": pa.Table.from_pylist(payees), "categories": pa.Table.from_pylist(kinds)}
        store.write_batch(f"b{number:02}", {name: parquet(table) for name, table in made.items()}, report)
    known = tables["suppliers"]
    extra = {
        field.name: pa.nulls(len(known), field.type)
        if field.nullable
        else pa.array([False if field.type == pa.bool_() else "unknown"] * len(known))
        for field in SUPPLIERS
        if field.name not in known.schema.names
    }
    extra["key"] = known["slug"]
    for name, column in extra.items():
        known = known.append_column(name, column)
    pq.write_table(known.select(SUPPLIERS.names).cast(SUPPLIERS), store.root / "suppliers" / "suppliers.parquet")
    numbers = tables["labels"]["payee"].to_numpy()
    names = pa.array([f"b{n:02}" for n in (numbers // PAYEES).tolist()], pa.string())
    labels = pa.table({"batch": names, "payee": numbers % PAYEES, "supplier": tables["labels"]["supplier"]}).cast(
        LABELS
    )
    pq.write_table(labels, store.root / "suppliers" / "labels.parquet")


def run(name: str, folder: Path) -> dict[str, Any]:
    """One job in a process of its own, in the folder with the files."""
    command = [sys.executable, str(Path(__file__).resolve()), name, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def child(name: str, folder: Path) -> None:
    """Time one job; print its answer, seconds and peak memory."""
    for module in IMPORTS[name]:
        if module != "pandas" or importlib.util.find_spec(module):
            importlib.import_module(module)
    start, busy = time.perf_counter(), time.process_time()
    found = JOBS[name](folder)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024  # of this program alone, unlike ru_maxrss
    sys.stdout.write(json.dumps({"answer": found, "seconds": seconds, "cpu": busy, "mb": peak}) + "\n")


def measure(folder: Path) -> dict[str, dict[str, Any]]:
    """The best of REPEATS runs of each job, in turn, so that a busy moment hits all alike."""
    found: dict[str, dict[str, Any]] = {"stored, first time": run("stored", folder)}
    for _ in range(REPEATS):
        for job in JOBS:
            result = run(job, folder)
            if job not in found or result["seconds"] < found[job]["seconds"]:
                found[job] = result
    return found


def _beside(value: float, other: float) -> tuple[str, str]:
    return f"{value:.2f}", f"{value / other:.2f}"


def main() -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, {N} lines\n\n")
        found = measure(folder)
        sys.stdout.write("| job | s | x bare | CPU s | x bare | MB |\n|---|---|---|---|---|---|\n")
        for job, result in found.items():
            cells = [text for key in ("seconds", "cpu") for text in _beside(result[key], found["bare"][key])]
            sys.stdout.write(f"| {job} | {' | '.join(cells)} | {result['mb']} |\n")
        full = {str(found[job]["answer"]) for job in ("bare", "ours", "stored")}
        short = {str(found[job]["answer"][:3]) for job in JOBS}
        sys.stdout.write(f"\nevery row of every grouping the same in bare, ours and stored: {len(full) == 1}\n")
        sys.stdout.write(f"base, local and suppliers the same in all: {len(short) == 1}\n")


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else main()
