import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernaktivitaeten', '0005_entwuerfe'),
        ('zielsystem', '0002_geschichte'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Zugang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kernaktivitaeten', models.ManyToManyField(blank=True, help_text='Für die Rolle Projektleitung.', related_name='+', to='kernaktivitaeten.kernaktivitaet', verbose_name='eigene Kernaktivitäten')),
                ('kompetenzen', models.ManyToManyField(blank=True, help_text='Für die Rolle Kompetenzverantwortung: alle Kernaktivitäten dieser Kompetenzen.', limit_choices_to={'ebene': 1}, related_name='+', to='zielsystem.zielelement', verbose_name='eigene Kompetenzen')),
                ('stelle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernaktivitaeten.stelle', verbose_name='Stelle')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='zugang', to=settings.AUTH_USER_MODEL, verbose_name='Konto')),
            ],
            options={
                'verbose_name': 'Zugang',
                'verbose_name_plural': 'Zugänge',
            },
        ),
    ]
