"""Rules of feedback: who may give it and when, what it is made of, and when it is shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.people.screening.rules import why_not_send

# Which side is asked what, in the order of the form; each is rated from 1 to 5.
CRITERIA: Mapping[str, tuple[str, ...]] = {
    "client": ("skills", "quality", "availability", "deadlines", "communication", "cooperation"),
    "freelancer": ("requirements", "communication", "payment", "expectations", "professionalism", "again"),
}
# Private reasons: what decided the answer to "would you recommend".
REASONS: Mapping[str, tuple[str, ...]] = {
    "client": ("excellent", "reliable", "good_value", "slow", "poor_quality", "hard_to_reach", "other"),
    "freelancer": ("clear", "fair", "pays_well", "unclear", "kept_waiting", "unfair", "other"),
}
ENGLISH = ("", "basic", "conversational", "fluent", "native", "not_seen")
STARS = range(1, 6)
SCORES = range(11)


class Phase(StrEnum):
    """Feedback at the end of a contract counts; in the middle of a long one it is only shown."""

    FINAL = "final"
    MIDWAY = "midway"


@dataclass(frozen=True)
class FeedbackPolicy:
    """The numbers of feedback, as policy.toml gives them."""

    window_days: int
    public_floor_minor: int
    text_max: int
    reply_max: int
    midway_days: int
    change_days: int
    remind_days: int


@dataclass(frozen=True)
class Answers:
    """What one side says: `stars` by criterion, a public text, and the private part that only its author ever sees."""

    stars: Mapping[str, int]
    text: str = ""
    score: int | None = None
    reasons: tuple[str, ...] = ()
    english: str = ""
    private_note: str = ""


@dataclass(frozen=True)
class Standing:
    """How a contract stands when somebody wants to give feedback. Times are UTC."""

    state: str
    started_at: datetime
    ended_at: datetime | None
    # The freelancer has ended it and the client's feedback is what completes it.
    waits_for_client: bool = False
    given: frozenset[str] = field(default_factory=frozenset)


def overall(stars: Mapping[str, int]) -> int:
    """The mean of all criteria in hundredths of a star, rounded half up."""
    total, count = 100 * sum(stars.values()), len(stars)
    return (2 * total + count) // (2 * count)


def window_closes(ended_at: datetime, days: int) -> datetime:
    """24:00 UTC of the day that lies so many days after the end."""
    last_day = ended_at.astimezone(UTC).date() + timedelta(days=days + 1)
    return datetime.combine(last_day, time(), UTC)


def is_public(net_minor: int, numbers: FeedbackPolicy) -> bool:
    """Feedback about a contract on which next to nothing was paid is shown to its two sides only.

    The numbers are those of the contract's unit.
    """
    return net_minor >= numbers.public_floor_minor


def phase_now(side: str, standing: Standing) -> Phase:
    """Which feedback a side would give now."""
    over = standing.ended_at is not None or (standing.waits_for_client and side == "client")
    return Phase.FINAL if over else Phase.MIDWAY


def why_not_give(side: str, standing: Standing, now: datetime, numbers: FeedbackPolicy) -> Refused | None:
    """The reason why a side ("client" or "freelancer") can't give feedback now."""
    phase = phase_now(side, standing)
    if f"{side}:{phase}" in standing.given:
        return Refused("feedback:given", "You have given this feedback already.")
    if phase is Phase.FINAL:
        if standing.ended_at and now >= window_closes(standing.ended_at, numbers.window_days):
            return Refused("feedback:late", f"Feedback can be given for {numbers.window_days} days after the end; that time is over.")
        return None
    if standing.state == "closing":
        return Refused("feedback:closing", "This contract is being closed; you can give feedback once it has ended.")
    if now < standing.started_at + timedelta(days=numbers.midway_days):
        return Refused("feedback:early", f"Feedback is given at the end, or in the middle of a contract that has run for {numbers.midway_days} days.")
    return None


def why_not_answers(side: str, answers: Answers, numbers: FeedbackPolicy) -> Refused | None:
    """The first thing that is wrong with what was said."""
    for name in CRITERIA[side]:
        if answers.stars.get(name) not in STARS:
            return Refused("feedback:stars", "Give one to five stars to each of the criteria.", field=name)
    if set(answers.stars) - set(CRITERIA[side]):
        return Refused("feedback:criteria", "One of these criteria is not asked for here.", field="stars")
    if answers.score is not None and answers.score not in SCORES:
        return Refused("feedback:score", "The private answer is a number from 0 to 10.", field="score")
    if set(answers.reasons) - set(REASONS[side]):
        return Refused("feedback:reasons", "Choose the reasons from the list.", field="reasons")
    if answers.english not in ENGLISH or (answers.english and side != "client"):
        return Refused("feedback:english", "Choose a level of English from the list.", field="english")
    for name, text in (("text", answers.text), ("private_note", answers.private_note)):
        if len(text) > numbers.text_max:
            return Refused("feedback:text", f"Keep it to {numbers.text_max:,} characters.", field=name)
    return why_not_send(answers.text, contract_started=False, field="text")


def why_not_reply(text: str, published: bool, replied: bool, numbers: FeedbackPolicy) -> Refused | None:
    """One public reply to published feedback."""
    if not published:
        return Refused("feedback:hidden", "This feedback is not published yet.")
    if replied:
        return Refused("feedback:replied", "You have replied to this feedback already; there is one reply to each.")
    if not text.strip():
        return Refused("feedback:reply_empty", "Write your reply first.", field="reply")
    if len(text) > numbers.reply_max:
        return Refused("feedback:reply_long", f"Keep the reply to {numbers.reply_max:,} characters.", field="reply")
    return why_not_send(text, contract_started=False, field="reply")
