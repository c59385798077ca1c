"""The words of filters and their values, for jobs and for talent, in the reader's language."""

import functools
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hirehall.guide.search.filters import ANYWHERE, TYPED_AS_MONEY
from hirehall.guide.search.queries import unit
from hirehall.kernel import clock
from hirehall.kernel.money import format_money
from hirehall.kernel.units import minor_digits
from hirehall.market.jobs import words as job_words
from hirehall.market.profiles import taxonomy
from hirehall.market.profiles.fields import HOURS as TALENT_HOURS
from hirehall.market.profiles.fields import SHORT_LEVELS
from hirehall.people.accounts.places import country_name, language_name

# In this order whatever the counts say; everything else stands by count.
BANDS = {
    "budget": ("0-100", "100-500", "500-1000", "1000-5000", "5000+"),
    "proposals": ("0-5", "5-10", "10-15", "15-20", "20-50", "50+"),
    "client_hires": ("0", "1-9", "10+"),
    "kind": tuple(job_words.KINDS),
    "level": tuple(job_words.LEVELS),
    "length": tuple(job_words.LENGTHS),
    "hours": (*job_words.HOURS, *dict(TALENT_HOURS)),
    "english": ("native", "fluent", "conversational", "basic"),
}
# A value that nobody has given a name is shown as it came, but not at any length.
LONGEST_LABEL = 60
DAY_MINUTES = 24 * 60
# Amounts of the panel are few; those that people type are forgotten again.
KEPT = 1024


class Labels:
    """The words of one kind of search."""

    def __init__(self, legends: dict[str, str], known: dict[str, Mapping], told: dict[str, Callable[[str], str]]):
        self._legends, self._known, self._told = legends, known, told
        self.symbol = unit()

    def legend(self, name: str) -> str:
        """What a filter is called."""
        return self._legends[name]

    def heading(self, name: str) -> str:
        """What the range that begins with a filter is called."""
        headings = {"budget_from": _("Your own price range"), "rate_from": _("Hourly rate")}
        return headings.get(name) or self.legend(name)

    def value(self, name: str, value: str) -> str:
        """What one of its values is called."""
        if name in self._told:
            return self._told[name](value)
        return str(self._known.get(name, {}).get(value, value))[:LONGEST_LABEL]

    def chip(self, name: str, value: str) -> str:
        """A chosen value, understandable by itself."""
        shown = self.value(name, value)
        if name in TYPED_AS_MONEY and name not in self._told:
            shown = amount(value)
        if name in ("category", "specialty", "skill", "kind", "verified", "level", "talking_to"):
            return shown
        return f"{self.legend(name)}: {shown}"

    def always(self, name: str) -> dict[str, int]:
        """Values that are shown even when they find nothing, so that a list does not jump."""
        values = self._known["category"] if name == "category" else BANDS.get(name, ())
        known = self._known.get(name)
        return {value: 0 for value in values if known is None or value in known}

    def in_order(self, name: str, counts: dict[str, int]) -> list[str]:
        """A filter's values in the order in which they are shown."""
        if name in BANDS:
            return [value for value in BANDS[name] if value in counts] + [v for v in counts if v not in BANDS[name]]
        if name == "location":
            return sorted(counts, key=lambda value: (value != ANYWHERE, -counts[value], value))
        return sorted(counts, key=lambda value: (-counts[value], self.value(name, value)))


def amount(whole: str) -> str:
    """A typed figure as an amount without decimals."""
    return _amount(whole, unit(), _language())


@functools.lru_cache(KEPT)
def _amount(whole: str, unit_: str, language: str) -> str:
    text = format_money(round(float(whole) * 10 ** minor_digits(unit_)), unit_, language)
    return text.removesuffix(".00") if "." not in whole else text


def _language() -> str:
    return get_language() or "en"


def _days(value: str) -> str:
    days = round(float(value))
    return ngettext("Last %(n)s day", "Last %(n)s days", days) % {"n": days} if days > 1 else _("Last 24 hours")


def _stars(value: str) -> str:
    return _("%(stars)s stars and more") % {"stars": value}


def _at_least(value: str) -> str:
    return _("%(amount)s and more") % {"amount": amount(value)}


def _any_or_more(value: str) -> str:
    return _("Something") if value == "1" else _at_least(value)


def _percent(value: str) -> str:
    return _("%(n)s %% and more") % {"n": value}


def _country(value: str) -> str:
    return country_name(value, _language())


def _place(value: str) -> str:
    return _("Anywhere") if value == ANYWHERE else _country(value)


