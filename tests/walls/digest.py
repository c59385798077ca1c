"""What is stored, as digests: whether a request has changed anything, and a world that stays as it was.

Only tables that were written to are looked at row by row. PostgreSQL counts the writes of the transaction that is
running, those that were taken back included, so that a table whose count stood still is as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# What reading and refusing may leave behind: sign-ins, counts of looks, keys of forms, tokens of this test, jobs to do.
LEAVES = {
    "django_session", "kernel_cache", "kernel_once", "usersessions_usersession", "accounts_token", "jobs_jobview", "disputes_look",
    "procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers",
}  # fmt: skip
# Columns that say when somebody was here.
SEEN = {"accounts_party": ["last_active_at"], "accounts_user": ["last_login"]}
# The signs that hirehall/kernel/texts.py takes out, as PostgreSQL writes them, and as JSON does.
UNSEEN = r"[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|\\u00[01][0-9a-f]"
# The view pg_stat_xact_user_tables says the same and takes nine times as long.
WRITES = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


class Stored:
    """All that is stored now, to compare with later."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self._tables = {name for name in connection.introspection.table_names(cursor) if name not in LEAVES}
        self._digests = _digests(self._tables)
        self.mark()

    def mark(self) -> None:
        """From here on writes are watched; what is stored has to be what it was at first."""
        self._writes = _writes()

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        now = _writes()
        written = {name for name in self._tables if now.get(name) != self._writes.get(name)}
        return sorted(name for name, digest in _digests(written).items() if self._digests[name] != digest)

    def unseen(self) -> list[str]:
        """The tables written to since the mark that now hold what nobody can see in a text."""
        now = _writes()
        written = [name for name in sorted(self._tables) if now.get(name) != self._writes.get(name)]
        with connection.cursor() as cursor:
            return [name for name in written if _holds(cursor, name)]

    def changed_at_all(self) -> list[str]:
        """The same for every table, without trust in the counts."""
        return sorted(name for name, digest in _digests(self._tables).items() if self._digests[name] != digest)


def _holds(cursor, table: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text ~ %s)', [UNSEEN])
    return cursor.fetchone()[0]


def _writes() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITES)
        return dict(cursor.fetchall())


def _digests(tables: set[str]) -> dict[str, str]:
    """Table -> digest of all its rows, in one question."""
    if not tables:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_digest(name) for name in sorted(tables)))
        return dict(cursor.fetchall())


def _digest(table: str) -> str:
    row = f"(to_jsonb(t) - ARRAY{SEEN[table]})::text" if table in SEEN else "t::text"
    return f"SELECT '{table}', count(*) || coalesce(md5(string_agg({row}, chr(10) ORDER BY {row})), '') FROM \"{table}\" t"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back, so that every address is asked in the same world."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
