"""What waits for somebody, as the dashboards show it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Next:
    """Something that waits: for the reader ("you"), for somebody else ("them")."""

    text: str
    turn: str = "you"
    href: str = ""
    action: str = ""
    since: datetime | None = None
