"""What a job post may hold, its states, and the bands in which its activity is told. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.people.screening.rules import why_not_send


class Kind(StrEnum):
    FIXED = "fixed"
    HOURLY = "hourly"


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"
    EXPIRED = "expired"
    REMOVED = "removed"


class Visibility(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    INVITED = "invited"


class Level(StrEnum):
    ENTRY = "entry"
    INTERMEDIATE = "intermediate"
    EXPERT = "expert"


class Length(StrEnum):
    """How long the work will take; the price of a proposal counts the weeks."""

    WEEKS = "weeks"
    ONE_TO_THREE = "1-3-months"
    THREE_TO_SIX = "3-6-months"
    LONGER = "6-months-up"


class Hours(StrEnum):
    LESS = "under-30"
    MORE = "30-up"


class CloseReason(StrEnum):
    HIRED_HERE = "hired_here"
    HIRED_ELSEWHERE = "hired_elsewhere"
    NOT_NEEDED = "not_needed"
    NO_FIT = "no_fit"
    OTHER = "other"


WEEKS = {Length.WEEKS: 3, Length.ONE_TO_THREE: 9, Length.THREE_TO_SIX: 20, Length.LONGER: 30}
HOURS_A_WEEK = {Hours.LESS: 15, Hours.MORE: 35}
# state -> the states that its client may bring it to.
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN, State.CLOSED}),
    State.OPEN: frozenset({State.PAUSED, State.CLOSED}),
    State.PAUSED: frozenset({State.OPEN, State.CLOSED}),
    State.FILLED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.EXPIRED: frozenset(),
    State.REMOVED: frozenset(),
}
BANDS = ((5, "0-5"), (10, "5-10"), (15, "10-15"), (20, "15-20"), (50, "20-50"))
TOP_BAND = "50+"


@dataclass(frozen=True)
class JobsPolicy:
    """The table [jobs] of policy.toml."""

    title_max: int
    description_min: int
    description_max: int
    skills_max: int
    questions_max: int
    question_max: int
    files_max: int
    budget_floor_minor: int
    rate_floor_minor: int
    price_ceiling_minor: int
    life_days: int
    warn_days: int
    posts_a_day: int
    note_max: int


@dataclass(frozen=True)
class JobTerms:
    """A job as a client writes it. Amounts in minor units of `unit`; without one the client's usual unit is meant."""

    title: str
    description: str
    category: str
    kind: str
    skills: tuple[str, ...] = ()
    specialty: str = ""
    budget_minor: int | None = None
    rate_low_minor: int | None = None
    rate_high_minor: int | None = None
    unit: str = ""
    level: str = Level.INTERMEDIATE
    length: str = ""
    hours: str = ""
    questions: tuple[str, ...] = ()
    visibility: str = Visibility.PUBLIC
    locations: tuple[str, ...] = ()


def why_not_post(terms: JobTerms, numbers: JobsPolicy) -> Refused | None:
    """The reason against a post, the first that a reader of the form comes across; limits in the unit of the terms."""
    title, text = terms.title.strip(), terms.description.strip()
    if not title:
        return Refused("job:no_title", "Say in a line what is to be done.", field="title")
    if len(title) > numbers.title_max:
        return Refused("job:title_long", f"A title has at most {numbers.title_max} characters.", field="title")
    if len(text) < numbers.description_min:
        return Refused(
            "job:description_short",
            f"Describe the work in at least {numbers.description_min} characters: what there is, and what you need.",
            field="description",
        )
    if len(text) > numbers.description_max:
        return Refused(
            "job:description_long", f"A description has at most {numbers.description_max} characters.", field="description"
        )
    return _why_not_lists(terms, numbers) or _why_not_price(terms, numbers) or _why_not_texts(terms)


def _why_not_lists(terms: JobTerms, numbers: JobsPolicy) -> Refused | None:
    if not terms.category:
        return Refused("job:no_category", "Choose the category in which freelancers will look.", field="category")
    if len(terms.skills) > numbers.skills_max:
        return Refused("job:skills_many", f"Name at most {numbers.skills_max} skills.", field="skills")
    if len(terms.questions) > numbers.questions_max:
        return Refused("job:questions_many", f"Ask at most {numbers.questions_max} questions.", field="questions")
    if any(len(question) > numbers.question_max for question in terms.questions):
        return Refused("job:question_long", f"A question has at most {numbers.question_max} characters.", field="questions")
    for value, known, field in (
        (terms.kind, set(Kind), "kind"),
        (terms.level, set(Level), "level"),
        (terms.visibility, set(Visibility), "visibility"),
        (terms.length, {*Length, ""}, "length"),
        (terms.hours, {*Hours, ""}, "hours"),
    ):
        if value not in known:
            return Refused("job:choice", "Choose one of the offered values.", field=field)
    return None


def _why_not_price(terms: JobTerms, numbers: JobsPolicy) -> Refused | None:
    if terms.kind == Kind.FIXED:
        if terms.budget_minor is None:
            return Refused("job:no_budget", "Say what you want to spend; it can be negotiated.", field="budget")
        if terms.budget_minor < numbers.budget_floor_minor:
            return Refused("job:budget_low", "That is below the least price of this market.", field="budget")
        if terms.budget_minor > numbers.price_ceiling_minor:
            return Refused("job:budget_high", "That is more than one job here can cost.", field="budget")
        return None
    low, high = terms.rate_low_minor, terms.rate_high_minor
    if low is None or high is None:
        return Refused("job:no_rate", "Say from which to which hourly rate you want to pay.", field="rate_low")
    if low < numbers.rate_floor_minor:
        return Refused("job:rate_low", "That is below the least hourly rate of this market.", field="rate_low")
    if high < low:
        return Refused("job:rate_order", "The upper rate is below the lower one.", field="rate_high")
    if high > numbers.price_ceiling_minor:
        return Refused("job:rate_high", "That is more than an hour here can cost.", field="rate_high")
    return None


def _why_not_texts(terms: JobTerms) -> Refused | None:
    for field, text in (("title", terms.title), ("description", terms.description)):
        refusal = why_not_send(text, contract_started=False, field=field)
        if refusal:
            return refusal
    for question in terms.questions:
        refusal = why_not_send(question, contract_started=False, field="questions")
        if refusal:
            return refusal
    return None


def why_not_move(state: str, wanted: State) -> Refused | None:
    """The reason why a client can't bring a job into a state."""
    if wanted in MOVES[State(state)]:
        return None
    return Refused("job:state", f"This job is {state}; it can't become {wanted.value}.")


def why_not_apply(state: str) -> Refused | None:
    """The reason why a job takes no proposals now."""
    if state == State.OPEN:
        return None
    if state == State.PAUSED:
        return Refused("job:paused", "The client has paused this job; it takes no proposals for now.")
    return Refused("job:closed", "This job no longer takes proposals.")


def band(count: int) -> str:
    """A number of proposals as it is told in public: 0-5, 5-10 and so on."""
    return next((told for most, told in BANDS if count < most), TOP_BAND)


def expires_at(now: datetime, numbers: JobsPolicy) -> datetime:
    """When a job ends by itself, counted from the client's last activity."""
    return now + timedelta(days=numbers.life_days)


def typical_rate(low: int | None, high: int | None) -> int | None:
    """The middle of an hourly range, for the worth of a job."""
    return (low + high) // 2 if low and high else None
