from django.core.management import call_command
from django.db import migrations, models

TABELLE = "zwischenspeicher"
ROLLEN = (
    "Strategiebüro",
    "Kompetenzverantwortung",
    "Projektleitung",
    "Stempelnutzung",
    "Lesend",
)


def lege_datenstand_an(apps, schema_editor):
    """The one row of the Datenstand: it is what writers lock, so it is there before the first."""
    apps.get_model("grundlage", "Datenstand").objects.get_or_create(pk=1)


def lege_rollen_an(apps, schema_editor):
    """The groups; what each may do stands in grundlage/rollen.py."""
    gruppen = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLLEN:
        gruppen.get_or_create(name=name)


def entferne_rollen(apps, schema_editor):
    gruppen = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    gruppen.filter(name__in=ROLLEN).delete()


def lege_tabelle_an(apps, schema_editor):
    """Where attempts to sign in and to guess are counted, for all processes together."""
    alias = schema_editor.connection.alias
    call_command("createcachetable", TABELLE, database=alias, verbosity=0)


def entferne_tabelle(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABELLE)}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.CreateModel(
            name="Datenstand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveBigIntegerField(default=0, verbose_name="Nummer")),
            ],
            options={
                "verbose_name": "Datenstand",
                "verbose_name_plural": "Datenstand",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="grundlage_datenstand_eine_zeile"
                    )
                ],
            },
        ),
        migrations.RunPython(lege_datenstand_an, migrations.RunPython.noop),
        migrations.RunPython(lege_rollen_an, entferne_rollen),
        migrations.RunPython(lege_tabelle_an, entferne_tabelle),
    ]
