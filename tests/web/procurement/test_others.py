"""Others' notices at a place: read by command, shown with their source, written over, taken away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kvar.procurement.actions.others import import_notices, remove_notices
from kvar.procurement.models import OtherNotice

ADDRESS = "/{}/1480/upphandling/annat-hall/"
CSV = "id;rubrik;köpare;sista anbudsdag;värde;valuta;länk\n1;{title};Grannsta;{day};650000,50;EUR;https://example.org/1\n"


@pytest.fixture(autouse=True)
def place(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def text(lang: str = "sv", query: str = "") -> str:
    answer = Client().get(ADDRESS.format(lang) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def load(title: str = "Städning <b>", days: int = 5) -> None:
    day = timezone.localdate() + timedelta(days=days)
    data = CSV.format(title=title, day=day).encode()
    import_notices(data=data, name="grannar.csv", place="1480", source="Grannsta kommun")


def test_the_empty_page_teaches_the_command() -> None:
    assert "kvar notices import" in text()
    assert "No procurements elsewhere" in text("en")


def test_shown_with_source_and_escaped() -> None:
    load()
    page = text()
    assert "Annonser på annat håll: 1, varav 1 öppna för anbud" in page
    assert "Städning &lt;b&gt;" in page
    assert "Källa: Grannsta kommun, 1." in page
    assert 'href="https://example.org/1"' in page
    assert "Ingen upphandling innehåller" in text(query="?q=tunnel")
    assert "Städning" in text(query="?q=grannsta")


def test_read_again_is_written_over_and_a_file_can_be_taken_away() -> None:
    load()
    load("Ny rubrik", days=-1)
    assert OtherNotice.objects.get().title == "Ny rubrik"
    assert "redan stängda" in text()
    assert remove_notices(place="1480", file="grannar.csv") == 1
    assert not OtherNotice.objects.exists()


def test_a_person_s_number_in_a_notice_is_masked() -> None:
    load("Avtal 19121212" + "-1212")
    assert "1212-1212" not in OtherNotice.objects.get().title
    assert "1212" not in text().split("Avtal")[1][:20]


def test_nul_in_a_file_is_left_out_since_no_database_text_holds_it() -> None:
    day = timezone.localdate() + timedelta(days=5)
    data = b"\xef\xbb\xbf" + CSV.format(title="St\0\u00e4dning", day=day).replace("\n1;", "\n1\0;").encode()
    import_notices(data=data, name="grannar.csv", place="1480", source="Grannsta kommun")
    found = OtherNotice.objects.get()
    assert (found.source_id, found.title) == ("1", "St\u00e4dning")
