"""How complete a profile is, from the published weights, and what is worth doing next (PRO-14). Pure.

>>> meter = completeness(Counts(title=True), weights)
>>> meter.percent, meter.next.code
(6, 'overview')
"""

from dataclasses import dataclass

from hirehall.market.profiles.rules import Weights


@dataclass(frozen=True)
class Counts:
    """What a profile has."""

    photo: bool = False
    title: bool = False
    overview: bool = False
    rate: bool = False
    hours: bool = False
    english: bool = False
    skills: int = 0
    employment: int = 0
    experience: int = 0
    portfolio: int = 0
    education: int = 0
    certifications: int = 0
    links: int = 0


@dataclass(frozen=True)
class Step:
    """Something that counts: what it gives now, what one more of it would give, what it can give at most."""

    code: str
    required: bool
    has: int
    worth: int
    most: int

    @property
    def done(self) -> bool:
        return self.has >= self.most


@dataclass(frozen=True)
class Meter:
    """The percentage with all its steps, required ones first, in the order of the page."""

    percent: int
    steps: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Step, ...]:
        """Required steps that are not done; without them a profile can't be published."""
        return tuple(s for s in self.steps if s.required and not s.done)

    @property
    def open(self) -> tuple[Step, ...]:
        """All that would still raise the percentage, the best first."""
        if self.percent == 100:
            return ()
        rest = [s for s in self.steps if not s.required and not s.done]
        return self.missing + tuple(sorted(rest, key=lambda s: -s.worth))

    @property
    def next(self) -> Step | None:
        """The next best step."""
        return self.open[0] if self.open else None

    @property
    def publishable(self) -> bool:
        return not self.missing


def completeness(counts: Counts, weights: Weights) -> Meter:
    """Required things make half; everything else adds up to the other half and no further."""
    required = _required(counts, weights)
    rest = _rest(counts, weights)
    earned = min(weights.rest_most, sum(step.has for step in rest))
    room = weights.rest_most - earned
    shown = tuple(Step(s.code, False, s.has, min(s.worth, room), s.most) for s in rest)
    return Meter(sum(step.has for step in required) + earned, required + shown)


def _required(counts: Counts, weights: Weights) -> tuple[Step, ...]:
    table = (
        ("photo", counts.photo, weights.photo),
        ("title", counts.title, weights.title),
        ("overview", counts.overview, weights.overview),
        ("experience", counts.employment + counts.experience > 0, weights.experience),
        ("skill", counts.skills > 0, weights.skill),
        ("rate", counts.rate, weights.rate),
        ("hours", counts.hours, weights.hours),
        ("english", counts.english, weights.english),
    )
    return tuple(Step(code, True, worth if has else 0, worth, worth) for code, has, worth in table)


def _rest(counts: Counts, weights: Weights) -> tuple[Step, ...]:
    # The first position, or without one the first other experience, already counts in the required half.
    further = max(0, counts.employment - 1)
    others = counts.experience if counts.employment else max(0, counts.experience - 1)
    table = (
        ("portfolio", counts.portfolio, weights.portfolio, weights.portfolio_most),
        ("employment", further, weights.employment, weights.employment_most),
        ("five_skills", int(counts.skills >= 5), weights.five_skills, weights.five_skills),
        ("education", counts.education, weights.education, weights.education_most),
        ("link", counts.links, weights.link, weights.link),
        ("certification", counts.certifications, weights.certification, weights.certification_most),
        ("other_experience", others, weights.other_experience, weights.other_experience),
    )
    return tuple(Step(code, False, min(most, number * worth), worth, most) for code, number, worth, most in table)
