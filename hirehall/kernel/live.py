"""Live updates: `push` tells a channel that something changed; open pages fetch the piece they show.

The message travels by PostgreSQL NOTIFY and therefore leaves only when the transaction commits. It carries
no content, just the channel and a name: what a person may see is decided when the page fetches it.
Channels: `user:<id>` and `party:<id>`.
"""

import json

from django.db import connection

POSTGRES_CHANNEL = "hirehall_live"


def push(channel: str, name: str) -> None:
    """Tell all open pages of a channel that `name` (for example `room-<id>`) changed."""
    payload = json.dumps({"channel": channel, "name": name})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [POSTGRES_CHANNEL, payload])
