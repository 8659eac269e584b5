"""The Django app of leg 3."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    """Procurement with social value."""

    name = "kvar.procurement"
    default_auto_field = "django.db.models.BigAutoField"
