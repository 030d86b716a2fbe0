"""The one row of the Datenstand: it is what writers lock, so it is there before the first."""

from django.db import migrations


def lege_an(apps, schema_editor):
    apps.get_model("bochum_strategie", "Datenstand").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = (("bochum_strategie", "0001_anfang"),)
    operations = (migrations.RunPython(lege_an, migrations.RunPython.noop),)
