from django.core.management import call_command
from django.db import migrations

TABELLE = "zwischenspeicher"


def lege_tabelle_an(apps, schema_editor):
    """Where the attempts to sign in are counted, for all processes together."""
    alias = schema_editor.connection.alias
    call_command("createcachetable", TABELLE, database=alias, verbosity=0)


def entferne_tabelle(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABELLE)}")


class Migration(migrations.Migration):

    dependencies = [("bochum_strategie", "0004_rollen")]

    operations = [migrations.RunPython(lege_tabelle_an, entferne_tabelle)]
