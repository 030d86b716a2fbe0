from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bochum_strategie', '0006_stapel_ratsbeschluss'),
    ]

    operations = [
        migrations.AddField(
            model_name='stapel',
            name='eingabe',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='Prüfsumme der Eingabe'),
            preserve_default=False,
        ),
    ]
