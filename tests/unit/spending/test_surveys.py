"""Suppliers' answers: strict in, confidential at rest, and no two public figures to subtract."""

import stat
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.surveys import Survey, load_replies, remove_replies, survey_of

HEAD = "organisationsnummer;år;löner här;leverantörer här;källa"
NUMBERS = ("559900-0014", "559900-0121", "559900-0238", "559900-0345", "559900-0451", "559900-0568", "559900-0675")


def _file(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    path = tmp_path / "svar.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


def _load(tmp_path: Path, *lines: str) -> Survey:
    return load_replies(_file(tmp_path, *lines), store=Store(tmp_path / "s"), place="1480", country="SE", by="a@b.se")


def _line(n: int, wages: str = "30", year: int = 2024) -> str:
    return f"{NUMBERS[n]};{year};{wages};12,5 %;enkät"


def test_percent_become_hundredths_and_a_part_of_income(tmp_path: Path) -> None:
    (reply,) = _load(tmp_path, "559900-0014;2024;30,25;12.5 %;enkät mars").replies
    assert (reply.number, reply.wages, reply.suppliers) == ("5599000014", 3025, 1250)
    assert float(reply.respent) == 0.4275


def test_answers_lie_where_only_their_owner_reads(tmp_path: Path) -> None:
    _load(tmp_path, _line(0))
    path = tmp_path / "s" / "surveys" / "1480.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_public_before_three_and_then_three_at_a_time(tmp_path: Path) -> None:
    assert _load(tmp_path, _line(0), _line(1)).of(2024) == ()
    found = _load(tmp_path, _line(2))
    assert len(found.of(2024)) == 3
    assert found.waiting(2024) == 0
    found = _load(tmp_path, _line(3), _line(0, "10"))
    assert (len(found.replies), len(found.of(2024)), found.waiting(2024)) == (4, 3, 2)
    assert [reply.wages for reply in found.of(2024)] == [3000, 3000, 3000]
    found = _load(tmp_path, _line(4))
    assert (len(found.of(2024)), found.waiting(2024)) == (5, 0)


def test_years_are_apart_and_can_be_taken_away(tmp_path: Path) -> None:
    _load(tmp_path, *(_line(n) for n in range(3)), *(_line(n, year=2021) for n in range(3)))
    found = remove_replies(Store(tmp_path / "s"), "1480", 2021, by="a@b.se")
    assert found.of(2021) == ()
    assert len(found.of(2024)) == 3
    assert survey_of(Store(tmp_path / "s"), "1480") == found
    assert survey_of(Store(tmp_path / "s"), "9999") == Survey()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("12;2024;1;1;x", "spending.survey.number"),
        ("811228-9874;2024;1;1;x", "spending.survey.person"),
        ("559900-0014;24;1;1;x", "spending.survey.year"),
        ("559900-0014;2024;60;41;x", "spending.survey.share"),
        ("559900-0014;2024;-1;41;x", "spending.survey.share"),
        ("559900-0014;2024;;1;x", "spending.table.number"),
        ("559900-0014;2024;1;1;", "spending.survey.source"),
        ("559900-0014;2024;1;1", "spending.table.cells"),
        ('559900-0014;2024;1;1;"enkät', "spending.table.torn"),
        ("559900-0014;2024;1;1;x\n559900-0014;2024;2;1;x", "spending.survey.twice"),
    ],
)
def test_a_wrong_line_refuses_the_whole_file(tmp_path: Path, line: str, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        _load(tmp_path, _line(1), line)
    assert caught.value.code == code
    assert "811228" not in str(caught.value)
    assert survey_of(Store(tmp_path / "s"), "1480") == Survey()


@pytest.mark.parametrize(("head", "code"), [("a;b;c;d;e", "spending.table.columns"), ("", "spending.table.empty")])
def test_a_file_that_is_no_survey(tmp_path: Path, head: str, code: str) -> None:
    lines = (_line(0),) if head else ()
    with pytest.raises(KvarError) as caught:
        load_replies(_file(tmp_path, *lines, head=head), store=Store(tmp_path / "s"), place="1", country="SE", by="x")
    assert caught.value.code == code
