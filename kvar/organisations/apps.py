"""The first Django app: the shared nouns that every leg may refer to."""

from django.apps import AppConfig


class Organisations(AppConfig):
    """Anchors, people and roles."""

    name = "kvar.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
