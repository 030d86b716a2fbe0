from django.db import migrations

ROLLEN = (
    "Strategiebüro",
    "Kompetenzverantwortung",
    "Projektleitung",
    "Stempelnutzung",
    "Lesend",
)


def lege_rollen_an(apps, schema_editor):
    """The groups; what each may do stands in bochum_strategie/rollen.py."""
    gruppen = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLLEN:
        gruppen.get_or_create(name=name)


def entferne_rollen(apps, schema_editor):
    gruppen = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    gruppen.filter(name__in=ROLLEN).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("bochum_strategie", "0003_stapel_und_hochladung"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(lege_rollen_an, entferne_rollen)]
