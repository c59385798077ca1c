"""One index of references instead of two, and the guards' file again: one entry has a way of its own."""

from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).resolve().parents[1] / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_read_entries_once")]
    operations = [
        # The new one first, so that no moment is without.
        migrations.AddConstraint("transfer", models.UniqueConstraint(fields=("ref",), name="transfer_ref")),
        migrations.AlterField("transfer", "ref", models.CharField(db_collation="C", max_length=120)),
        migrations.RunSQL([GUARDS.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
