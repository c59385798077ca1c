"""The API's description as a file, so that a change of the API shows as a change of the repository.

`make openapi` writes docs/openapi.json; a test checks that it is current.
"""

import json
from pathlib import Path

from hirehall.api.urls import api

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def describe() -> str:
    """The description in a stable order."""
    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, default=str, ensure_ascii=False) + "\n"


def write() -> None:
    SNAPSHOT.write_text(describe(), encoding="utf-8")
