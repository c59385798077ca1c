"""A plugin that gives every test run a PostgreSQL server: the one that DATABASE_URL names, or the embedded one.

It is loaded before Django's settings. The embedded server for tests has a data folder of its own, forgets durability,
and stays up between runs, because its start is what costs.
"""

import os
from pathlib import Path

from hirehall.project import postgres

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HIREHALL_VAR", ROOT / "var"))

os.environ.setdefault("HIREHALL_VAR", str(VAR / "tests"))
os.environ.setdefault("HIREHALL_SECRET_KEY", "only for tests")
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = postgres.start(VAR / "tests" / "postgres", "hirehall", careless=True)
