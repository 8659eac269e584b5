"""The name an upload is kept under."""

import pytest

from kvar.organisations.uploads import LONGEST, kept_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("mars.csv", "mars.csv"),
        ("../../etc/passwd", "passwd"),
        ("", "fil"),
        ("å" * 300 + ".csv", "å" * 98 + ".csv"),
        ("a." + "b" * 300, "fil"),
    ],
)
def test_name(name: str, kept: str) -> None:
    assert kept_name(name, "fil") == kept
    assert len(kept_name(name, "fil").encode()) <= LONGEST


def test_no_person_s_number_is_kept() -> None:
    assert "811228" not in kept_name("811228-9874.csv", "fil")
