"""Runs localstripe's own application on a free port of the loopback address alone, and says which.

Its command line would listen on every address and keep a file of one name for all who run it.
"""

import socket

from aiohttp import web
from localstripe import resources, server

resources.Store.dump_to_disk = lambda self: None

if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    web.run_app(server.app, sock=listener, print=None, access_log=None)
