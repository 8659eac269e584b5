"""Stored classes follow every change of a rule, and of how a batch was read."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.spending import classes as module
from kvar.spending.classes import classes
from kvar.spending.classify import _pattern, digest, rules

TEXT = "Leverantör;Konto;Grupp;Belopp;Datum\nBageriet AB;Livsmedel;Pensioner;10,00;2024-03-01\n"
COLUMNS = {"supplier_name": "Leverantör", "account_text": "Konto", "amount": "Belopp", "date": "Datum"}


def load(store: Store, path: Path, account: str) -> BatchRef:
    mapping = Mapping("own", 1, COLUMNS | {"account_text": account}, "SE", "SEK")  # type: ignore[arg-type]
    anchor = Anchor("a", "A", "SE", "1480")
    (done,) = import_files([path], store=store, anchor=anchor, options=Options(mapping=mapping))
    assert done.batch is not None
    return done.batch


def classes_of(store: Store, batch: BatchRef) -> list[str | None]:
    known = rules("SE")
    ordinals = pq.read_table(classes(store, batch)[0])["ordinal"].to_pylist()
    return [None if n is None else known[n].payment_class for n in ordinals]


def test_the_same_file_read_another_way_is_classified_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")
    first = load(store, tmp_path / "a.csv", "Konto")
    assert classes_of(store, first) == [None]
    store.remove_batch(first.id)
    second = load(store, tmp_path / "a.csv", "Grupp")
    assert second.id == first.id
    assert classes_of(store, second) == ["pension"]


def test_a_change_late_in_a_long_pattern_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")
    batch = load(store, tmp_path / "a.csv", "Konto")
    pension = next(rule for rule in rules("SE") if rule.payment_class == "pension")
    for last, expected in (("nej", [None]), ("livsmedel", [0])):
        rule = replace(pension, text=_pattern("|".join([f"utfyllnad{n}" for n in range(40)] + [last])))
        monkeypatch.setattr(module, "rules_for", lambda *_, rule=rule: (rule,))
        assert pq.read_table(classes(store, batch)[0])["ordinal"].to_pylist() == expected


def test_every_part_of_a_rule_counts() -> None:
    rule = rules("SE")[0]
    changed = [
        replace(rule, id="x"), replace(rule, payment_class="tax"), replace(rule, account="9"),
        replace(rule, text=_pattern("x")), replace(rule, number="1"), replace(rule, name=_pattern("x")),
        replace(rule, person=("title",)), replace(rule, numbers=("1",)),
    ]  # fmt: skip
    assert len({digest([one]) for one in (rule, *changed)}) == len(changed) + 1
