"""Set the database's own guards around documents, from their one file."""

from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parents[1] / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    # As a list, so that the file goes to the database whole.
    operations = [migrations.RunSQL([GUARDS.read_text(encoding="utf-8")], migrations.RunSQL.noop)]
