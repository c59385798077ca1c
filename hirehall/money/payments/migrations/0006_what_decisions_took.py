from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0005_failed_payments_and_debts'),
    ]

    operations = [
        migrations.AddField(
            model_name='hold',
            name='taken_minor',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='hold',
            name='taken_net_minor',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('taken_minor__gte', models.F('taken_net_minor')), ('taken_minor__lte', models.F('gross_minor')), ('taken_net_minor__gte', 0)), name='hold_taken_within'),
        ),
    ]
