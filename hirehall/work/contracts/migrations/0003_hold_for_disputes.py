"""When a return was refused, and which dispute holds the escrow of a contract."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_asked_money_and_one_open_offer")]

    operations = [
        migrations.AddField("contract", "refused_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "contract", "held_by", models.CharField(blank=True, db_collation="C", default="", max_length=26), preserve_default=False
        ),
        # Returns refused before this was kept: as late as the answer was possible.
        migrations.RunSQL(
            "UPDATE contracts_contract SET refused_at = refund_due_at WHERE refund_refused", migrations.RunSQL.noop
        ),
    ]
