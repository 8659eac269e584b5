"""Persistent identity: ids are never reused, a new month matches only what is new, undo is exact."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.suppliers import asking, deeds
from kvar.suppliers.events import Event, add_event, events
from kvar.suppliers.keys import Ids
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new
from kvar.suppliers.register import load_registers
from kvar.suppliers.replay import replay
from kvar.suppliers.told import told
from kvar.suppliers.weights import version

HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n"
JANUARY = (
    HEAD
    + """Bageriet Ekorren AB;559900-0014;400,00;2024-01-05;6440;Livsmedel
Bageriet Ekoren;;100,00;2024-01-06;6440;Livsmedel
Städ i Norrmalm AB;;700,00;2024-01-08;6130;Lokalvård
Måleri Sörby HB;;50,00;2024-01-08;6130;Lokalvård
"""
)
FEBRUARY = (
    HEAD
    + """Bageriet Ekorren AB;559900-0014;40,00;2024-02-05;6440;Livsmedel
Måleri Sörby;;7,00;2024-02-08;6130;Lokalvård
Glasmästeriet Ljusglimt AB;;9,00;2024-02-08;6130;Lokalvård
"""
)
REGISTER = """org_number;name;legal_form;municipality_code
559900-0014;Bageriet Ekorren Aktiebolag;Övriga aktiebolag;1480
559900-0022;Glasmästeriet Ljusglimt AB;Övriga aktiebolag;1480
"""
A, B, C = "name-SE-a", "name-SE-b", "name-SE-c"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    load_registers([tmp_path / "register.csv"], store=made, country="SE", as_of="2024-12-31")
    load(made, tmp_path, "januari", JANUARY)
    return made


def load(store: Store, folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    (done,) = import_files([path], store=store, anchor=Anchor("staden", "S", "SE", "1480"), options=Options())
    assert done.batch is not None, done.error


def batches(store: Store) -> list[BatchRef]:
    return [ref for ref, _ in store.batches()]


def suppliers(store: Store) -> dict[int, str]:
    build(store, batches(store))
    rows = pq.read_table(store.root / "suppliers" / "suppliers.parquet").to_pylist()
    return {row["supplier"]: row["name"] for row in rows}


def paid(store: Store) -> dict[int, int]:
    """Minor units by supplier, over all lines."""
    build(store, batches(store))
    labels = pq.read_table(store.root / "suppliers" / "labels.parquet").to_pylist()
    of = {(row["batch"], row["payee"]): row["supplier"] for row in labels}
    sums: dict[int, int] = {}
    for batch in batches(store):
        for row in pq.read_table(batch.folder / "rollup.parquet").to_pylist():
            supplier = of[batch.id, row["payee"]]
            sums[supplier] = sums.get(supplier, 0) + row["positive"] + row["negative"]
    return sums


def test_a_merge_a_split_and_an_undo_move_money_and_nothing_else(store: Store) -> None:
    before, names = paid(store), suppliers(store)
    baker, misspelt = (
        next(s for s, n in names.items() if n.startswith(word)) for word in ("Bageriet Ekorren", "Bageriet Ekoren")
    )
    merged = deeds.merge(store, "SE-ON-5599000014", "name-SE-bageriet ekoren", by="ann@x", reason="Stavfel")
    after = paid(store)
    assert after[min(baker, misspelt)] == 500_00
    assert sum(after.values()) == sum(before.values())
    split = deeds.split(store, "name-SE-bageriet ekoren", by="bo@x", reason="Nej, ett annat bageri")
    assert sorted(paid(store).values()) == sorted(before.values())
    deeds.undo(store, split.number, by="ann@x", reason="Jo")
    assert paid(store) == after
    deeds.undo(store, merged.number, by="ann@x", reason="Ändå inte")
    assert paid(store) == before
    assert "merge" in {event.kind for event, _ in deeds.history(store, baker)}
    shown = [(row.deed, row.one, row.other, row.by_hand, row.undone) for row in told(store, baker)]
    assert shown == [
        ("merged", "5599000014", "bageriet ekoren", True, True),
        ("split", "bageriet ekoren", "", True, True),
    ]
    assert [row.deed for row in told(store, misspelt)] == ["merged", "split"]
    assert "ann@x" not in str(told(store, baker))


def test_ids_stay_when_a_batch_leaves_and_comes_back(store: Store, tmp_path: Path) -> None:
    before = suppliers(store)
    load(store, tmp_path, "februari", FEBRUARY)
    both = suppliers(store)
    assert set(before) < set(both)
    january = next(ref for ref in batches(store) if pq.read_table(ref.folder / "lines.parquet").num_rows == 4)
    store.remove_batch(january.id)
    only = suppliers(store)
    load(store, tmp_path, "januari", JANUARY)
    assert set(suppliers(store)) == set(both)
    assert set(only) < set(both)


def test_a_new_month_matches_only_what_is_new(store: Store, tmp_path: Path) -> None:
    first = match_new(store, batches(store))
    assert first is not None
    assert first.what["weights"] == version()
    assert match_new(store, batches(store)) is None
    before = suppliers(store)
    load(store, tmp_path, "februari", FEBRUARY)
    second = match_new(store, batches(store))
    assert second is not None
    assert all(key not in first.what["seen"] for key in second.what["seen"])
    after = suppliers(store)
    assert set(before) < set(after)


def test_only_what_is_asked_can_be_answered_and_only_by_words(store: Store) -> None:
    keys_ = ["SE-ON-5599000014", "name-SE-bageriet ekoren"]
    add_event(store, "match", by="kvar", reason="", what={"joins": [], "entries": [], "seen": keys_,
              "asked": [[keys_[1], keys_[0], 3.5, [["name", "a", "b", "close", 3.5]]]]})  # fmt: skip
    build(store, batches(store))
    (asked,) = asking.queue(store, batches(store))
    assert asked.stake == 500_00
    pair = (asked.one, asked.other)
    for wrong, code in (((pair[1], "x"), "suppliers.answer.not_asked"), (pair, "suppliers.answer.verdict")):
        with pytest.raises(KvarError) as caught:
            asking.answer(store, batches(store), wrong, "same" if wrong != pair else "kanske", by="ann@x")
        assert caught.value.code == code
    asking.answer(store, batches(store), pair, "same", by="ann@x")
    assert asking.queue(store, batches(store)) == []
    assert 500_00 in paid(store).values()


@pytest.mark.parametrize(("level", "seen"), [("register", "REGISTRETS"), ("ledger", None)])
def test_a_registers_firm_is_asked_though_another_anchor_pays_it_by_number(
    store: Store, tmp_path: Path, level: str, seen: str | None
) -> None:
    mine, firm, stranger = "name-SE-bageriet ekoren", "SE-ON-5599000105", "SE-ON-5599000113"
    register, paid_ = tmp_path / "r.csv", tmp_path / "regionen.csv"
    register.write_text(
        "org_number;name;legal_form\n559900-0105;Bageriet Ekorn AB;Övriga aktiebolag\n", encoding="utf-8"
    )
    load_registers([register], store=store, country="SE", as_of="2024-12-31")
    rows = "Ekorns bagarstuga;559900-0105;900,00;2024-01-05;6440;Mat\nEkornen;559900-0113;9,00;2024-01-05;6440;Mat\n"
    paid_.write_text(HEAD + rows, encoding="utf-8")
    own = batches(store)
    (other,) = import_files(
        [paid_], store=store, anchor=Anchor("regionen", "Regionen", "SE", "1480"), options=Options()
    )
    assert other.batch is not None
    lines = [["name", "a", "REGISTRETS", "close", 3.5], ["choices", None, "9", level, -1.0]]
    add_event(store, "match", by="kvar", reason="", what={"joins": [], "entries": [], "seen": [mine],
              "asked": [[mine, firm, 2.5, lines], [mine, stranger, 2.5, lines]]})  # fmt: skip
    build(store, batches(store))
    (asked,) = asking.queue(store, own)
    assert (asked.one, asked.other) == (mine, firm)
    assert asked.evidence[0][2] == seen


def test_different_is_never_joined_by_the_matching(store: Store) -> None:
    ids = {A: 0, B: 1, C: 2}
    said = Event(1, "answer", "", "ann@x", "olika", {"pair": [A, B], "verdict": "different"})
    run = Event(
        2, "match", "", "kvar", "", {"joins": [[A, C, 9], [C, B, 8]], "entries": [], "asked": [], "seen": [A, B, C]}
    )
    state = replay(ids, [said, run])
    assert state.supplier(C) == 0
    assert state.supplier(B) == 1


def test_two_numbers_of_one_register_are_joined_only_by_hand() -> None:
    ids = {"SE-ON-1": 0, "SE-ON-2": 1}
    pair = ["SE-ON-1", "SE-ON-2"]
    run = Event(1, "match", "", "kvar", "", {"joins": [[*pair, 9]], "entries": [], "asked": [], "seen": pair})
    assert replay(ids, [run]).supplier("SE-ON-2") == 1
    assert replay(ids, [Event(1, "merge", "", "ann@x", "Ombildat", {"keys": pair})]).supplier("SE-ON-2") == 0


F, G = "SE-ON-5599000014", "SE-ON-5599000022"
FOUND = Event(1, "match", "", "kvar", "", {"joins": [[A, B, 9], [B, C, 8]], "entries": [[B, F, 7.0], [C, G, 9.0]],
              "asked": [], "seen": [A, B, C]})  # fmt: skip


def at(number: int, kind: str, **what: object) -> Event:
    return Event(number, kind, "", "ann@x", "skäl", what)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("later", "entries"),
    [
        ([], [G, G, G]),  # the surer of one run
        ([at(2, "split", key=C, id=9)], [F, F, G]),
        ([at(2, "split", key=B, id=9)], [G, F, G]),
        ([at(2, "split", key=A, id=9)], [None, G, G]),
        ([at(2, "split", key=C, id=9), at(3, "undo", event=2)], [G, G, G]),
        ([at(2, "split", key=C, id=9), at(3, "split", key=B, id=10)], [None, F, G]),
        ([at(2, "split", key=C, id=9), at(3, "merge", keys=[C, A])], [G, G, G]),
        ([at(2, "answer", pair=[A, "SE-ON-1"], verdict="same")], ["SE-ON-1"] * 3),
        ([at(2, "answer", pair=[A, "SE-ON-1"], verdict="same"), at(3, "split", key=A, id=9)], ["SE-ON-1", G, G]),
        ([at(2, "undo", event=1, row=3)], [F, F, F]),
        ([at(2, "answer", pair=[C, G], verdict="different")], [F, F, F]),
    ],
)
def test_an_entry_goes_where_the_key_goes_that_it_was_found_for(
    later: list[Event], entries: list[str | None]
) -> None:
    state = replay({A: 0, B: 1, C: 2}, [FOUND, *later])
    assert [state.entry(key) for key in (A, B, C)] == entries


def test_what_was_split_from_a_number_is_no_longer_found_under_it() -> None:
    ids = {F: 0, A: 1}
    found = {"joins": [], "entries": [[A, F, 9.0]], "asked": [], "seen": [A]}
    merged = [Event(1, "match", "", "kvar", "", found), at(2, "merge", keys=[A, F])]
    assert replay(ids, merged).entry(A) == F
    for key in (A, F):
        parted = [*merged, at(3, "split", key=key, id=9)]
        assert replay(ids, parted).entry(A) is None
        assert replay(ids, [*parted, at(4, "undo", event=3)]).entry(A) == F
        assert replay(ids, [*parted, at(4, "merge", keys=[A, F])]).entry(F) is None


def test_a_split_carries_what_the_register_says_and_its_undo_brings_it_back(store: Store, tmp_path: Path) -> None:
    baker, glazier, firm = "name-SE-bageriet ekoren", "name-SE-städ i norrmalm", "SE-ON-5599000022"
    add_event(store, "match", by="kvar", reason="", what={"joins": [], "entries": [[glazier, firm, 9.0]],
              "asked": [], "seen": [baker, glazier]})  # fmt: skip

    def known() -> set[tuple[str, str | None]]:
        build(store, batches(store))
        rows = pq.read_table(store.root / "suppliers" / "suppliers.parquet").to_pylist()
        return {(row["name"], row["firm"]) for row in rows if row["firm"] != F}

    before = known()
    deeds.merge(store, baker, glazier, by="ann@x", reason="Samma")
    merged = known()
    split = deeds.split(store, glazier, by="bo@x", reason="Nej")
    assert known() == before
    deeds.undo(store, split.number, by="ann@x", reason="Jo")
    assert known() == merged
    assert sorted(str(found) for _, found in merged) == ["None", firm]


def test_persons_are_never_joined(store: Store) -> None:
    Ids(store).of([])
    with pytest.raises(KvarError) as caught:
        deeds.merge(store, "SE-PERSON-x", "name-SE-y", by="ann@x", reason="?")
    assert caught.value.code == "suppliers.key.unknown"
    ids = {"SE-PERSON-x": 0, A: 1}
    assert replay(ids, [Event(1, "merge", "", "a", "b", {"keys": ["SE-PERSON-x", A]})]).supplier(A) == 1


def test_a_reason_is_needed_and_two_at_once_get_two_numbers(store: Store) -> None:
    build(store, batches(store))
    with pytest.raises(KvarError) as caught:
        deeds.merge(store, "SE-ON-5599000014", "name-SE-bageriet ekoren", by="ann@x", reason=" ")
    assert caught.value.code == "suppliers.event.reason"
    made = [add_event(store, "merge", by="ann@x", reason="x", what={"keys": [A, B]}).number for _ in range(3)]
    assert made == [1, 2, 3]
    assert [event.number for event in events(store)] == made


KEYS = [f"name-SE-{letter}" for letter in "abcdef"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
        st.tuples(st.just("split"), st.sampled_from(KEYS), st.integers(100, 100)),
        st.tuples(st.just("entry"), st.sampled_from(KEYS), st.sampled_from(["SE-ON-1", "SE-ON-2"])),
        st.tuples(st.just("answer"), st.sampled_from(KEYS), st.sampled_from(["SE-ON-3", "SE-ON-4"])),
    ),
    max_size=12,
)


def events_of(steps: list[tuple[str, str, object]]) -> list[Event]:
    made = []
    for n, (kind, one, other) in enumerate(steps, 1):
        what: dict[str, object] = {
            "merge": {"keys": [one, other]},
            "split": {"key": one, "id": 100 + n},
            "entry": {"joins": [], "entries": [[one, other, 9.0]], "asked": [], "seen": [one]},
            "answer": {"pair": [one, other], "verdict": "same"},
        }[kind]
        made.append(Event(n, "match" if kind == "entry" else kind, "", "a", "b", what))  # type: ignore[arg-type]
    return made


def who(ids: dict[str, int], known: list[Event]) -> dict[str, tuple[int, str | None]]:
    """Key -> its supplier and that supplier's entry in a register."""
    state = replay(ids, known)
    return {key: (state.supplier(key), state.entry(key)) for key in KEYS}


@settings(max_examples=300)
@given(STEPS, st.integers(0, 11))
def test_undo_is_as_if_it_never_was_and_every_key_has_one_home(steps: list[tuple[str, str, object]], at: int) -> None:
    ids = {key: n for n, key in enumerate(KEYS)}
    known = events_of(steps)
    state, homes = replay(ids, known), who(ids, known)
    for supplier, members in state.members.items():
        assert {key for key, (home, _) in homes.items() if home == supplier} == members & set(KEYS)
    for key in KEYS:  # a supplier's entry is one that its own keys brought, and it has one where any did
        own = {
            str(other) for kind, one, other in steps if kind in {"entry", "answer"} and homes[one][0] == homes[key][0]
        }
        assert (homes[key][1] in own) if own else homes[key][1] is None
    if at < len(known):
        undone = [*known, Event(99, "undo", "", "a", "b", {"event": known[at].number})]
        without = [event for event in known if event is not known[at]]
        assert who(ids, undone) == who(ids, without)
        assert who(ids, [*undone, Event(100, "undo", "", "a", "b", {"event": 99})]) == homes
