"""Small files share a child: the same answers in the same order, and one that ends the child takes none along."""

from pathlib import Path
from typing import Any

import pytest

from kvar.core.errors import KvarError
from kvar.ledger import together
from kvar.ledger.result import ReadResult
from kvar.ledger.sandbox import read_in_child
from kvar.ledger.together import GROUP, SMALL, grouped, read_together

KEY = b"k" * 32
HEAD = "leverantor;leverantor_id;konto_nr;konto_text;verifikationsnummer;datum;belopp\n"


def ledger(folder: Path, name: str, amount: str) -> Path:
    path = folder / name
    path.write_text(f"{HEAD}Bageriet AB;559900-0006;6440;Livsmedel;1;2024-03-01;{amount}\n", encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    broken = tmp_path / "b.csv"
    broken.write_bytes(b"%PDF-1.7 no ledger")
    return [ledger(tmp_path, "a.csv", "100,50"), broken, ledger(tmp_path, "c.csv", "7,00")]


def told(answers: tuple[ReadResult | KvarError, ...]) -> list[object]:
    return [a.code if isinstance(a, KvarError) else a.tables[0].sum_positive_minor for a in answers]


def test_together_is_as_alone(files: list[Path]) -> None:
    answers = read_together(files, key=KEY)
    first = answers[0]
    assert isinstance(first, ReadResult)
    assert first.sha256 == read_in_child(files[0], key=KEY).sha256
    assert [answer for answer in told(answers) if isinstance(answer, int)] == [10_050, 700]
    assert isinstance(answers[1], KvarError)


@pytest.mark.parametrize("code", ["ledger.child.killed", "ledger.child.memory"])
def test_a_child_that_ends_takes_no_file_along(files: list[Path], monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    whole = told(read_together(files, key=KEY))

    def ended(*_: Any) -> Any:
        raise KvarError(code, file="a.csv")

    monkeypatch.setattr(together, "run", ended)
    assert told(read_together(files, key=KEY)) == whole


def test_only_small_neighbours_are_grouped(tmp_path: Path) -> None:
    paths = [ledger(tmp_path, f"{n:02}.csv", "1,00") for n in range(GROUP + 3)]
    with paths[2].open("ab") as file:
        file.truncate(SMALL + 1)
    groups = list(grouped(paths))
    assert [len(group) for group in groups] == [2, 1, GROUP]
    assert [path for group in groups for path in group] == paths
