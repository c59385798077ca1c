"""What a profile may hold. Pure: plain values in, a refusal or None out; the numbers come from policy.toml.

Every text of a profile is read before any contract, so none may carry a way to meet elsewhere (TRU-01).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import plain_amount
from hirehall.people.screening.links import TRADE_HOSTS, why_not_link
from hirehall.people.screening.rules import why_not_send


class Hours(StrEnum):
    """How much a freelancer takes on at present."""

    MORE_THAN_30 = "more_than_30"
    LESS_THAN_30 = "less_than_30"
    AS_NEEDED = "as_needed"
    NONE = "none"


class Level(StrEnum):
    """How well a language is spoken."""

    BASIC = "basic"
    CONVERSATIONAL = "conversational"
    FLUENT = "fluent"
    NATIVE = "native"


class Visibility(StrEnum):
    """Who finds a profile; with `private` it is out of search, and its owner may still propose."""

    PUBLIC = "public"
    MEMBERS = "members"
    PRIVATE = "private"


@dataclass(frozen=True)
class Weights:
    """Points of completeness; the required ones make 50, the rest is capped so that all make 100."""

    photo: int
    title: int
    overview: int
    experience: int
    skill: int
    rate: int
    hours: int
    english: int
    portfolio: int
    portfolio_most: int
    employment: int
    employment_most: int
    five_skills: int
    education: int
    education_most: int
    link: int
    certification: int
    certification_most: int
    other_experience: int
    rest_most: int

    def __post_init__(self) -> None:
        required = (self.photo, self.title, self.overview, self.experience, self.skill, self.rate)
        if sum(required) + self.hours + self.english + self.rest_most != 100:
            raise ValueError("weights: the required points and rest_most must make 100.")


@dataclass(frozen=True)
class ProfilesPolicy:
    """The table [profiles] of policy.toml."""

    unit: str
    title_max: int
    overview_min: int
    overview_max: int
    overview_on_card: int
    skills_max: int
    specialised_max: int
    entries_max: int
    pieces_max: int
    piece_files_max: int
    rate_floor_minor: int
    rate_ceiling_minor: int
    photo_min_pixels: int
    photo_max_megabytes: int
    weights: Weights


# Where certificates are shown; issuers' own pages and the two registries they use (docs/policy/contact.md).
CERTIFICATE_HOSTS = (
    "credly.com", "*.credly.com", "coursera.org", "edx.org", "*.edx.org", "udacity.com", "udemy.com", "freecodecamp.org",
    "credential.net", "*.credential.net", "learn.microsoft.com", "aws.amazon.com", "skills.google", "cloud.google.com",
    "hubspot.com", "*.hubspot.com", "trailhead.salesforce.com", "cisco.com", "isc2.org", "pmi.org", "*.pmi.org",
)  # fmt: skip

# Named in a refusal; the whole list would not be read.
EXAMPLES = "GitHub, GitLab, Stack Overflow, Behance, Dribbble or Kaggle"


def why_not_title(title: str, numbers: ProfilesPolicy) -> Refused | None:
    """A title is one line of what somebody does."""
    if not title.strip():
        return Refused("profile:title_missing", "Say in one line what you do.", field="title")
    if len(title.strip()) > numbers.title_max:
        return Refused("profile:title_long", "A title has at most %(most)s characters.", values={"most": numbers.title_max}, field="title")
    return why_not_send(title, contract_started=False, field="title")


def why_not_overview(overview: str, numbers: ProfilesPolicy) -> Refused | None:
    """An overview is long enough to say something, and carries no contact details."""
    length = len(overview.strip())
    if length < numbers.overview_min:
        missing = numbers.overview_min - length
        return Refused("profile:overview_short", "Write %(missing)s characters more; %(least)s is the least.", values={"missing": missing, "least": numbers.overview_min},
                       field="overview")
    if length > numbers.overview_max:
        return Refused("profile:overview_long", "An overview has at most %(most)s characters.", values={"most": numbers.overview_max},
                       field="overview")
    return why_not_send(overview, contract_started=False, field="overview")


def why_not_rate(rate_minor: int, unit: str, numbers: ProfilesPolicy) -> Refused | None:
    """A rate between the floor and what nobody means to type."""
    if unit != numbers.unit:
        return Refused("profile:rate_unit", "Rates are in %(unit)s here.", values={"unit": numbers.unit}, field="rate")
    if rate_minor < numbers.rate_floor_minor:
        floor = plain_amount(numbers.rate_floor_minor, unit)
        return Refused("profile:rate_low", "The least rate here is %(least)s an hour.", values={"least": floor}, field="rate")
    if rate_minor > numbers.rate_ceiling_minor:
        return Refused("profile:rate_high", "That rate looks mistyped; check the decimal mark.", field="rate")
    return None


def why_not_skills(skills: Sequence[str], known: Collection[str], numbers: ProfilesPolicy) -> Refused | None:
    """One to fifteen skills of the taxonomy, each once."""
    if not skills:
        return Refused("profile:skills_missing", "Choose at least one skill.", field="skills")
    if len(set(skills)) != len(skills):
        return Refused("profile:skill_twice", "Each skill stands once in the list.", field="skills")
    if len(skills) > numbers.skills_max:
        return Refused("profile:skills_many", "A profile shows at most %(most)s skills.", values={"most": numbers.skills_max}, field="skills")
    unknown = next((s for s in skills if s not in known), None)
    if unknown is not None:
        return Refused("profile:skill_unknown", "“%(skill)s” is not in the list of skills.", values={"skill": unknown}, field="skills")
    return None


def why_not_choice(value: str, choices: Collection[str], field: str) -> Refused | None:
    """One of the offered choices."""
    if value not in choices:
        return Refused(f"profile:{field}_unknown", "Choose one of the answers.", field=field)
    return None


def why_not_availability(hours: str, change_on: date | None, today: date) -> Refused | None:
    """Hours from the list; a change lies ahead, and somebody who takes nothing says until when."""
    if hours not in set(Hours):
        return Refused("profile:hours_unknown", "Choose how much you can take on.", field="hours")
    if change_on is not None and change_on <= today:
        return Refused("profile:change_past", "The date of the next change lies ahead.", field="hours_change_on")
    if hours == Hours.NONE and change_on is None:
        return Refused("profile:change_missing", "Say from when on you can take work again.", field="hours_change_on")
    return None


def why_not_publish(missing: Sequence[str]) -> Refused | None:
    """A profile goes public when nothing of the required half is missing."""
    if missing:
        return Refused("profile:incomplete", "Still missing: %(parts)s.", values={"parts": ", ".join(missing)}, missing=list(missing))
    return None


def why_not_add(count: int, most: int, sentence: str) -> Refused | None:
    """Lists are long enough for a working life and short enough to be read."""
    if count >= most:
        return Refused("profile:entries_many", sentence, values={"most": most})
    return None


def why_not_take_link(url: str, field: str = "url") -> Refused | None:
    """A link to where work of the trade is shown."""
    refusal = why_not_link(url, TRADE_HOSTS)
    if refusal is None:
        return None
    if refusal.code != "screening:link_host":
        return refusal.at(field)
    return Refused(
        refusal.code,
        "Links to %(host)s are not shown here: link to a place where work of the trade is, such as %(places)s.",
        field,
        {"host": urlsplit(url.strip()).hostname, "places": EXAMPLES},
        **refusal.details,
    )


def why_not_take_certificate_link(url: str) -> Refused | None:
    """A link to the page of a certificate: its issuer's, or a registry's."""
    refusal = why_not_link(url, (*CERTIFICATE_HOSTS, *TRADE_HOSTS))
    return refusal.at("link") if refusal else None


def earned_step(amount_minor: int, minor_of_one: int = 100) -> str:
    """Earnings as others see them, in steps: exact below 100, then 100+, 1k+, 10k+, 100k+, 1M+.

    >>> [earned_step(a) for a in (0, 5_000, 25_000, 120_000, 99_999_900)]
    ['', '50', '100+', '1k+', '100k+']
    """
    whole = amount_minor // minor_of_one
    for least, shown in ((1_000_000, "1M+"), (100_000, "100k+"), (10_000, "10k+"), (1_000, "1k+"), (100, "100+")):
        if whole >= least:
            return shown
    return str(whole) if whole else ""
