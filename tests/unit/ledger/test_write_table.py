"""Two that write the same derived table at once both get through, and nothing is left beside it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.store import write_table


def test_many_writers_of_one_table(tmp_path: Path) -> None:
    table = pa.table({"n": list(range(2000))})
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: write_table(table, tmp_path / "t.parquet"), range(40)))
    assert len(done) == 40
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]
    assert pq.read_table(tmp_path / "t.parquet").equals(table)
