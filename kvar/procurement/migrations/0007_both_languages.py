"""Titles of measures, prices and promises in both languages, taken from the policy they were chosen from."""

from typing import Any

from django.db import migrations, models

from kvar.core.errors import KvarError
from kvar.core.messages import LANGUAGES, say
from kvar.procurement.evaluation.policy import version_of


def fill(apps: Any, _schema: object) -> None:
    """Rows whose title is one of the policy's own get both; whatever else was written stays as it is."""
    prices = {lang: say("plan.criteria.price", {}, lang) for lang in LANGUAGES}
    apps.get_model("procurement", "Criterion").objects.filter(kind="price", title__in=list(prices.values())).update(
        titles=prices
    )
    for row in apps.get_model("procurement", "Criterion").objects.filter(kind="social").select_related("procurement"):
        _fill(row, row.procurement, row.slug)
    promised = apps.get_model("procurement", "Obligation").objects.exclude(measure="")
    for row in promised.select_related("contract__award__lot__procurement"):
        _fill(row, row.contract.award.lot.procurement, row.measure)


def _fill(row: Any, procurement: Any, slug: str) -> None:
    try:
        found = version_of(procurement.policy, procurement.policy_version).by_slug(slug)
    except KvarError:
        return
    if found and row.title in found[1].title.values():
        row.titles = dict(found[1].title)
        row.save(update_fields=["titles"])


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0006_other_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='criterion',
            name='titles',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='historicalobligation',
            name='titles',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='obligation',
            name='titles',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
