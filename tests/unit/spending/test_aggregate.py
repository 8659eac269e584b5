"""From ledgers to a release: an anchor's file, what the coordinator makes of several, and the register."""

from dataclasses import replace
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.release.contribution import Contribution, coordinator, seal, unseal
from kvar.spending.release.made import remember
from kvar.spending.release.own import own_sheet
from kvar.spending.release.publish import contribution, publish, together
from kvar.spending.release.reading import Sum
from kvar.spending.release.register import entries
from kvar.spending.release.sheet import ALL, WHOLE, Part
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

NUMBERS = [f"5599{n:05}" for n in range(1, 13)]
ANCHORS = {"staden": 5, "regionen": 4, "skolan": 3, "museet": 3}


def _luhn(nine: str) -> str:
    doubled = (sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(nine))
    return f"{nine}{-sum(doubled) % 10}"


def _register() -> str:
    places, industries = ("1480", "1481", "0180"), ("43320", "10710")
    rows = [
        f"{_luhn(nine)};Firma {n} AB;Övriga aktiebolag;{places[n % 3]};{industries[n % 2]};4"
        for n, nine in enumerate(NUMBERS)
    ]
    return "org_number;name;legal_form;municipality_code;sni;employees\n" + "\n".join(rows)


def _ledger(size: int) -> str:
    rows = [
        f"Firma {n} AB;{_luhn(nine)};{size * 100 + 10 * n},00;2024-03-05;6440;Varor" for n, nine in enumerate(NUMBERS)
    ]
    person = "Test Testsson;811228-9874;60,00;2024-01-12;6440;Varor"
    return "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n" + "\n".join([*rows, person])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("four")
    made = Store(folder / "store")
    (folder / "register.csv").write_text(_register(), encoding="utf-8")
    load_registers([folder / "register.csv"], store=made, country="SE", as_of="2024-12-31")
    for slug, size in ANCHORS.items():
        path = folder / f"{slug}.csv"
        path.write_text(_ledger(size), encoding="utf-8")
        list(import_files([path], store=made, anchor=Anchor(slug, slug.title(), "SE", "1480"), options=Options()))
    build(made, [ref for ref, _ in made.batches()])
    return made


def _given(store: Store, slug: str) -> Contribution:
    return contribution(store, [ref for ref, _ in store.batches()], slug, 2024, gazetteer=Gazetteer.load())


def make(given: Contribution, to: str, path: Path) -> None:
    path.write_bytes(seal(given, to))


def _files(folder: Path, store: Store, to: Store, slugs: list[str]) -> list[Path]:
    paths = [folder / f"{slug}.kvar" for slug in slugs]
    for slug, path in zip(slugs, paths, strict=True):
        make(_given(store, slug), coordinator(to), path)
    return paths


def test_a_file_holds_no_name_and_no_number_and_only_the_coordinator_reads_it(store: Store, tmp_path: Path) -> None:
    mine, other = Store(tmp_path / "mine"), Store(tmp_path / "other")
    given = _given(store, "staden")
    text = str(given.to_json())
    assert "Firma" not in text
    assert not any(nine in text for nine in NUMBERS)
    content = seal(given, coordinator(mine))
    assert b"municipality" not in content
    assert unseal(content, "x", mine) == given
    with pytest.raises(KvarError) as refused:
        unseal(content, "x", other)
    assert refused.value.code == "aggregate.file"
    with pytest.raises(KvarError) as refused:
        seal(given, "age1nonsense")
    assert refused.value.code == "aggregate.key"


