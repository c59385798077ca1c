import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('notifications', '0002_devices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.party'),
        ),
        migrations.AddField(
            model_name='notice',
            name='said',
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('party', None)), fields=['-id'], name='notice_staff'),
        ),
    ]
