"""What stops a start is told in one sentence: whoever started it has to change a file, not to read our code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hirehall.kernel.errors import BadPolicy


@contextmanager
def told_in_words() -> Iterator[None]:
    """Around what loads the project. A wrong policy ends the program with file, key and reason, and the code for that."""
    try:
        yield
    except BadPolicy as error:
        print(error, file=sys.stderr, flush=True)
        raise SystemExit(os.EX_CONFIG) from None
