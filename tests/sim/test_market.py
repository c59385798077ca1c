"""A short seeded year: people join, hire and are paid, and the books balance."""

import pytest
from django.db import transaction

from hirehall.market.jobs.models import Job
from hirehall.market.profiles.queries import completeness, find_own, list_published_ids
from hirehall.market.proposals.models import Proposal
from hirehall.money.payments.models import Withdrawal
from hirehall.people.accounts.models import Party, User
from hirehall.people.accounts.queries import find_actor
from hirehall.people.messages.models import Post
from hirehall.trust.reputation.models import Feedback
from hirehall.work.contracts.models import Contract, Milestone, Submission
from sim.checkers import check_market
from sim.market import PASSWORD
from tests.support.years import SMALL, UNTIL, play, store_in_memory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def market(django_db_setup, django_db_blocker):
    """One year for all tests that only look at it."""
    with django_db_blocker.unblock(), store_in_memory(), transaction.atomic():
        yield play(3)
        transaction.set_rollback(True)


def test_a_year_brings_people_jobs_and_proposals(market):
    assert len(list_published_ids()) == SMALL.freelancers
    assert Party.objects.filter(kind="client").count() == SMALL.clients + 1
    assert Job.objects.exclude(state="draft").count() == SMALL.jobs
    assert Proposal.objects.exists()
    assert Post.objects.exists()


def test_everything_that_must_hold_holds(market):
    assert check_market() == []


def test_people_hire_work_are_paid_and_say_how_it_was(market):
    assert Contract.objects.filter(state="ended").exists()
    assert Milestone.objects.filter(state="approved", released_minor__gt=0).exists()
    assert Submission.objects.exists()
    assert Feedback.objects.filter(about_id__in=Contract.objects.values("freelancer_id")).exists()
    assert Withdrawal.objects.filter(state="paid").exists()


def test_no_market_says_no_by_mistake(market):
    """People of the year try only what they may; the rest was decided meanwhile, or there was no card yet."""
    allowed = {"job:closed", "connects:too_few", "payment:not_verified", "proposal:state", "payout:soon"}
    assert set(market.driver.refused) <= allowed


def test_nothing_lies_outside_of_the_year(market):
    assert all(market.plan.start <= at <= UNTIL for at in Job.objects.values_list("posted_at", flat=True))
    assert all(market.plan.start <= at <= UNTIL for at in Proposal.objects.values_list("sent_at", flat=True))


def test_the_four_of_the_demo_can_sign_in(market, client):
    for name in ("clara", "tomas", "amara", "sam"):
        assert client.login(username=f"{name}@hirehall.example", email=f"{name}@hirehall.example", password=PASSWORD), (
            name
        )


def test_profiles_are_more_than_the_required_half(market):
    user = User.objects.get(email="tomas@hirehall.example")
    profile = find_own(find_actor(user, None))
    assert completeness(profile).percent >= 60
