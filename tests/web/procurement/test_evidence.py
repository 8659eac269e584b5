"""A firm's evidence pass: one row a kind and title, also when two pages save at once; twins of before are kept."""

import io
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kvar.organisations.models import Organisation
from kvar.procurement.actions import evidence
from kvar.procurement.models import Evidence


@pytest.fixture
def firm(db: None, settings: Any, tmp_path: Path) -> Organisation:
    settings.DATA = tmp_path
    return Organisation.objects.create(slug="f", name="F", country="SE", place="9901", kind="firm")


def test_the_same_title_again_replaces(firm: Organisation) -> None:
    for text in ("Först", "Sedan"):
        evidence.keep_answer(organisation=firm, title=" Plan ", text=text)
        evidence.keep_file(organisation=firm, title="Plan", name="plan.pdf", body=io.BytesIO(text.encode()))
    assert [row.text for row in Evidence.objects.filter(kind="answer")] == ["Sedan"]
    assert Evidence.objects.filter(kind="file").count() == 1


def test_the_database_holds_no_twins(firm: Organisation) -> None:
    other = Organisation.objects.create(slug="g", name="G", country="SE", place="9901", kind="firm")
    for home in (firm, other):
        Evidence.objects.create(organisation=home, kind="answer", title="Plan", text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(organisation=firm, kind="answer", title="Plan", text="y")


def test_twins_of_before_are_numbered_and_none_is_lost() -> None:
    numbered = import_module("kvar.procurement.migrations.0013_evidence_titles").numbered
    rows = [
        (1, 7, "answer", "Plan"),
        (2, 7, "answer", "Plan"),
        (3, 7, "answer", "Plan (2)"),
        (4, 7, "answer", "Plan"),
        (5, 7, "file", "Plan"),
        (6, 8, "answer", "Plan"),
        (7, 7, "file", "P" * 200),
        (8, 7, "file", "P" * 200),
    ]
    found = numbered(rows)
    assert found == {2: "Plan (3)", 4: "Plan (4)", 8: "P" * 196 + " (2)"}
