"""Fills an empty database with N people, N jobs and 10 N proposals, set-based and from a seed.

These rows go past the actions, as no market of this size could be played here; they are only for measuring.
"""

from datetime import timedelta
from random import Random

from django.db import connection

from hirehall.guide.search.actions import rebuild_index
from hirehall.kernel import clock
from hirehall.kernel.ids import new_id
from hirehall.market.jobs.models import ClientRecord, Job
from hirehall.market.profiles import taxonomy
from hirehall.market.profiles.models import Profile, WorkRecord
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.models import Party, Seat, User

BATCH = 2_000
THINGS = ("booking page", "stock list", "price table", "course calendar", "map of shops", "report", "logo", "manual", "survey", "data cleaning")
PLACES = ("bakery", "museum", "climbing hall", "clinic", "school", "harbour", "library", "tea shop", "farm", "theatre")
WORDS = ["careful", "quick", "plain", "clear", "steady", "short", "weekly", "daily", "printed", "mobile", "secure", "old", "new", "small", "large", "open", "local", "shared", "tested", "measured", "invoice", "customer", "picture", "table", "search", "filter", "mail", "order", "member", "ticket", "season", "archive", "sensor", "translation", "video"]
PROPOSALS_A_JOB = 10
INSERT_PROPOSALS = """
INSERT INTO proposals_proposal (id, job_id, freelancer_id, client_id, sub_id, kind, price_minor, unit, parts, letter,
    answers, state, reason, connects, returned, policy_version, sent_at)
SELECT substr(md5(j.id || n), 1, 26), j.id, f.id, j.client_id, '', j.kind, 10000 + (n * 731) %% 90000, 'USD', '[]',
    'I have done this for a ' || split_part(j.title, ' ', 1) || ' before and would begin with the list. ' || repeat('It works. ', 20),
    '{}', 'sent', '', 8, 0, 1, j.posted_at + n * interval '1 hour'
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM jobs_job) j
CROSS JOIN generate_series(1, %(each)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_party WHERE kind = 'freelancer') f
    ON f.place = (j.place * 7 + n * 131) %% %(freelancers)s
"""


def fill(people: int, seed: int = 1) -> None:
    """Half of the people are freelancers; every client posts two jobs."""
    rng, now = Random(seed), clock.now()
    kinds = ["freelancer" if n % 2 else "client" for n in range(people)]
    users = [User(email=f"p{n}@bench.example", password="!", name=f"Person {n}", country="DE", joined_at=now) for n in range(people)]
    User.objects.bulk_create(users, BATCH)
    parties = [
        Party(id=new_id(), kind=kind, name=f"{rng.choice(WORDS).title()} {n}", country=rng.choice(("DE", "NG", "IN", "US")),
              opened_at=now - timedelta(days=n % 700), last_active_at=now)
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    Party.objects.bulk_create(parties, BATCH)
    Seat.objects.bulk_create(
        [Seat(party=party, user=user, role="owner", since=now) for party, user in zip(parties, users, strict=True)], BATCH
    )
    _profiles(rng, [party for party in parties if party.kind == "freelancer"])
    _jobs(rng, [party for party in parties if party.kind == "client"])
    with connection.cursor() as cursor:
        cursor.execute(INSERT_PROPOSALS, {"each": PROPOSALS_A_JOB, "freelancers": people // 2})
        cursor.execute("UPDATE jobs_job SET proposals = %s", [PROPOSALS_A_JOB])
    for _ in rebuild_index():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _text(rng: Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _profiles(rng: Random, parties: list[Party]) -> None:
    categories, now = taxonomy.load().categories, clock.now()
    rows, records = [], []
    for party in parties:
        category = rng.choice(categories)
        rows.append(Profile(
            party=party, title=f"{rng.choice(THINGS).title()} for every {rng.choice(PLACES)}", overview=_text(rng, 120),
            category=category.slug, skills=rng.sample(category.skills, min(6, len(category.skills))), rate_minor=rng.randrange(1_000, 12_000, 100), unit=main_unit(),
            hours="more_than_30", english="fluent", started_at=now, changed_at=now, published_at=now,
        ))  # fmt: skip
        done = rng.randrange(12)
        records.append(WorkRecord(party=party, unit=main_unit(), jobs_done=done, earned_minor=done * 40_000, ratings=done, stars_total=done * 460))
    Profile.objects.bulk_create(rows, BATCH)
    WorkRecord.objects.bulk_create(records, BATCH)


def _jobs(rng: Random, parties: list[Party]) -> None:
    categories, now, rows, records = taxonomy.load().categories, clock.now(), [], []
    for party in parties:
        for _ in range(2):
            category, posted = rng.choice(categories), now - timedelta(minutes=rng.randrange(40_000))
            rows.append(Job(
                id=new_id(), client=party, title=f"{rng.choice(PLACES).title()} needs a {rng.choice(THINGS)}", description=_text(rng, 90),
                category=category.slug, skills=rng.sample(category.skills, min(4, len(category.skills))), kind="fixed",
                budget_minor=rng.randrange(10_000, 500_000, 1_000), unit="USD", level="intermediate", length="weeks",
                visibility="public", state="open", connects_price=8, price_steps=[], drafted_at=posted, posted_at=posted,
                expires_at=now + timedelta(days=29),
            ))  # fmt: skip
        records.append(ClientRecord(party=party, posted=2, verified=True))
    Job.objects.bulk_create(rows, BATCH)
    ClientRecord.objects.bulk_create(records, BATCH)
