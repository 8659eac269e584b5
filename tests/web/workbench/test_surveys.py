"""Answers of suppliers from the workbench: in, counted, taken away; nobody sees a single one."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

ANSWERS = """organisationsnummer;år;löner här;leverantörer här;källa
559900-0014;2024;31,7;12;enkät
559900-0121;2024;20;10;enkät
559900-0238;2024;25;5;enkät
"""


def _send(client: Client, text: str) -> object:
    return client.post("/sv/arbetsbord/ours/enkat/", {"file": SimpleUploadedFile("svar.csv", text.encode())})


def test_answers_are_counted_and_never_shown(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    assert _send(client, ANSWERS).status_code == 302  # type: ignore[attr-defined]
    answer = client.get("/sv/arbetsbord/ours/enkat/")
    assert answer.context["rows"] == [{"year": 2024, "n": 3, "public": 3, "waiting": 0}]
    assert "31,7" not in answer.content.decode()
    client.post("/sv/arbetsbord/ours/enkat/", {"remove": "2024"})
    assert client.get("/sv/arbetsbord/ours/enkat/").context["rows"] == []


def test_a_wrong_file_is_told_and_nothing_kept(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    answer = _send(client, ANSWERS.replace("31,7", "99"))
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Rad 2" in answer.content.decode()  # type: ignore[attr-defined]
    assert client.get("/sv/arbetsbord/ours/enkat/").context["rows"] == []
    assert client.post("/sv/arbetsbord/ours/enkat/").status_code == 422


def test_a_list_of_a_year_that_is_not_there(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("analyst").get("/sv/arbetsbord/ours/enkat/1999.csv").status_code == 404
