"""Run the one file of guards again: entries are read once, and balances move without the account's trigger."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parents[1] / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guard_transfers")]
    operations = [migrations.RunSQL([GUARDS.read_text(encoding="utf-8")], migrations.RunSQL.noop)]
