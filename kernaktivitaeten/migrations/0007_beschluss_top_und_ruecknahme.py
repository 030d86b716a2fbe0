from django.db import migrations, models


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
        migrations.AddConstraint(
            model_name='ratsbeschluss',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruecknahme_grund', ''), ('zurueckgenommen_am__isnull', True)), models.Q(('zurueckgenommen_am__isnull', False), models.Q(('ruecknahme_grund', ''), _negated=True)), _connector='OR'), name='kernaktivitaeten_ratsbeschluss_ruecknahme', violation_error_message='Eine Rücknahme braucht einen Tag und einen Grund.'),
        ),
    ]
