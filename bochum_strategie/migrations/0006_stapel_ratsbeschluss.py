from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bochum_strategie', '0005_zwischenspeicher'),
    ]

    operations = [
        migrations.AddField(
            model_name='stapel',
            name='schluessel',
            field=models.UUIDField(editable=False, null=True, unique=True, verbose_name='Schlüssel'),
        ),
        migrations.AlterField(
            model_name='stapel',
            name='art',
            field=models.CharField(choices=[('mappe', 'Excel-Mappe'), ('sammel', 'Gemeinsam zugeordnet'), ('beschluss', 'Ratsbeschluss')], max_length=9, verbose_name='Art'),
        ),
    ]