def _budget(value: str) -> str:
    low, _dash, high = value.partition("-")
    if not (low.isdigit() and high.isdigit()):
        return _("%(amount)s and more") % {"amount": amount("5000")} if value == "5000+" else value[:LONGEST_LABEL]
    if low == "0":
        return _("Below %(amount)s") % {"amount": amount(high)}
    return _("%(low)s to %(high)s") % {"low": amount(low), "high": amount(high)}


def _hires(value: str) -> str:
    named = {"0": _("No hires yet"), "1-9": _("1 to 9 hires"), "10+": _("10 hires and more")}
    return named.get(value, value[:LONGEST_LABEL])


def _tenure(value: str) -> str:
    return _("A year and more") if value == "365" else _("%(n)s days and more") % {"n": value}


def _jobs(value: str) -> str:
    number = round(float(value))
    return ngettext("%(n)s job and more", "%(n)s jobs and more", number) % {"n": number}


def _connects(value: str) -> str:
    number = round(float(value))
    return ngettext("At most %(n)s Connect", "At most %(n)s Connects", number) % {"n": number}


def _clock_of(minutes: str) -> str:
    """A client's clock: how far it is from UTC, and what it shows now."""
    if not minutes.lstrip("-").isdigit() or abs(int(minutes)) >= DAY_MINUTES:
        return minutes[:LONGEST_LABEL]
    ahead = int(minutes)
    hours, rest = divmod(abs(ahead), 60)
    zone = f"UTC{'-' if ahead < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
    return _("%(zone)s, now %(time)s") % {"zone": zone, "time": f"{clock.now() + timedelta(minutes=ahead):%H:%M}"}


def _taxonomy() -> dict[str, Mapping]:
    known = taxonomy.load()
    return {
        "category": {each.slug: each.label for each in known.categories},
        "skill": {slug: skill.label for slug, skill in known.skills.items()},
    }


def job_labels() -> Labels:
    """The words of job search."""
    legends = {
        "category": _("Category"), "specialty": _("Specialty"), "kind": _("Kind of pay"), "budget": _("Fixed price"),
        "budget_from": _("Fixed price from"), "budget_to": _("Fixed price up to"), "rate_from": _("Hourly rate from"),
        "rate_to": _("Hourly rate up to"), "level": _("Experience"), "skill": _("Skills"), "posted_days": _("Posted"),
        "proposals": _("Proposals so far"), "talking_to": _("In talks"), "viewed_days": _("Client looked at proposals"),
        "connects_to": _("Price of a proposal"), "length": _("How long"), "hours": _("Hours a week"),
        "location": _("Preferred country"), "verified": _("Payment"), "client_hires": _("Client's hires"),
        "spent_from": _("Client has spent"), "hire_rate_from": _("Client's hire rate"),
        "paid_from": _("Client pays an hour, from"), "rating_from": _("Client's reviews"),
        "tenure_days": _("Client here for"), "country": _("Client's country"), "open_jobs_from": _("Client's open jobs"),
        "local_time": _("Client's local time"),
    }  # fmt: skip
    known = {
        **_taxonomy(),
        "kind": {"fixed": _("Fixed price"), "hourly": _("Hourly")},
        "level": job_words.LEVELS,
        "length": job_words.LENGTHS,
        "hours": job_words.HOURS,
    }
    told = {
        "budget": _budget, "posted_days": _days, "viewed_days": _days, "connects_to": _connects, "location": _place,
        "verified": lambda _value: _("Payment verified"), "client_hires": _hires, "spent_from": _any_or_more,
        "hire_rate_from": _percent, "rating_from": _stars, "tenure_days": _tenure, "country": _country,
        "talking_to": lambda value: _("Nobody in talks yet") if value == "0" else value, "open_jobs_from": _jobs,
        "local_time": _clock_of,
    }  # fmt: skip
    return Labels(legends, known, told)


def talent_labels() -> Labels:
    """The words of talent search."""
    legends = {
        "category": _("Category"), "skill": _("Skills"), "rate_from": _("Hourly rate from"),
        "rate_to": _("Hourly rate up to"), "hours": _("Availability"), "badge": _("Badges"), "score_from": _("Job score"),
        "rating_from": _("Reviews"), "jobs_from": _("Jobs done"), "earned_from": _("Earned"), "country": _("Country"),
        "language": _("Languages"), "english": _("English"), "active_days": _("Last here"),
    }  # fmt: skip
    known = {**_taxonomy(), "hours": dict(TALENT_HOURS), "english": SHORT_LEVELS}
    told = {
        "score_from": _percent, "rating_from": _stars, "jobs_from": _jobs, "earned_from": _any_or_more,
        "country": _country, "language": lambda value: language_name(value, _language())[:LONGEST_LABEL],
        "active_days": _days,
    }  # fmt: skip
    return Labels(legends, known, told)
