from django.core.management.base import CommandError
from django.db import migrations, models


def nicht_wieder_veroeffentlichen(apps, schema_editor):
    """Without the columns, what was taken back would be a decision like any other."""
    beschluesse = apps.get_model("kernaktivitaeten", "Ratsbeschluss").objects
    anzahl = beschluesse.filter(zurueckgenommen_am__isnull=False).count()
    if anzahl:
        raise CommandError(
            f"Diese Migration lässt sich nicht rückgängig machen: {anzahl} zurückgenommene "
            "Ratsbeschlüsse würden wieder öffentlich. Es ist nichts geändert."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('kernaktivitaeten', '0006_zugang'),
        ('zielsystem', '0003_adresse_ohne'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalratsbeschluss',
            name='ruecknahme_grund',
            field=models.TextField(blank=True, editable=False, verbose_name='Grund der Rücknahme'),
        ),
        migrations.AddField(
            model_name='historicalratsbeschluss',
            name='top',
            field=models.CharField(blank=True, max_length=20, verbose_name='Tagesordnungspunkt (TOP)'),
        ),
        migrations.AddField(
            model_name='historicalratsbeschluss',
            name='zurueckgenommen_am',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='zurückgenommen am'),
        ),
        migrations.AddField(
            model_name='historicalratsbeschluss',
            name='war_oeffentlich',
            field=models.BooleanField(default=False, editable=False, verbose_name='war bei der Rücknahme öffentlich'),
        ),
        migrations.AddField(
            model_name='ratsbeschluss',
            name='ruecknahme_grund',
            field=models.TextField(blank=True, editable=False, verbose_name='Grund der Rücknahme'),
        ),
        migrations.AddField(
            model_name='ratsbeschluss',
            name='top',
            field=models.CharField(blank=True, max_length=20, verbose_name='Tagesordnungspunkt (TOP)'),
        ),
        migrations.AddField(
            model_name='ratsbeschluss',
            name='zurueckgenommen_am',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='zurückgenommen am'),
        ),
        migrations.AddField(
            model_name='ratsbeschluss',
            name='war_oeffentlich',
            field=models.BooleanField(default=False, editable=False, verbose_name='war bei der Rücknahme öffentlich'),
        ),
        migrations.AddConstraint(
            model_name='ratsbeschluss',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruecknahme_grund', ''), ('zurueckgenommen_am__isnull', True)), models.Q(('zurueckgenommen_am__isnull', False), models.Q(('ruecknahme_grund', ''), _negated=True)), _connector='OR'), name='kernaktivitaeten_ratsbeschluss_ruecknahme', violation_error_message='Eine Rücknahme braucht einen Tag und einen Grund.'),
        ),
        # Last, so that it is asked first on the way back.
        migrations.RunPython(migrations.RunPython.noop, nicht_wieder_veroeffentlichen),
    ]
