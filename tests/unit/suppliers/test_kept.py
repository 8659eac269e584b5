"""The index kept on disk: the same answers as one made on the spot, and made anew when the register is another."""

import sys
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kvar.ledger.store import Store
from kvar.suppliers.block import CAP, candidates, keys
from kvar.suppliers.found import REGISTER, find
from kvar.suppliers.index import build
from kvar.suppliers.kept import COLUMNS, register_index
from kvar.suppliers.match import match
from kvar.suppliers.near import neighbours
from kvar.suppliers.side import payees
from kvar.suppliers.weights import thresholds

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))
import names
from blocks_relation import CANDIDATES

FIRMS = 400
made = cache(lambda: names.make(120, FIRMS))


def _store(folder: Path, table: pa.Table) -> Store:
    store = Store(folder)
    pq.write_table(table, store.root / "registers" / "firms.parquet")
    return store


def test_a_kept_index_gives_the_same_answers(tmp_path: Path) -> None:
    index = register_index(_store(tmp_path, made().register))
    assert index is not None
    assert index.blocks is not None
    kept, spot = match(made().records, index), match(made().records, made().register.select(COLUMNS))
    assert kept.clusters.equals(spot.clusters)
    assert kept.pairs.sort_by([("left", "ascending"), ("right", "ascending")]).equals(
        spot.pairs.sort_by([("left", "ascending"), ("right", "ascending")])
    )
    assert kept.pairs.num_rows > 5


def test_blocks_in_order_are_the_relation_written_in_sql(tmp_path: Path) -> None:
    index = register_index(_store(tmp_path, made().register))
    assert index is not None
    left = payees(made().records)
    found = find(left, index, REGISTER, thresholds())
    lexicon = found.pairs.lexicon
    ours = candidates(found.pairs.left, index, lexicon)
    with duckdb.connect() as link:
        link.register("left_keys", keys(found.pairs.left, lexicon))
        link.register("right_keys", keys(index.side, None))
        theirs = link.sql(CANDIDATES, params={"cap": CAP}).to_arrow_table()
    assert len(ours[0]) > 10
    assert ours[0].tolist() == theirs["l"].to_pylist()
    assert ours[1].tolist() == theirs["r"].to_pylist()
    unsure = np.arange(len(index.folded))
    kept, spot = (neighbours(index.folded, unsure, index.words.count, spelled) for spelled in (index.spelled, None))
    assert (kept == spot).all()


def test_another_register_makes_another_index_and_the_old_one_goes(tmp_path: Path) -> None:
    store = _store(tmp_path, made().register)
    first = register_index(store)
    folders = list((tmp_path / "matching").iterdir())
    assert register_index(store) is not None
    assert list((tmp_path / "matching").iterdir()) == folders
    _store(tmp_path, made().register.slice(0, 40))
    second = register_index(store)
    assert first is not None
    assert second is not None
    assert (len(first.side), len(second.side)) == (FIRMS, 40)
    assert len(list((tmp_path / "matching").iterdir())) == 1
    assert list((tmp_path / "matching").iterdir()) != folders


@pytest.mark.parametrize("rows", [0, 1])
def test_a_register_of_nothing_is_none(tmp_path: Path, rows: int) -> None:
    index = register_index(_store(tmp_path, made().register.slice(0, rows)))
    assert (index is None) == (rows == 0)


def test_without_a_register_there_is_no_index(tmp_path: Path) -> None:
    assert register_index(Store(tmp_path)) is None
    assert build(payees(made().register)).blocks is None
