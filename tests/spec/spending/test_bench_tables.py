"""The invented lines and tables of the benches still are what the relations read: a million of them go to Spark."""

import importlib.util
from pathlib import Path
from types import ModuleType

import duckdb
import pyarrow.compute as pc

from kvar.spending import facts, relations

VALUES: dict[str, int | str] = {"first": 202001, "last": 202412, "country": "SE", "district": ""}


def _ledger() -> ModuleType:
    path = Path(__file__).parents[3] / "bench" / "ledger.py"
    spec = importlib.util.spec_from_file_location("ledger", path)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_every_ore_of_the_bench_s_lines_stands_in_each_grouping() -> None:
    made = _ledger().make(2_000)
    with duckdb.connect() as database:
        database.register("lines", made.lines)
        rollups = database.sql(relations.ROLLUP).to_arrow_table()
    amounts = pc.add(rollups["positive"], rollups["negative"])
    with facts.link() as database:
        for name, table in (made.tables | {"rollups_in": rollups.append_column("amount", amounts)}).items():
            database.register(name, table)
        facts.derive(database, ["from rollups_in"], VALUES)
        sums = {label: database.execute(relations.grouped(label)).fetchall() for label in relations.LABELS}
    bases = {label: sum(row[-1] for row in rows) for label, rows in sums.items()}
    assert len(set(bases.values())) == 1
    assert bases["all"] > 0
