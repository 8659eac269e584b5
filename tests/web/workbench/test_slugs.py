"""An organisation's short name may not be an address of the workbench; the words are read from the addresses."""

from pathlib import Path

import pytest
from django.urls import resolve
from typer.testing import CliRunner

from kvar.cli.main import app
from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.organisations.slugs import reserved
from kvar.procurement.urls import workbench
from kvar.web.workbench.urls import urlpatterns


def test_the_words_are_those_the_addresses_begin_with() -> None:
    first = {str(item.pattern).partition("/")[0] for item in (*workbench, *urlpatterns)}
    assert reserved() == {word for word in first if word and "<" not in word}
    assert {"upphandling", "anbud"} <= reserved()
    for word in reserved():
        assert resolve(f"/sv/arbetsbord/{word}/").url_name != "organisation"


@pytest.mark.parametrize("slug", ["upphandling", "anbud", "Anbud"])
def test_a_taken_word_is_refused_in_both_languages(slug: str, db: None) -> None:
    with pytest.raises(KvarError) as caught:
        Organisation.objects.create(slug=slug, name="Ours", country="SE", place="9901")
    assert caught.value.code == "organisations.slug.reserved"
    assert slug in caught.value.say("sv")
    assert caught.value.say("sv") != caught.value.say("en")
    assert not Organisation.objects.exists()


def test_one_that_is_there_already_can_still_be_saved(db: None) -> None:
    Organisation.objects.bulk_create([Organisation(slug="anbud", name="Old", country="SE", place="9901")])
    held = Organisation.objects.get()
    held.name = "Older"
    held.save()
    assert Organisation.objects.get().name == "Older"


def test_the_command_says_so(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVAR_DATA", str(tmp_path))
    monkeypatch.setenv("KVAR_LANG", "en")
    done = CliRunner().invoke(app, ["people", "add", "a@example.org", "--organisation", "anbud", "--place", "9901"])
    assert done.exit_code == 1
    assert "address of the workbench" in " ".join(done.output.split())
