"""The tables and the import's states on PostgreSQL: a server of our own on a socket in a temporary folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.postgres
SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("makemigrations", "organisations", check=True, dry_run=True, verbosity=0)
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from kvar.organisations.actions import add_member
from kvar.organisations.models import ImportJob, Organisation
assert connection.vendor == "postgresql"
person = User.objects.create_user("a", "a@example.org", "x")
home = Organisation.objects.create(slug="ours", name="Ours", country="SE", place="1480")
add_member(organisation=home, person=person, role="analyst")
add_member(organisation=home, person=person, role="officer")
assert [m.role for m in home.membership_set.all()] == ["officer"]
ImportJob.objects.create(organisation=home, by=person, file="x.csv", size=1)
for bad in (dict(state="nonsense"),):
    try:
        with transaction.atomic():
            ImportJob.objects.create(organisation=home, by=person, file="x.csv", size=1, **bad)
    except IntegrityError:
        print("refused")
"""


def test_migrations_constraints_and_actions(server: str, tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "kvar.web.settings",
        "KVAR_DATABASE": server,
        "KVAR_DATA": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("refused", 0), done.stderr
