"""What readers report as a barrier, and the content of toolboxes for staff."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategiearbeit', '0003_geschichte'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalwerkzeugkasten',
            name='inhalt',
            field=models.TextField(blank=True, help_text='Nie öffentlich. Mit Markdown wie bei den Textseiten.', verbose_name='Inhalt'),
        ),
        migrations.AddField(
            model_name='werkzeugkasten',
            name='inhalt',
            field=models.TextField(blank=True, help_text='Nie öffentlich. Mit Markdown wie bei den Textseiten.', verbose_name='Inhalt'),
        ),
        migrations.CreateModel(
            name='Rueckmeldung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000, verbose_name='Barriere')),
                ('seite', models.CharField(blank=True, max_length=500, verbose_name='Seite')),
                ('kontakt', models.CharField(blank=True, help_text='Wird gelöscht, sobald die Meldung erledigt ist.', max_length=200, verbose_name='Kontakt')),
                ('eingegangen_am', models.DateField(verbose_name='eingegangen am')),
                ('erledigt_am', models.DateField(blank=True, null=True, verbose_name='erledigt am')),
                ('vermerk', models.TextField(blank=True, help_text='Was daraus wurde. Nie öffentlich.', verbose_name='Vermerk')),
            ],
            options={
                'verbose_name': 'Barriere-Meldung',
                'verbose_name_plural': 'Barriere-Meldungen',
                'ordering': ('erledigt_am', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('erledigt_am__isnull', True), ('kontakt', ''), _connector='OR'), name='strategiearbeit_rueckmeldung_kontakt', violation_error_message='Ist die Meldung erledigt, bleibt kein Kontakt stehen.')],
            },
        ),
    ]
