"""What will happen in a simulated year: who joins when, which jobs are posted when, and who answers them. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from sim.companies import Company, draw_companies
from sim.people import Person, Persona, Place, draw_personas
from sim.posts import Post, draw_posts

YEAR_DAYS = 365
# The people of the demo whose sign-ins are printed; their places are fixed, the rest of them follows the seed.
BERLIN = Place("DE", "Berlin", "Europe/Berlin", 1.4, (("de", "native"),), "fluent", (1, 3))
CLIENT = Person("Clara Winslow", BERLIN, "woman")
FREELANCER = Person(
    "Tomás Ferreyra",
    Place("AR", "Córdoba", "America/Argentina/Cordoba", 0.6, (("es", "native"), ("pt", "basic")), "fluent", (2, 4)),
    "man",
)
RIVAL = Person(
    "Amara Okonkwo", Place("NG", "Lagos", "Africa/Lagos", 0.4, (("yo", "native"),), "native", (7, 8)), "woman"
)
STAFF = Person("Sam Reyes", BERLIN, "man")
STUDIO = "Harbour & Pine Studio"
FIXED = {"web-development/Back-end": FREELANCER, "web-development/Front-end": RIVAL}


@dataclass(frozen=True)
class Size:
    """How large a market; `bids` is the mean number of proposals a job gets, `offers` how often a talk ends in an offer."""

    freelancers: int = 200
    clients: int = 66
    jobs: int = 300
    bids: float = 2.2
    offers: float = 0.36


@dataclass(frozen=True)
class Settler:
    """A freelancer, when they join, and how well they will work (0 to 1), which nobody sees."""

    number: int
    persona: Persona
    joins_at: datetime
    skill: float


@dataclass(frozen=True)
class Employer:
    """A client and when it joins."""

    number: int
    company: Company
    joins_at: datetime


@dataclass(frozen=True)
class PlannedBid:
    """Somebody answers a job after a while."""

    settler: int
    at: datetime


@dataclass(frozen=True)
class PlannedPost:
    """A job to come. `script` is "" for chance, or the name of a course of events that the demo needs."""

    number: int
    post: Post
    employer: int
    at: datetime
    bids: tuple[PlannedBid, ...] = ()
    script: str = ""


@dataclass(frozen=True)
class Plan:
    """A year."""

    seed: int
    start: datetime
    until: datetime
    settlers: list[Settler]
    employers: list[Employer]
    offers: float
    posts: list[PlannedPost] = field(default_factory=list)

    def rng(self, *names: object) -> Random:
        """A source of chance of its own for one part, so that parts do not disturb each other."""
        return Random(":".join(str(name) for name in (self.seed, *names)))


# What happens with the jobs of the demo's client, oldest first: (days before the end, script, kind of craft).
SCRIPTS = (
    (310, "done", "design"), (262, "done", "web-development/Back-end"), (205, "done", "writing"), (150, "done", "marketing-and-sales"),
    (96, "done", "web-development/Front-end"), (58, "running", "web-development/Back-end"), (30, "started", "design"),
    (13, "many", "web-development/Front-end"), (5, "fresh", "web-development/Back-end"),
)  # fmt: skip
MANY_BIDS = 17


def draw_plan(seed: int, size: Size, until: datetime) -> Plan:
    """The same seed, size and end give the same year."""
    rng = Random(seed)
    start = until - timedelta(days=YEAR_DAYS)
    personas = draw_personas(rng, size.freelancers, until.date(), FIXED)
    settlers = [
        Settler(
            number,
            persona,
            start + timedelta(days=(5 if persona.person in FIXED.values() else 300 * rng.random() ** 1.7)),
            min(1.0, rng.betavariate(6, 2)),
        )
        for number, persona in enumerate(personas)
    ]
    companies = draw_companies(rng, size.clients)
    companies[0] = replace(companies[0], name=STUDIO, sector="agency", size=9, person=CLIENT)
    posts = _place_posts(rng, draw_posts(rng, companies, size.jobs), companies, start, until)
    plan = Plan(seed, start, until, settlers, [], size.offers)
    for number, company in enumerate(companies):
        first = min((at for _, employer, at, _ in posts if employer == number), default=until - timedelta(days=20))
        joins = max(start, first - timedelta(days=rng.uniform(0.1, 9)))
        plan.employers.append(Employer(number, company, joins))
    for number, (post, employer, at, script) in enumerate(posts):
        bids = _draw_bids(plan.rng("bids", number), settlers, post, at, until, size.bids, script)
        plan.posts.append(PlannedPost(number, post, employer, at, bids, script))
    return plan


def _place_posts(
    rng: Random, posts: list[Post], companies: list[Company], start: datetime, until: datetime
) -> list[tuple[Post, int, datetime, str]]:
    """When each job is posted, more of them towards the end, and which of them are the demo client's."""
    numbers = {company.name: number for number, company in enumerate(companies)}
    placed = []
    left = list(posts)
    for days, script, craft in SCRIPTS:
        chosen = next(
            (post for post in left if post.craft.key.startswith(craft) and not post.hourly and post.budget >= 500), None
        )
        if chosen is not None:
            left.remove(chosen)
            placed.append(
                (
                    replace(chosen, company=companies[0]),
                    0,
                    until - timedelta(days=days, hours=rng.uniform(1, 9)),
                    script,
                )
            )
    others = list(range(1, len(companies)))
    for place, post in enumerate(left):
        share = ((place + rng.random()) / len(left)) ** 0.4
        employer = numbers[post.company.name] or rng.choice(others)
        moment = start + timedelta(days=12 + (YEAR_DAYS - 12.4) * share)
        placed.append((post, employer, moment.replace(hour=rng.randint(6, 19), minute=rng.randrange(60)), ""))
    return sorted(
        ((post, employer, min(at, until - timedelta(hours=3)), script) for post, employer, at, script in placed),
        key=lambda one: one[2],
    )


def _draw_bids(
    rng: Random, settlers: list[Settler], post: Post, at: datetime, until: datetime, mean: float, script: str
) -> tuple[PlannedBid, ...]:
    """Who answers: people of the trade first, neighbours of the category sometimes."""
    own = [one for one in settlers if one.persona.craft is post.craft]
    near = [one for one in settlers if one.persona.craft.category == post.craft.category and one not in own]
    rng.shuffle(own)
    rng.shuffle(near)
    count = min(
        len(own) + len(near), MANY_BIDS if script == "many" else max(3, round(mean)) if script else _poisson(rng, mean)
    )
    chosen = (
        (own + near)[:count]
        if script == "many" or rng.random() < 0.7
        else sorted((own + near[:3])[:count], key=lambda one: one.number)
    )
    stars = [one for one in own if one.persona.person is (FREELANCER if "Back-end" in post.craft.key else RIVAL)]
    if script and stars and stars[0] not in chosen:
        chosen = [*stars, *chosen][:count]
    found = []
    for one in chosen:
        moment = max(at + timedelta(hours=rng.expovariate(1 / 26)), one.joins_at + timedelta(days=1))
        if moment < min(until, at + timedelta(days=21)):
            found.append(PlannedBid(one.number, moment))
    return tuple(sorted(found, key=lambda bid: bid.at))


def _poisson(rng: Random, mean: float) -> int:
    """A number of proposals; a few jobs get none, a few get many."""
    count, product, limit = 0, rng.random(), 2.718281828 ** -(mean * rng.choice((0.5, 0.8, 1, 1, 1.7)))
    while product > limit:
        count += 1
        product *= rng.random()
    return count
