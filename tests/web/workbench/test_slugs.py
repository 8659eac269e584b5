"""An organisation's short name may not be an address of the workbench; the words are read from the addresses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import resolve

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


def test_the_command_says_so(tmp_path: Path) -> None:
    command = ["people", "add", "a@example.org", "--organisation", "anbud", "--place", "9901"]
    environment = {**os.environ, "KVAR_DATA": str(tmp_path), "KVAR_LANG": "en"}
    kvar = Path(sys.executable).parent / "kvar"
    done = subprocess.run([kvar, *command], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 1
    assert "address of the workbench" in " ".join(done.stderr.split())
