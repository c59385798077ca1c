"""The entries of a profile as plain values, and what each may hold. Pure."""

from dataclasses import dataclass
from datetime import date

from hirehall.kernel.errors import Refused
from hirehall.market.profiles import rules
from hirehall.people.screening.rules import why_not_send

LONGEST_TEXT = 2_000
EARLIEST_YEAR = 1940


@dataclass(frozen=True)
class EmploymentTerms:
    company: str
    role: str
    starts_on: date
    ends_on: date | None = None
    city: str = ""
    country: str = ""
    description: str = ""


@dataclass(frozen=True)
class ExperienceTerms:
    subject: str
    description: str


@dataclass(frozen=True)
class EducationTerms:
    school: str
    degree: str = ""
    area: str = ""
    from_year: int | None = None
    to_year: int | None = None
    description: str = ""


@dataclass(frozen=True)
class CertificationTerms:
    name: str
    issuer: str
    issued_on: date
    expires_on: date | None = None
    link: str = ""


@dataclass(frozen=True)
class LanguageTerms:
    code: str
    level: str


@dataclass(frozen=True)
class LinkTerms:
    url: str


@dataclass(frozen=True)
class PieceTerms:
    title: str
    description: str
    role: str = ""
    skills: tuple[str, ...] = ()
    link: str = ""
    done_on: date | None = None
    contract_id: str = ""


Terms = (
    EmploymentTerms | ExperienceTerms | EducationTerms | CertificationTerms | LanguageTerms | LinkTerms | PieceTerms
)

# The name of each list in addresses, forms and the API.
KINDS: dict[str, type] = {
    "employment": EmploymentTerms,
    "experience": ExperienceTerms,
    "education": EducationTerms,
    "certification": CertificationTerms,
    "language": LanguageTerms,
    "link": LinkTerms,
    "piece": PieceTerms,
}

# The fields that must not be empty, in the order in which they are asked for; and those that take free text.
NEEDED: dict[type, tuple[str, ...]] = {
    EmploymentTerms: ("company", "role"),
    ExperienceTerms: ("subject", "description"),
    EducationTerms: ("school",),
    CertificationTerms: ("name", "issuer"),
    LanguageTerms: ("code",),
    LinkTerms: ("url",),
    PieceTerms: ("title", "description"),
}
FREE_TEXT = ("company", "role", "city", "subject", "school", "degree", "area", "name", "issuer", "title", "description")
LENGTHS = {"description": LONGEST_TEXT, "city": 80, "degree": 80, "school": 120, "area": 120, "name": 120, "issuer": 120}


def why_not_keep(terms: Terms, today: date) -> Refused | None:
    """The first reason why an entry can't stand so: something empty, too long, out of order, or a contact."""
    for field in NEEDED[type(terms)]:
        if not getattr(terms, field).strip():
            return Refused("entry:missing", "This is needed.", field=field)
    for field in FREE_TEXT:
        text = getattr(terms, field, "")
        longest = LENGTHS.get(field, 100)
        if len(text) > longest:
            return Refused("entry:long", "At most %(most)s characters.", values={"most": longest}, field=field)
    return _why_not_dates(terms, today) or _why_not_links(terms) or _why_not_texts(terms)


def _why_not_texts(terms: Terms) -> Refused | None:
    for field in FREE_TEXT:
        refusal = why_not_send(getattr(terms, field, ""), contract_started=False, field=field)
        if refusal:
            return refusal
    return None


def _why_not_dates(terms: Terms, today: date) -> Refused | None:
    match terms:
        case EmploymentTerms(starts_on=start, ends_on=end):
            if start > today:
                return Refused("entry:future", "A position starts today at the latest.", field="starts_on")
            if end is not None and end < start:
                return Refused("entry:order", "The end lies after the start.", field="ends_on")
        case EducationTerms(from_year=start_year, to_year=end_year):
            if start_year is not None and not EARLIEST_YEAR <= start_year <= today.year:
                return Refused("entry:year", "Check the year.", field="from_year")
            if end_year is not None and not (start_year or EARLIEST_YEAR) <= end_year <= today.year + 10:
                return Refused("entry:order", "The end lies after the start.", field="to_year")
        case CertificationTerms(issued_on=issued, expires_on=expires):
            if issued > today:
                return Refused("entry:future", "A certificate was issued today at the latest.", field="issued_on")
            if expires is not None and expires <= issued:
                return Refused("entry:order", "It expires after it was issued.", field="expires_on")
        case LanguageTerms(code=code, level=level):
            if code == "en":
                return Refused("entry:english", "English has its own place above.", field="code")
            return rules.why_not_choice(level, set(rules.Level), "level")
    return None


def _why_not_links(terms: Terms) -> Refused | None:
    match terms:
        case LinkTerms(url=url):
            return rules.why_not_take_link(url)
        case PieceTerms(link=link) if link:
            return rules.why_not_take_link(link, "link")
        case CertificationTerms(link=link) if link:
            return rules.why_not_take_certificate_link(link)
    return None
