import django.db.models.deletion
import mptt.fields
import simple_history.models
import zielsystem.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalQuelle',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('datum_von', models.DateField(blank=True, help_text='Bei „Mai 2017“ der 1. Mai 2017. Leer, wenn nur das Ende bekannt ist.', null=True, verbose_name='erster Tag')),
                ('datum_bis', models.DateField(blank=True, help_text='Bei „Mai 2017“ der 31. Mai 2017. Leer, wenn das Ende offen ist.', null=True, verbose_name='letzter Tag')),
                ('genauigkeit', models.CharField(blank=True, choices=[('tag', 'auf den Tag'), ('monat', 'auf den Monat'), ('jahr', 'auf das Jahr')], help_text='Wie genau die Quelle das Datum nennt.', max_length=5, verbose_name='Genauigkeit')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, verbose_name='Kennung')),
                ('titel', models.CharField(max_length=200, verbose_name='Titel')),
                ('art', models.CharField(choices=[('stadt', 'Stadt Bochum'), ('einrichtung', 'städtische Gesellschaft oder beteiligte Einrichtung'), ('medium', 'Presse oder Rundfunk'), ('partei', 'Partei oder Ratsfraktion')], max_length=12, verbose_name='Art')),
                ('adresse', models.URLField(blank=True, help_text='Leer, wenn die Quelle nicht im Netz steht.', max_length=500, verbose_name='Adresse')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Fassung: Quelle',
                'verbose_name_plural': 'Fassungen: Quellen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Quelle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('datum_von', models.DateField(blank=True, help_text='Bei „Mai 2017“ der 1. Mai 2017. Leer, wenn nur das Ende bekannt ist.', null=True, verbose_name='erster Tag')),
                ('datum_bis', models.DateField(blank=True, help_text='Bei „Mai 2017“ der 31. Mai 2017. Leer, wenn das Ende offen ist.', null=True, verbose_name='letzter Tag')),
                ('genauigkeit', models.CharField(blank=True, choices=[('tag', 'auf den Tag'), ('monat', 'auf den Monat'), ('jahr', 'auf das Jahr')], help_text='Wie genau die Quelle das Datum nennt.', max_length=5, verbose_name='Genauigkeit')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, unique=True, verbose_name='Kennung')),
                ('titel', models.CharField(max_length=200, verbose_name='Titel')),
                ('art', models.CharField(choices=[('stadt', 'Stadt Bochum'), ('einrichtung', 'städtische Gesellschaft oder beteiligte Einrichtung'), ('medium', 'Presse oder Rundfunk'), ('partei', 'Partei oder Ratsfraktion')], max_length=12, verbose_name='Art')),
                ('adresse', models.URLField(blank=True, help_text='Leer, wenn die Quelle nicht im Netz steht.', max_length=500, verbose_name='Adresse')),
            ],
            options={
                'verbose_name': 'Quelle',
                'verbose_name_plural': 'Quellen',
                'ordering': ('titel', 'kennung'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('datum_von__isnull', True), ('datum_bis__isnull', True), ('datum_von__lte', models.F('datum_bis')), _connector='OR'), name='zielsystem_quelle_von_vor_bis', violation_error_message='Der erste Tag darf nicht nach dem letzten Tag liegen.'), models.CheckConstraint(condition=models.Q(models.Q(('datum_bis__isnull', True), ('datum_von__isnull', True), ('genauigkeit', '')), models.Q(models.Q(('datum_von__isnull', False), ('datum_bis__isnull', False), _connector='OR'), ('genauigkeit__in', ['tag', 'monat', 'jahr'])), _connector='OR'), name='zielsystem_quelle_genauigkeit', violation_error_message='Zu einem Datum gehört seine Genauigkeit, ohne Datum bleibt sie leer.'), models.UniqueConstraint(condition=models.Q(('adresse', ''), _negated=True), fields=('adresse',), name='zielsystem_quelle_adresse_einmal', violation_error_message='Eine Quelle mit dieser Adresse gibt es schon.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalQuerschnittsthema',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('titel', models.CharField(max_length=120, verbose_name='Titel')),
                ('slug', models.SlugField(max_length=120, verbose_name='Adresse')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quelle', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.quelle', verbose_name='Quelle')),
            ],
            options={
                'verbose_name': 'Fassung: Querschnittsthema',
                'verbose_name_plural': 'Fassungen: Querschnittsthemen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Zielelement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, unique=True, verbose_name='Kennung')),
                ('ebene', models.PositiveSmallIntegerField(choices=[(0, 'Wesenskern'), (1, 'Kompetenz'), (2, 'Schwerpunkt')], editable=False, verbose_name='Ebene')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('titel', models.CharField(help_text='Wie im Überblick 2.0.', max_length=200, verbose_name='Titel')),
                ('kurztitel', models.CharField(blank=True, help_text='Nur wenn die Quelle das Element an anderer Stelle anders nennt.', max_length=200, verbose_name='kurzer Titel')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='Adresse')),
                ('beschreibung', models.TextField(blank=True, help_text='Im Wortlaut der Quelle.', verbose_name='Beschreibung')),
                ('lft', models.PositiveIntegerField(editable=False)),
                ('rght', models.PositiveIntegerField(editable=False)),
                ('tree_id', models.PositiveIntegerField(db_index=True, editable=False)),
                ('eltern', mptt.fields.TreeForeignKey(blank=True, help_text='Leer nur beim Wesenskern. Kompetenzen gehören zum Wesenskern.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kinder', to='zielsystem.zielelement', verbose_name='gehört zu')),
                ('quelle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='zielsystem.quelle', verbose_name='Quelle')),
            ],
            options={
                'verbose_name': 'Zielelement',
                'verbose_name_plural': 'Zielelemente',
                'constraints': [models.CheckConstraint(condition=models.Q(('ebene__in', [0, 1, 2])), name='zielsystem_zielelement_ebene', violation_error_message='Unter einem Schwerpunkt gibt es keine weitere Ebene.'), models.UniqueConstraint(condition=models.Q(('ebene', 0)), fields=('ebene',), name='zielsystem_zielelement_ein_wesenskern', violation_error_message='Es gibt nur einen Wesenskern.'), models.CheckConstraint(condition=models.Q(('slug', 'ohne'), _negated=True), name='zielsystem_zielelement_adresse', violation_error_message='„ohne“ heißt in Filtern: keinem zugeordnet.')],
            },
        ),
        migrations.CreateModel(
            name='Wesenskernteil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, unique=True, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('lesart', models.CharField(max_length=300, verbose_name='Lesart')),
                ('quelle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='zielsystem.quelle', verbose_name='Quelle')),
                ('zielelement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teile', to='zielsystem.zielelement', verbose_name='Wesenskern')),
            ],
            options={
                'verbose_name': 'Teil des Wesenskerns',
                'verbose_name_plural': 'Teile des Wesenskerns',
                'ordering': ('reihenfolge',),
            },
        ),
        migrations.CreateModel(
            name='StrategischesZiel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, unique=True, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('langfassung', models.CharField(max_length=200, verbose_name='Langfassung')),
                ('kurzfassung', models.CharField(max_length=200, verbose_name='Kurzfassung im Zielbild')),
                ('quelle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='zielsystem.quelle', verbose_name='Quelle')),
                ('kompetenz', models.ForeignKey(limit_choices_to={'ebene': 1}, on_delete=django.db.models.deletion.PROTECT, related_name='strategische_ziele', to='zielsystem.zielelement', verbose_name='Kompetenz')),
            ],
            options={
                'verbose_name': 'Strategisches Ziel',
                'verbose_name_plural': 'Strategische Ziele',
                'ordering': ('kompetenz', 'reihenfolge'),
            },
        ),
        migrations.CreateModel(
            name='HistoricalZielelement',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('titel', models.CharField(help_text='Wie im Überblick 2.0.', max_length=200, verbose_name='Titel')),
                ('kurztitel', models.CharField(blank=True, help_text='Nur wenn die Quelle das Element an anderer Stelle anders nennt.', max_length=200, verbose_name='kurzer Titel')),
                ('slug', models.SlugField(max_length=120, verbose_name='Adresse')),
                ('beschreibung', models.TextField(blank=True, help_text='Im Wortlaut der Quelle.', verbose_name='Beschreibung')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quelle', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.quelle', verbose_name='Quelle')),
                ('eltern', mptt.fields.TreeForeignKey(blank=True, db_constraint=False, help_text='Leer nur beim Wesenskern. Kompetenzen gehören zum Wesenskern.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.zielelement', verbose_name='gehört zu')),
            ],
            options={
                'verbose_name': 'Fassung: Zielelement',
                'verbose_name_plural': 'Fassungen: Zielelemente',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalWesenskernteil',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('lesart', models.CharField(max_length=300, verbose_name='Lesart')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quelle', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.quelle', verbose_name='Quelle')),
                ('zielelement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.zielelement', verbose_name='Wesenskern')),
            ],
            options={
                'verbose_name': 'Fassung: Teil des Wesenskerns',
                'verbose_name_plural': 'Fassungen: Teile des Wesenskerns',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalStrategischesZiel',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('langfassung', models.CharField(max_length=200, verbose_name='Langfassung')),
                ('kurzfassung', models.CharField(max_length=200, verbose_name='Kurzfassung im Zielbild')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('quelle', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.quelle', verbose_name='Quelle')),
                ('kompetenz', models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'ebene': 1}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='zielsystem.zielelement', verbose_name='Kompetenz')),
            ],
            options={
                'verbose_name': 'Fassung: Strategisches Ziel',
                'verbose_name_plural': 'Fassungen: Strategische Ziele',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Querschnittsthema',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kennung', models.SlugField(default=zielsystem.models.neue_kennung, help_text='Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.', max_length=120, unique=True, verbose_name='Kennung')),
                ('reihenfolge', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('titel', models.CharField(max_length=120, verbose_name='Titel')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='Adresse')),
                ('quelle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='zielsystem.quelle', verbose_name='Quelle')),
            ],
            options={
                'verbose_name': 'Querschnittsthema',
                'verbose_name_plural': 'Querschnittsthemen',
                'ordering': ('reihenfolge',),
                'constraints': [models.CheckConstraint(condition=models.Q(('slug', 'ohne'), _negated=True), name='zielsystem_querschnittsthema_adresse', violation_error_message='„ohne“ heißt in Filtern: keinem zugeordnet.')],
            },
        ),
    ]