def test_figures_of_few_suppliers_stay_on_the_machine_with_those_that_would_tell_them() -> None:
    sums = {("F", "region"): Sum(900, 5, 900, 300, 200), ("F", "country"): Sum(500, 2, 500, 400, 100),
            ("G", "region"): Sum(800, 5, 800, 300, 200), ("G", "country"): Sum(700, 5, 700, 300, 200),
            ("F", ALL): Sum(1400, 7, 1400, 400, 300), ("G", ALL): Sum(1500, 9, 1500, 300, 300),
            (ALL, "region"): Sum(1700, 9, 1700, 300, 300), (ALL, "country"): Sum(1200, 7, 1200, 400, 300),
            WHOLE: Sum(2900, 12, 2900, 400, 300)}  # fmt: skip
    parts = own_sheet("staden", sums).figures
    assert parts["F", "country"] == Part(None, 0, 1)
    assert sum(part.amount is None for part in parts.values()) == 4
    assert parts[WHOLE] == Part(2900, 12, 1)


def test_publish_adds_up_and_a_joining_anchor_is_refused(store: Store, tmp_path: Path) -> None:
    hub = Store(tmp_path / "hub")
    paths = _files(tmp_path, store, hub, list(ANCHORS))
    entry = publish(hub, together(hub, paths[:3]))
    whole = entry.told[WHOLE]
    assert whole == 100 * (12 * 100 * (5 + 4 + 3) + 3 * 10 * sum(range(12)))  # what a person is paid is no purchase
    assert sum(amount for (row, column), amount in entry.told.items() if row == ALL and column != ALL) == whole
    shown = sum(amount for (row, column), amount in entry.told.items() if ALL not in (row, column))
    assert entry.withheld(WHOLE) == whole - shown
    assert entries(hub) == [entry]
    with pytest.raises(KvarError) as refused:
        publish(hub, together(hub, paths))
    assert refused.value.code == "release.nothing"
    assert len(entries(hub)) == 1


def test_a_year_is_told_once(store: Store, tmp_path: Path) -> None:
    hub = Store(tmp_path / "hub")
    paths = _files(tmp_path, store, hub, ["staden", "regionen", "skolan"])
    publish(hub, together(hub, paths))
    given = _given(store, "staden")
    figures = {key: replace(part, amount=(part.amount or 0) + 1) for key, part in given.sheet.figures.items()}
    make(replace(given, sheet=replace(given.sheet, figures=figures)), coordinator(hub), paths[0])
    with pytest.raises(KvarError) as refused:
        together(hub, paths)
    assert refused.value.code == "aggregate.changed"


def test_files_must_belong_together_and_the_register_is_a_chain(store: Store, tmp_path: Path) -> None:
    hub = Store(tmp_path / "hub")
    paths = _files(tmp_path, store, hub, ["staden", "regionen", "skolan"])
    with pytest.raises(KvarError) as refused:
        together(hub, [*paths, paths[0]])
    assert refused.value.code == "aggregate.twice"
    found = together(hub, paths)
    publish(hub, found)
    make(replace(_given(store, "museet"), year=2023), coordinator(hub), tmp_path / "other.kvar")
    with pytest.raises(KvarError) as refused:
        together(hub, [*paths, tmp_path / "other.kvar"])
    assert refused.value.code == "aggregate.differ"
    publish(hub, replace(found, given=tuple(replace(one, year=2023) for one in found.given)))
    first = hub.root / "aggregates" / "releases" / "00001.json"
    first.write_text(first.read_text(encoding="utf-8").replace("2024", "2022"), encoding="utf-8")
    with pytest.raises(KvarError) as refused:
        entries(hub)
    assert refused.value.code == "aggregate.register"


def test_a_second_file_with_other_figures_is_a_decision(store: Store, tmp_path: Path) -> None:
    mine, given = Store(tmp_path / "mine"), _given(store, "staden")
    remember(mine, given)
    remember(mine, given)
    other = replace(given, sheet=replace(given.sheet, figures=dict(list(given.sheet.figures.items())[1:])))
    with pytest.raises(KvarError) as refused:
        remember(mine, other)
    assert refused.value.code == "aggregate.made_before"
    remember(mine, other, again=True)
    remember(mine, other)
