"""One title a kind and firm: of several the newest keeps it, the older ones get a number; nothing is lost."""

from itertools import count

from django.db import migrations, models

LONGEST = 200


def free(title, taken):
    """`title (2)` or the first number that is not taken, at most LONGEST characters."""
    ends = (f" ({n})" for n in count(2))
    return next(found for end in ends if (found := title[: LONGEST - len(end)] + end) not in taken)


def numbered(rows):
    """pk -> its new title, for those whose (firm, kind, title) came before; `rows` of pk, firm, kind, title."""
    taken = {}
    for _, firm, kind, title in rows:
        taken.setdefault((firm, kind), set()).add(title)
    seen, found = set(), {}
    for pk, firm, kind, title in rows:
        if (firm, kind, title) in seen:
            found[pk] = free(title, taken[firm, kind])
            taken[firm, kind].add(found[pk])
        seen.add((firm, kind, title))
    return found


def number_twins(apps, schema_editor):
    """The newest keeps its title."""
    rows = apps.get_model("procurement", "Evidence").objects
    newest_first = list(rows.order_by("-at", "-pk").values_list("pk", "organisation_id", "kind", "title"))
    for pk, title in numbered(newest_first).items():
        rows.filter(pk=pk).update(title=title)


class Migration(migrations.Migration):
    dependencies = [("procurement", "0012_closed_lots")]

    operations = [
        migrations.RunPython(number_twins, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("organisation", "kind", "title"), name="one_evidence_title"),
        ),
    ]
