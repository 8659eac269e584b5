"""What a new file says beside those loaded before: lines loaded already, numbers that changed."""

import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import pytest

from kvar.ledger.importing import Imported, Options, import_files
from kvar.ledger.model import Anchor, Notice
from kvar.ledger.store import Store

HEAD = "Leverantör;Org.nr;Belopp;Datum\n"
ANCHOR = Anchor("a", "A", "SE", "1480")
A, B = "5599000006", "5599000113"


def row(name: str, number: str, amount: int, day: str = "2024-03-01") -> str:
    return f"{name};{number};{amount},00;{day}\n"


MARCH = [row(f"Firma {n} AB", "", n) for n in range(1, 41)]


def load(folder: Path, *files: Sequence[str]) -> list[Imported]:
    paths = []
    for number, rows in enumerate(files):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_text(HEAD + "".join(rows), encoding="utf-8")
    return list(import_files(paths, store=Store(folder / "store"), anchor=ANCHOR, options=Options()))


def said(item: Imported, code: str) -> list[Notice]:
    return [notice for notice in item.notices if notice.code == f"ledger.notice.{code}"]


def test_the_same_month_under_another_file_looks_loaded(tmp_path: Path) -> None:
    more = [row("Ny AB", "", 7, "2024-03-02"), row("Ny AB", "", 8, "2024-04-02")]
    first, second = load(tmp_path, MARCH, [*reversed(MARCH), *more])
    assert first.notices == ()
    [notice] = said(second, "looks_loaded")
    assert notice.values == {"n": 40, "lines": 41, "file": "0.csv", "months": "2024-03"}


def test_repeated_lines_count_as_often_as_both_have_them(tmp_path: Path) -> None:
    _, second = load(tmp_path, [MARCH[0]] * 3, [MARCH[0]] * 5)
    [notice] = said(second, "looks_loaded")
    assert (notice.values["n"], notice.values["lines"]) == (3, 5)


@pytest.mark.parametrize(
    "rows",
    [
        [row(f"Firma {n} AB", "", n + 1) for n in range(1, 41)],  # other amounts
        [row(f"Annan {n} AB", "", n) for n in range(1, 41)],  # other payees
        [row(f"Firma {n} AB", "", n, "2024-04-01") for n in range(1, 41)],  # another month
        [*MARCH[:19], *(row(f"Annan {n} AB", "", n) for n in range(1, 41))],  # less than half
    ],
)
def test_what_only_resembles_is_left_alone(tmp_path: Path, rows: list[str]) -> None:
    assert said(load(tmp_path, MARCH, rows)[1], "looks_loaded") == []


def test_the_same_bytes_twice_in_one_go_are_one_batch(tmp_path: Path) -> None:
    _, second = load(tmp_path, MARCH, MARCH)
    assert second.error is not None
    assert second.error.code == "ledger.batch.same_file"


def test_a_name_with_another_number_than_before_speaks_up(tmp_path: Path) -> None:
    same, other = row("Bageriet AB", A, 1), row("BAGERIET  ab", B, 2)
    _, second, third = load(tmp_path, [same], [row("Bageriet AB", A, 3)], [other])
    assert said(second, "numbers_differ") == []
    [notice] = said(third, "numbers_differ")
    assert notice.values == {"n": 1, "names": "BAGERIET  ab"}


def test_a_number_under_many_names_speaks_up_within_and_across_files(tmp_path: Path) -> None:
    many = [row(f"Firma {n} AB", A, n) for n in range(4)]
    [within] = load(tmp_path, many)
    assert "ledger.notice.several_names" in {n.code for n in within.tables[0].warnings}
    (tmp_path / "b").mkdir()
    first, second = load(tmp_path / "b", many[:3], many[3:])
    assert {n.code for n in first.tables[0].warnings} == {"ledger.notice.guessed"}
    assert [n.values for n in said(second, "names_grow")] == [{"n": 1, "numbers": A}]


def test_a_name_with_several_numbers_is_named(tmp_path: Path) -> None:
    [done] = load(tmp_path, [row("Bageriet AB", A, 1), row("Bageriet AB", B, 1)])
    [notice] = [n for n in done.tables[0].warnings if n.code == "ledger.notice.several_numbers"]
    assert notice.values == {"n": 1, "names": "Bageriet AB"}


def _import_at(path: Path, root: Path, gate: "multiprocessing.Barrier", codes: "multiprocessing.Queue[str]") -> None:  # type: ignore[valid-type]
    gate.wait()  # type: ignore[attr-defined]
    (done,) = import_files([path], store=Store(root), anchor=ANCHOR, options=Options())
    codes.put(done.error.code if done.error else "done")


def test_two_analysts_at_once_load_a_file_once(tmp_path: Path) -> None:
    path = tmp_path / "mars.csv"
    path.write_text(HEAD + "".join(MARCH), encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    gate, codes = context.Barrier(2), context.Queue()
    both = [context.Process(target=_import_at, args=(path, tmp_path / "store", gate, codes)) for _ in "ab"]
    for one in both:
        one.start()
    assert sorted(codes.get(timeout=120) for _ in both) == ["done", "ledger.batch.same_file"]
    for one in both:
        one.join()
    [(_, report)] = Store(tmp_path / "store").batches()
    assert report["tables"][0]["loaded"] == len(MARCH)
    assert list((tmp_path / "store" / "tmp").iterdir()) == []
