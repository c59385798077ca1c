"""Writes job posts: a task of a trade in the voice of a client. Pure."""

from dataclasses import dataclass
from random import Random

from hirehall.market.profiles.taxonomy import slug_of
from sim.companies import VOICES, Company
from sim.overviews import NUMBERS
from sim.wording import Craft, Dealer, Task, crafts, fill, lines, sentence, spin, table

# A shorter post tells a freelancer too little.
LEAST_WORDS = 64
LENGTHS = (("less_than_month", 3), ("one_to_three_months", 4), ("three_to_six_months", 2), ("more_than_six_months", 1))


@dataclass(frozen=True)
class Post:
    """A job as its client would post it. Amounts in whole dollars; `budget` is 0 for hourly work."""

    craft: Craft
    task: Task
    company: Company
    title: str
    description: str
    hourly: bool
    budget: int
    rate_low: int
    rate_high: int
    level: str
    length: str
    weekly_hours: int
    skills: tuple[str, ...]
    questions: tuple[str, ...]


def draw_posts(rng: Random, companies: list[Company], count: int) -> list[Post]:
    """So many jobs, over all trades before any repeats, each given to a client of its sector."""
    dealer = Dealer(rng)
    order = list(crafts())
    rng.shuffle(order)
    by_sector: dict[str, list[Company]] = {}
    for company in companies:
        by_sector.setdefault(company.sector, []).append(company)
    posts = []
    for place in range(count):
        craft = order[place % len(order)]
        task = dealer.deal(f"{craft.key} tasks", craft.tasks)
        company = dealer.deal(f"{task.sector} clients", by_sector.get(task.sector, companies))
        posts.append(_write_post(rng, dealer, craft, task, company))
    return posts


def _write_post(rng: Random, dealer: Dealer, craft: Craft, task: Task, company: Company) -> Post:
    first = dealer.first_time(task.title)
    voice = company.voice if first else rng.choice([one for one in VOICES if one != company.voice])
    title = task.title if first else f"{task.title}, second part"
    kind, low, high = _pay(task.pay)
    own = list(task.questions)
    if rng.random() < 0.45:
        own.append(dealer.deal("questions", lines(table("jobs")["questions"])))
    return Post(
        craft=craft, task=task, company=company, title=title, description=describe(rng, dealer, craft, task, company, voice),
        hourly=kind == "hourly", budget=round(rng.randint(low, high), -1 if high < 400 else -2 if high > 900 else -1) if kind == "fixed" else 0,
        rate_low=low if kind == "hourly" else 0, rate_high=high if kind == "hourly" else 0,
        level={"entry": "entry", "intermediate": "intermediate", "expert": "expert"}[task.level],
        length=rng.choices([name for name, _ in LENGTHS], [weight for _, weight in LENGTHS])[0], weekly_hours=rng.choice((5, 10, 15, 20, 30)),
        skills=tuple(slug_of(label) for label in task.skills), questions=tuple(own[:4]),
    )  # fmt: skip


def _pay(text: str) -> tuple[str, int, int]:
    """ "fixed 600-1200" as its parts."""
    kind, _, span = text.partition(" ")
    low, _, high = span.partition("-")
    return kind, int(low), int(high)


def describe(rng: Random, dealer: Dealer, craft: Craft, task: Task, company: Company, voice: str) -> str:
    """The description of a task, 60 to 250 words, in a voice."""
    words = {name: lines(text) for name, text in table("jobs").items()}
    people = NUMBERS[company.size] if company.size < 13 else str(company.size)
    steps = ", ".join(step[:1].lower() + step[1:] for step in craft.steps)

    def say(*parts: str) -> str:
        return " ".join(
            sentence(
                dealer.line(f"post {part}", words[part], people=people, city=company.person.place.city, steps=steps)
            )
            for part in parts
        )

    terms = say("more_terms") if rng.random() < 0.6 or not task.more else ""
    work = say("rhythm") if task.pay.startswith("hourly") else say("process") if rng.random() < 0.6 else ""
    extra = " ".join(part for part in (task.more, terms, work) if part)
    bullet = rng.choice(("- ", "• ", "* "))
    bullets = "\n".join(bullet + point for point in task.points)
    numbered = "\n".join(f"{place}. {sentence(point)}" for place, point in enumerate(task.points, 1))
    prose = ". ".join(sentence(point) for point in task.points) + "."
    match voice:
        case "terse":
            parts = [task.need, f"{say('terse_head')}\n{bullets}", f"{extra} {say('end_terse')}"]
        case "chatty":
            parts = [
                f"{say('hello')}\n\n{say('about')} {task.need}",
                f"{say('wish_head')} {_run(task.points)}",
                extra,
                say("fit", "end_chatty"),
            ]
        case "formal":
            parts = [task.need, f"{say('scope_head')}\n{numbered}", f"{extra} {say('fit')}", say("end_formal")]
        case "sections":
            parts = [
                f"{say('section_need').upper()}\n{task.need}",
                f"{say('section_points').upper()}\n{bullets}",
                f"{say('section_more').upper()}\n{extra} {say('about')}",
                say("fit", "end_plain"),
            ]
        case "story":
            parts = [task.need, extra, f"{say('wish_head')}\n{bullets}", say("fit", "end_plain")]
        case _:
            parts = [task.need, prose, extra, say("about", "fit", "end_plain")]
    while len(" ".join(parts).split()) < LEAST_WORDS:
        parts.insert(len(parts) - 1, say(rng.choice(("fit", "more_terms", "about"))))
    return fill(spin(rng, "\n\n".join(part.strip() for part in parts if part.strip())))


def _run(points: tuple[str, ...]) -> str:
    """Points as one sentence."""
    return "; ".join(points[:-1]) + "; and " + points[-1] + "."
