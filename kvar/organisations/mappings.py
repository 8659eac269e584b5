"""Saved mappings: how an organisation's files with certain columns are read, in versions."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction

from kvar.ledger.mapping import Mapping, fold
from kvar.organisations.models import Organisation, SavedMapping


@transaction.atomic
def save_mapping(*, organisation: Organisation, mapping: Mapping, by: User) -> SavedMapping:
    """A new version of how these columns are read; the same mapping again is not a new version."""
    columns = hashlib.sha256("|".join(sorted(map(fold, mapping.columns.values()))).encode()).hexdigest()
    last = SavedMapping.objects.filter(organisation=organisation, columns=columns).order_by("-version").first()
    data = {**mapping.to_json(), "guessed": False}
    if last and {**last.mapping, "version": 0} == {**data, "version": 0}:
        return last
    version = last.version + 1 if last else 1
    return SavedMapping.objects.create(
        organisation=organisation, columns=columns, version=version, by=by, mapping={**data, "version": version}
    )
