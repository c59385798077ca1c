"""Ports for servers of tests."""

import random
import socket

# Below those that the system gives to outgoing connections: a port must stay ours while its server is down.
FIRST, LAST = 20_000, 31_999


def free_port() -> int:
    """A port on which nobody listens, that stays free until we listen on it."""
    # Not the seeded numbers of a test: two processes with the same seed would get the same port.
    dice = random.SystemRandom()
    for _ in range(100):
        port = dice.randint(FIRST, LAST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")
