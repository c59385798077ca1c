"""Public ids: 26 characters that sort by the time they were made, so an index grows at its end.

They stand in addresses and in the API; they say nothing about how many rows there are.
"""

import os
import re
import threading

from django.db import models

from hirehall.kernel import clock

# Crockford's alphabet without look-alikes, in lower case and in the order of the byte values.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_SHAPE = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")

_lock = threading.Lock()
_last = [0]


def new_id() -> str:
    """48 bits of milliseconds and 80 bits of chance; later calls in one process always sort later."""
    millis = int(clock.now().timestamp() * 1000)
    with _lock:
        value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
        # Inside one driven moment count on, so the order of making is the order of sorting.
        if value <= _last[0] and millis == _last[0] >> 80:
            value = _last[0] + 1
        _last[0] = value
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def is_id(text: str) -> bool:
    """True when the text has the shape of a public id; a lookup with anything else finds nothing."""
    return bool(_SHAPE.fullmatch(text))


class PublicIdField(models.CharField):
    """Primary key of every business row."""

    def __init__(self, **options):
        options.setdefault("max_length", _LENGTH)
        options.setdefault("default", new_id)
        options.setdefault("primary_key", True)
        options.setdefault("editable", False)
        # Byte order, not language order: faster, and the same on every machine.
        options.setdefault("db_collation", "C")
        super().__init__(**options)


class IdConverter:
    """The `<id:name>` part of an address; anything of another shape is a 404 before a query is made."""

    regex = f"[{_ALPHABET}]{{{_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
