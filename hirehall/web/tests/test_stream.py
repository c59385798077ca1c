"""The live stream: who is let in, whose news arrive, and what happens when the line breaks."""

import asyncio
import contextlib

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from hirehall.kernel import live
from hirehall.kernel.atomic import action
from hirehall.web.stream import LiveStream
from tests.support.cast import browse_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_time]


def cookie_of(actor) -> bytes:
    return f"{settings.SESSION_COOKIE_NAME}={browse_as(actor).cookies[settings.SESSION_COOKIE_NAME].value}".encode()


class Reader:
    """One open page: collects what the stream sends until it is closed."""

    def __init__(self, stream: LiveStream, cookie: bytes = b""):
        self.status = 0
        self.text = ""
        self.changed = asyncio.Event()
        self.closing = asyncio.Event()
        scope = {"type": "http", "path": "/live", "headers": [(b"cookie", cookie)]}
        self.task = asyncio.create_task(stream(scope, self.receive, self.send))

    async def receive(self):
        await self.closing.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        self.changed.set()

    async def until(self, text: str) -> None:
        async with asyncio.timeout(10):
            while text not in self.text:
                self.changed.clear()
                await self.changed.wait()

    async def close(self) -> None:
        self.closing.set()
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


def in_thread(function):
    """Run something with the database beside the event loop, and leave no connection behind."""

    def run(*args):
        try:
            return function(*args)
        finally:
            connection.close()

    return sync_to_async(run)


@action
def push(channel: str, name: str) -> None:
    live.push(channel, name)


async def listening(stream: LiveStream) -> None:
    """Wait until PostgreSQL knows the listener, so that nothing sent next is missed."""

    def is_listening() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %%' AND datname = current_database()")
            return cursor.fetchone()[0] > 0

    async with asyncio.timeout(10):
        while not await in_thread(is_listening)():
            await asyncio.sleep(0.05)


def stop(stream: LiveStream) -> None:
    if stream._listener:
        stream._listener.cancel()


@pytest.mark.feature("MSG-01")
def test_only_the_named_party_hears_of_a_change(cast):
    async def story():
        stream = LiveStream()
        ada, eve = Reader(stream, cookie_of_ada), Reader(stream, cookie_of_eve)
        await ada.until("retry:")
        await eve.until("retry:")
        await listening(stream)
        await in_thread(push)(f"party:{cast.ada.party_id}", "room-1")
        await ada.until("event: room-1\ndata: changed\n\n")
        await in_thread(push)(f"user:{cast.eve.user_id}", "notices")
        await eve.until("event: notices\n")
        assert "room-1" not in eve.text
        await ada.close()
        await eve.close()
        stop(stream)

    cookie_of_ada, cookie_of_eve = cookie_of(cast.ada), cookie_of(cast.eve)
    asyncio.run(story())


def test_a_visitor_and_a_false_cookie_are_turned_away(cast):
    async def story():
        stream = LiveStream()
        for cookie in (b"", b"sessionid=nonsense"):
            reader = Reader(stream, cookie)
            await reader.until("Sign in first.")
            assert reader.status == 401
            await reader.close()

    asyncio.run(story())


def test_after_a_broken_line_pages_are_told_to_come_again(cast):
    async def story():
        stream = LiveStream()
        ada = Reader(stream, cookie)
        await ada.until("retry:")
        await listening(stream)
        await in_thread(break_listener)()
        async with asyncio.timeout(10):
            await ada.task
        stop(stream)

    def break_listener():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %%'"
                " AND datname = current_database()"
            )

    cookie = cookie_of(cast.ada)
    asyncio.run(story())


def test_nothing_is_told_of_a_change_that_was_undone(cast):
    @action
    def push_and_fail():
        live.push(f"party:{cast.ada.party_id}", "undone")
        raise RuntimeError

    def fail():
        with contextlib.suppress(RuntimeError):
            push_and_fail()

    async def story():
        stream = LiveStream()
        ada = Reader(stream, cookie)
        await ada.until("retry:")
        await listening(stream)
        await in_thread(fail)()
        await in_thread(push)(f"party:{cast.ada.party_id}", "done")
        await ada.until("event: done")
        assert "undone" not in ada.text
        await ada.close()
        stop(stream)

    cookie = cookie_of(cast.ada)
    asyncio.run(story())
