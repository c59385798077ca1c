"""A short simulated year, played inside a test's transaction."""

from datetime import UTC, datetime

from django.conf import settings
from django.test import override_settings

from hirehall.market.jobs.models import Job
from hirehall.market.profiles.models import Profile
from hirehall.market.proposals.models import Proposal
from hirehall.people.accounts.models import Party
from hirehall.people.messages.models import Post
from hirehall.work.contracts.models import Milestone
from sim.driver import driving
from sim.market import Market
from sim.plans import Size, draw_plan

UNTIL = datetime(2026, 3, 9, 12, tzinfo=UTC)
SMALL = Size(freelancers=9, clients=4, jobs=16, offers=1.0)


def play(seed: int) -> Market:
    plan = draw_plan(seed, SMALL, UNTIL)
    with driving(plan.start) as driver:
        market = Market(plan, driver)
        market.run()
    return market


def told() -> list[tuple]:
    """What a market says, without the ids that chance makes."""
    jobs = Job.objects.order_by("posted_at", "title").values_list(
        "title", "description", "state", "connects_price", "posted_at", "proposals"
    )
    letters = Proposal.objects.order_by("sent_at", "letter").values_list("letter", "price_minor", "state", "connects")
    steps = Milestone.objects.order_by("funded_at", "title", "amount_minor").values_list(
        "title", "amount_minor", "state", "released_minor", "approved_at"
    )
    people = Party.objects.order_by("name", "kind").values_list("name", "kind")
    profiles = Profile.objects.order_by("title", "rate_minor").values_list("title", "overview", "rate_minor", "skills")
    return [*people, *profiles, *jobs, *letters, *steps, *Post.objects.order_by("at", "text").values_list("text", flat=True)]


def store_in_memory() -> override_settings:
    """Drawn pictures need no disk here."""
    backend = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    return override_settings(STORAGES={**settings.STORAGES, "default": backend})
