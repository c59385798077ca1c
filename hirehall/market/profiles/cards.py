"""The values in which profiles are shown: the card of search and proposals, and the whole profile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class TalentCard:
    """What a client sees of a freelancer in a list. Skills are (slug, label) in the owner's order."""

    party_id: str
    name: str
    title: str
    overview: str
    rate_minor: int | None
    unit: str
    country: str
    time_zone: str
    skills: tuple[tuple[str, str], ...]
    category: str
    small_photo_id: str | None
    hours: str
    hours_change_on: date | None
    english: str
    visibility: str
    published: bool
    jobs_done: int
    jobs_running: int
    minutes: int
    earned_minor: int
    earned: str
    rating: int | None
    ratings: int
    last_active_at: datetime | None
    sub_id: str = ""
    changed_at: datetime | None = None

    @property
    def initials(self) -> str:
        """Up to two letters for where there is no picture."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass
class Whole:
    """A profile with everything on it, as the full page and the editor show it."""

    profile: Any
    card: TalentCard
    employment: Sequence[Any] = ()
    experience: Sequence[Any] = ()
    education: Sequence[Any] = ()
    certifications: Sequence[Any] = ()
    languages: Sequence[Any] = ()
    links: Sequence[Any] = ()
    pieces: Sequence[Any] = ()
    subs: Sequence[Any] = ()
    rates: Sequence[Any] = ()
    sub: Any = None
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TalentText:
    """All words of a published profile, for the index of search."""

    card: TalentCard
    overview: str
    body: str
