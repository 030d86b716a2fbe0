"""What a source sets before a number ("bis zu"), and no Stelle with the address "ohne"."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernaktivitaeten', '0003_geschichte'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmesswert',
            name='zusatz',
            field=models.CharField(blank=True, help_text='Was die Quelle vor die Zahl setzt: „bis zu“, „mehr als“, „rund“.', max_length=20, verbose_name='Zusatz'),
        ),
        migrations.AddField(
            model_name='historicalprojektziel',
            name='zusatz',
            field=models.CharField(blank=True, help_text='Was die Quelle vor die Zahl setzt: „bis zu“, „mehr als“, „rund“.', max_length=20, verbose_name='Zusatz'),
        ),
        migrations.AddField(
            model_name='messwert',
            name='zusatz',
            field=models.CharField(blank=True, help_text='Was die Quelle vor die Zahl setzt: „bis zu“, „mehr als“, „rund“.', max_length=20, verbose_name='Zusatz'),
        ),
        migrations.AddField(
            model_name='projektziel',
            name='zusatz',
            field=models.CharField(blank=True, help_text='Was die Quelle vor die Zahl setzt: „bis zu“, „mehr als“, „rund“.', max_length=20, verbose_name='Zusatz'),
        ),
        migrations.AddConstraint(
            model_name='stelle',
            constraint=models.CheckConstraint(condition=models.Q(('slug', 'ohne'), _negated=True), name='kernaktivitaeten_stelle_adresse', violation_error_message='„ohne“ heißt in Filtern: keinem zugeordnet.'),
        ),
    ]
