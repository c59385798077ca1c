"""How often a party may do a thing: counted for each, forgotten in time, and not for what was refused."""

from datetime import timedelta

import pytest
from django.db import transaction

from hirehall.kernel import clock, policy
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Pace
from hirehall.kernel.pace import PacePolicy, keep_pace, too_fast
from tests.support.at_once import at_once

MOST = policy.of(PacePolicy).messages_a_minute


@pytest.mark.django_db
def test_each_party_has_its_own_pace_and_may_go_on_when_the_time_is_over():
    for _ in range(MOST):
        keep_pace("messages_a_minute", "ada")
    clock.advance(timedelta(seconds=20))
    with pytest.raises(Refused) as caught:
        keep_pace("messages_a_minute", "ada")
    assert caught.value.code == "pace:too_fast"
    assert caught.value.details["wait_seconds"] == 40
    keep_pace("messages_a_minute", "ben")
    keep_pace("proposals_an_hour", "ada")
    clock.advance(timedelta(seconds=41))
    keep_pace("messages_a_minute", "ada")
    assert Pace.objects.get(key="messages_a_minute:ada").count == 1


@pytest.mark.django_db
def test_what_is_undone_does_not_count():
    for _ in range(MOST + 5):
        with transaction.atomic():
            keep_pace("messages_a_minute", "ada")
            transaction.set_rollback(True)
    keep_pace("messages_a_minute", "ada")


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_all_counted():
    keep_pace("proposals_an_hour", "ada")
    assert at_once([lambda: keep_pace("proposals_an_hour", "ada")] * 8) == [None] * 8
    assert Pace.objects.get().count == 9


@pytest.mark.parametrize(
    ("what", "wait", "sentence"),
    [
        ("messages_a_minute", 33.2, "At most 40 messages go out in one minute from here. Go on in 34 seconds."),
        ("proposals_an_hour", 3_500, "At most 40 proposals go out in one hour from here. Go on in 59 minutes."),
    ],
)
def test_the_refusal_says_when_it_goes_on(what, wait, sentence):
    assert too_fast(40, what, timedelta(seconds=wait)).sentence == sentence
