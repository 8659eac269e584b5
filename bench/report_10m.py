"""The report on ten million lines: from the lines beside a bare DuckDB query, polars and pandas; and from the store.

Each job runs in a process of its own; time is without imports, memory is the process's peak. All four that start
from lines must give the same base, local amount and number of suppliers.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from ledger import ACCOUNTS, make

N = int(os.environ.get("KVAR_BENCH_LINES", "10000000"))
BATCHES, PAYEES = 24, 20_000
VALUES: dict[str, int | str] = {"first": 202001, "last": 202412, "country": "SE"}
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
Answer = tuple[int, int, int]


def ours(_: Path) -> Answer:
    """Kvar's relations from the lines."""

    from kvar.spending import facts, relations  # noqa: PLC0415

    link = facts.link()
    link.execute("create view lines as select * from 'lines.parquet'")
    link.execute(f"create view rollups as {relations.SINGLE}")
    names = ("labels", "suppliers", "categories", "kinds", "payees", "known_rules", "nearness")
    made = facts.derive(link, {name: pq.read_table(f"{name}.parquet") for name in names}, VALUES)
    rows = {label: made.execute(relations.grouped(label)).fetchall() for label in relations.LABELS}
    whole = rows["all"][0]
    return whole[-1], whole[2], whole[-2]


def bare(_: Path) -> Answer:
    """Hand-written DuckDB over the same files, the same groupings."""
    import duckdb  # noqa: PLC0415

    link = duckdb.connect()
    link.execute(BARE)
    sums = ", ".join(f"sum(amount) filter (level = '{n}') as p{n}" for n in ("municipality", "region", "country"))
    for label in ("year", "anchor", "kind", "form_group", "place"):
        link.execute(f"select {label}, {sums}, count(distinct supplier), sum(amount) from u group by 1").fetchall()
    query = (
        "select sum(amount)::bigint, (sum(amount) filter (level = 'municipality'))::bigint, count(distinct supplier)"
    )
    return tuple(link.execute(f"{query} from u").fetchall()[0])


def polars(_: Path) -> Answer:
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
    return int(row[0]), int(row[1]), int(row[2])


def pandas(_: Path) -> Answer:
    """pandas, the same joins; base, local and suppliers only."""
    import pandas as pd  # noqa: PLC0415

    kinds = pd.read_parquet("categories.parquet")
    kinds = kinds[kinds["ordinal"].isna()][["id"]]
    lines = pd.read_parquet("lines.parquet").rename(columns={"category": "id"})
    joined = lines.merge(pd.read_parquet("labels.parquet"), on="payee").merge(kinds, on="id")
    joined["year"] = joined["month"] // 100
    grouped = joined.groupby(["supplier", "id", "year"], as_index=False)["amount"].sum()
    done = grouped.merge(pd.read_parquet("suppliers.parquet")[["supplier", "place"]], on="supplier")
    return (
        int(done["amount"].sum()),
        int(done.loc[done["place"] == "1480", "amount"].sum()),
        done["supplier"].nunique(),
    )


def stored(folder: Path) -> Answer:
    """`kvar.spending.report.report` from a store that has the batches."""
    from kvar.ledger.store import Store  # noqa: PLC0415
    from kvar.places.gazetteer import Gazetteer  # noqa: PLC0415
    from kvar.spending.figure import Question  # noqa: PLC0415
    from kvar.spending.report import report  # noqa: PLC0415

    store = Store(folder / "store")
    found = report(
        store, [ref for ref, _ in store.batches()], Question("1480", 202001, 202412), gazetteer=Gazetteer.load()
    )
    return found.base, found.local_share["municipality"].evidence.get("amount", 0) or 0, len(found.top_suppliers)  # type: ignore[return-value]


JOBS: dict[str, Callable[[Path], Answer]] = {"ours": ours, "bare": bare, "polars": polars, "pandas": pandas,
                                             "stored": stored}  # fmt: skip


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

    from kvar.ledger.store import Store  # noqa: PLC0415
    from kvar.spending import relations  # noqa: PLC0415
    from kvar.suppliers.describe import SUPPLIERS  # noqa: PLC0415
    from kvar.suppliers.labels import LABELS  # noqa: PLC0415

    link = duckdb.connect()
    store = Store(folder / "store")
    for number in range(BATCHES):
        link.execute(
            f"create or replace view lines as select * replace (payee % {PAYEES} as payee, "
            f"category % {ACCOUNTS} as category) "
            f"from '{folder}/lines.parquet' where batch = {number}"
        )
        rollup = link.sql(relations.ROLLUP).to_arrow_table().drop_columns(["anchor"])
        payees = [{"payee": n, "name": f"Firma {n}", "number": None, "person": None} for n in range(PAYEES)]
        kinds = [{"category": n, "code": str(4000 + n), "text": f"Konto {n}"} for n in range(ACCOUNTS)]
        anchor = {"slug": f"anchor{number % 6}", "name": "A", "country": "SE", "place": "1480", "org_number": None}
        report = {"file": "x", "created": f"2026-01-{number + 1:02}", "anchor": anchor, "currency": "SEK"}
        store.write_batch(f"b{number:02}", {"rollup": rollup, "payees": pa.Table.from_pylist(payees),
                                            "categories": pa.Table.from_pylist(kinds)}, report)  # fmt: skip
    known = tables["suppliers"]
    extra = {
        field.name: pa.nulls(len(known), field.type) for field in SUPPLIERS if field.name not in known.schema.names
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


def run(name: str, folder: Path) -> dict[str, object]:
    """One job in a process of its own, in the folder with the files."""
    command = [sys.executable, str(Path(__file__).resolve()), name, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def child(name: str, folder: Path) -> None:
    """Time one job; print its answer, seconds and peak memory."""
    start = time.perf_counter()
    answer = JOBS[name](folder)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024  # of this program alone, unlike ru_maxrss
    sys.stdout.write(json.dumps({"answer": [int(x) for x in answer], "seconds": seconds, "mb": peak}) + "\n")


def main() -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, {N} lines\n\n")
        sys.stdout.write("| job | s | x bare | MB |\n|---|---|---|---|\n")
        first = run("stored", folder)
        found = {job: run(job, folder) for job in ("bare", "ours", "polars", "pandas", "stored")}
        found["stored, first time"] = first
        for job, result in found.items():
            ratio = float(str(result["seconds"])) / float(str(found["bare"]["seconds"]))
            sys.stdout.write(f"| {job} | {result['seconds']:.2f} | {ratio:.2f} | {result['mb']} |\n")
        same = {tuple(found[job]["answer"]) for job in ("bare", "ours", "polars", "pandas")}  # type: ignore[arg-type]
        sys.stdout.write(f"\nthe four from lines give the same answer: {len(same) == 1}\n")


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else main()
