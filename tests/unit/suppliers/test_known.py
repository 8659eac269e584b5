"""The index of names known before: kept and grown it answers as one made anew; damaged, or of others, it is."""

import sys
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.ledger.store import Store
from kvar.suppliers import known
from kvar.suppliers.grown import grown
from kvar.suppliers.index import Index, build
from kvar.suppliers.kept import opened, write
from kvar.suppliers.known import keep_known, known_index
from kvar.suppliers.match import match_known
from kvar.suppliers.side import payees

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))
import names

made = cache(lambda: names.make(300, 400))
WORDS = st.sampled_from(["ekan", "bygg", "björken", "ab", "the", "och", "lövet", "ekann", "t/a", "7", "hb", ""])
NAMED = st.lists(WORDS, max_size=4).map(" ".join)
ROW = st.tuples(NAMED, st.sampled_from(["SE", "GB"]), st.sampled_from([None, "411 04", "LS1 4AP"]),
                st.sampled_from([None, "Lövet", "Ekan"]))  # fmt: skip


Row = tuple[str, str, str | None, str | None]


def table(rows: list[Row]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    found = {name: pa.array(column, pa.string()) for name, column in zip(known.COLUMNS, columns, strict=True)}
    return pa.table({"record_id": pa.array([str(n) for n in range(len(rows))], pa.string())} | found)


def answers(records: pa.Table, index: Index) -> list[dict[str, object]]:
    pairs = match_known(records, index, None).pairs
    return pairs.sort_by([("left", "ascending"), ("right", "ascending")]).to_pylist()


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.lists(ROW, max_size=6), st.lists(ROW, min_size=1, max_size=6))
def test_grown_is_as_made_of_all(
    tmp_path_factory: pytest.TempPathFactory, before: list, since: list, new: list
) -> None:
    folder = tmp_path_factory.mktemp("index") / "kept"
    first = known._standing(table(before), 0)
    write(build(payees(first)), folder)
    more = payees(known._standing(table(since), len(before)))
    whole = build(payees(known._standing(table(before + since), 0)))
    for index in (grown(opened(folder), more), grown(build(payees(first)), more)):
        assert answers(table(new), index) == answers(table(new), whole)


def test_grown_answers_as_made_of_all_on_many_names() -> None:
    one, two, new = (made().records.slice(at, 100) for at in (0, 100, 200))
    first = build(payees(known._standing(one, 0)))
    both = pa.concat_tables([one, two])
    whole = answers(new, build(payees(known._standing(both, 0))))
    assert answers(new, grown(first, payees(known._standing(two, 100)))) == whole
    assert len(whole) > 20


@pytest.mark.parametrize("harm", ["none", "damage", "other names", "fewer names", "half of it"])
def test_what_is_kept_is_never_trusted_blindly(tmp_path: Path, harm: str) -> None:
    store, records = Store(tmp_path), made().records
    before, new = records.slice(0, 150), records.slice(200)
    keep_known(store, "a", before, 0)
    (folder,) = (tmp_path / "suppliers" / "known" / "a").iterdir()
    names_ = {"other names": records.slice(1, 150), "fewer names": records.slice(0, 149)}.get(harm, before)
    if harm == "damage":
        file = folder / "words.npy"
        content = bytearray(file.read_bytes())
        content[-40] ^= 1
        file.write_bytes(content)
    if harm == "half of it":
        (folder / "block_rows.npy").unlink()
    index, rows = known_index(store, "a", names_)
    assert rows == (150 if harm == "none" else 0)
    assert answers(new, index) == answers(new, build(payees(known._standing(names_, 0))))


def test_it_is_written_anew_when_a_tenth_more_have_come(tmp_path: Path) -> None:
    store, records = Store(tmp_path), made().records
    place = tmp_path / "suppliers" / "known" / "a"
    found = []
    for count in (100, 105, 120):
        rows = known_index(store, "a", records.slice(0, count - 5))[1]
        keep_known(store, "a", records.slice(0, count), rows)
        found.append([folder.name.partition("-")[0] for folder in place.iterdir()])
    assert found == [["100"], ["100"], ["120"]]
