"""The pay week as a value: Monday 00:00 to Sunday 24:00 UTC. Nobody counts 'seven days ago'."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, order=True)
class Week:
    """One pay week, named by its Monday."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"{self.monday} is not a Monday.")

    @classmethod
    def of(cls, moment: datetime) -> "Week":
        """The week that holds a moment."""
        day = moment.astimezone(UTC).date()
        return cls(day - timedelta(days=day.weekday()))

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.monday, time.min, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        """The first moment that belongs to the next week."""
        return self.starts_at + timedelta(days=7)

    def next(self) -> "Week":
        return Week(self.monday + timedelta(days=7))

    def previous(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    def __contains__(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def __str__(self) -> str:
        return self.monday.isoformat()
