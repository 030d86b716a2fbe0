"""Nothing has the address "ohne": in filters it means none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('zielsystem', '0002_geschichte'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='querschnittsthema',
            constraint=models.CheckConstraint(condition=models.Q(('slug', 'ohne'), _negated=True), name='zielsystem_querschnittsthema_adresse', violation_error_message='„ohne“ heißt in Filtern: keinem zugeordnet.'),
        ),
        migrations.AddConstraint(
            model_name='zielelement',
            constraint=models.CheckConstraint(condition=models.Q(('slug', 'ohne'), _negated=True), name='zielsystem_zielelement_adresse', violation_error_message='„ohne“ heißt in Filtern: keinem zugeordnet.'),
        ),
    ]
