"""The live stream: one listener on PostgreSQL for the whole process, fanned out to every open page.

A page opens /live with its session cookie. It receives the names of things that changed on the channels of its
person and party; what it may see is decided when it fetches the changed piece.
"""

import asyncio
import contextlib
import json
from http.cookies import SimpleCookie
from importlib import import_module

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from hirehall.kernel.live import POSTGRES_CHANNEL
from hirehall.people.accounts.acting import SESSION_KEY
from hirehall.people.accounts.queries import find_actor

# A comment line this often keeps proxies from closing a quiet stream.
BEAT_SECONDS = 20
RETRY_SECONDS = 2
# A page that reads too slowly loses its stream and reconnects; it fetches everything anew then.
QUEUE_LIMIT = 200


class LiveStream:
    """An ASGI application that answers GET /live with server-sent events."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue]] = {}
        self._listener: asyncio.Task | None = None

    async def lifespan(self, scope, receive, send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._listener:
                    self._listener.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def __call__(self, scope, receive, send) -> None:
        channels = await sync_to_async(_channels_of, thread_sensitive=False)(scope)
        if not channels:
            await _answer(send, 401, [(b"content-type", b"text/plain")], b"Sign in first.")
            return
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        queue: asyncio.Queue = asyncio.Queue(QUEUE_LIMIT)
        for channel in channels:
            self._queues.setdefault(channel, set()).add(queue)
        gone = asyncio.create_task(_wait_for_disconnect(receive))
        try:
            await self._pump(send, queue, gone)
        finally:
            gone.cancel()
            for channel in channels:
                self._queues[channel].discard(queue)

    async def _pump(self, send, queue: asyncio.Queue, gone: asyncio.Task) -> None:
        await _write(send, f"retry: {RETRY_SECONDS * 1000}\n\n")
        while not gone.done():
            try:
                name = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
            except TimeoutError:
                await _write(send, ": still here\n\n")
                continue
            if name is None:
                return
            await _write(send, f"event: {name}\ndata: changed\n\n")

    async def _listen(self) -> None:
        """Hold one connection that listens; after a break tell every page to look again."""
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(
                    **_connection_parameters(), autocommit=True
                ) as listener:
                    await listener.execute(f"LISTEN {POSTGRES_CHANNEL}")
                    async for notice in listener.notifies():
                        self._fan_out(json.loads(notice.payload))
            # What was sent while the line was down is lost: a new stream makes the page fetch all it shows.
            for queues in self._queues.values():
                for queue in queues:
                    _offer(queue, None)
            await asyncio.sleep(RETRY_SECONDS)

    def _fan_out(self, message: dict[str, str]) -> None:
        for queue in self._queues.get(message["channel"], ()):
            _offer(queue, message["name"])


def _offer(queue: asyncio.Queue, name: str | None) -> None:
    try:
        queue.put_nowait(name)
    except asyncio.QueueFull:
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)


async def _wait_for_disconnect(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _answer(send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _connection_parameters() -> dict:
    """Django's own parameters, less what only its pool and its cursors understand."""
    given = dict(connection.get_connection_params())
    for extra in ("context", "cursor_factory", "prepare_threshold", "pool", "row_factory"):
        given.pop(extra, None)
    return given


def _channels_of(scope) -> list[str]:
    """The channels of whoever the session cookie belongs to."""
    cookies = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies.load(value.decode("latin-1"))
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return []
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value)
    try:
        user = get_user(request)
        if not user.is_authenticated:
            return []
        actor = find_actor(user, request.session.get(SESSION_KEY))
        return [f"user:{user.pk}"] + ([f"party:{actor.party_id}"] if actor.party_id else [])
    finally:
        # This thread may not come again; with a pool this only gives the connection back.
        connection.close()
