"""The one public port: live streams are answered here, everything else by WSGI threads.

Measured before: the same page ran as fast through a2wsgi as under bare WSGI, while Django's own ASGI handler
was far slower and ran out of database connections.
"""

from a2wsgi import WSGIMiddleware

from hirehall.project.wsgi import application as pages
from hirehall.web.stream import LiveStream

WORKERS = 16

_pages = WSGIMiddleware(pages, workers=WORKERS)
_stream = LiveStream()


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await _stream.lifespan(scope, receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await _stream(scope, receive, send)
    else:
        await _pages(scope, *_as_coroutines(receive, send))


def _as_coroutines(receive, send):
    """a2wsgi hands both to another thread and needs true coroutines; granian gives awaitables of its own kind."""

    async def take():
        return await receive()

    async def give(message):
        await send(message)

    return take, give
