"""Money that was asked for and has not come yet; one open offer on a proposal at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="milestone", name="asked_minor", field=models.BigIntegerField(default=0)
        ),
        migrations.RunSQL(
            "UPDATE contracts_milestone SET asked_minor = amount_minor WHERE state = 'funding'", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open"), models.Q(("proposal_id", ""), _negated=True)),
                fields=("proposal_id",),
                name="offer_open_once",
            ),
        ),
    ]
