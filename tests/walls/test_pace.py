"""How fast anybody may post: every limit of the policy stops the thing that it is named after."""

from dataclasses import fields, replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import policy
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Pace
from hirehall.kernel.pace import PacePolicy
from hirehall.market.jobs.actions.posts import save_draft
from hirehall.money.payments.actions.conversions import quote_conversion
from hirehall.people.messages.actions import post_message
from tests.support.contracts import make_offer_to
from tests.support.jobs_market import TERMS, make_job
from tests.support.proposals import make_proposal

ACTS = {
    "messages_a_minute": lambda world: post_message(world.cast.cyd, world.things.ids["room_id"], "Good morning."),
    "proposals_an_hour": lambda world: make_proposal(world.cast.ada, make_job(world.cast.cyd)),
    "offers_an_hour": lambda world: make_offer_to(world.cast.dot, world.cast.ben),
    "drafts_an_hour": lambda world: save_draft(world.cast.cyd, TERMS),
    "uploads_an_hour": lambda world: post_message(world.cast.cyd, world.things.ids["room_id"], "", [SimpleUploadedFile("a.txt", b"words")]),
    "quotes_an_hour": lambda world: quote_conversion(world.cast.ada, "USD", "JPY", 100),
}  # fmt: skip
# Cards are typed at the payment company; hirehall/money/payments/tests/test_stripe_pages.py begins one too many.
AT_THE_COMPANY = {"cards_an_hour"}


def test_every_limit_is_tried():
    assert set(ACTS) | AT_THE_COMPANY == {one.name for one in fields(PacePolicy)}


@pytest.mark.parametrize("name", ACTS)
def test_the_limit_stops_what_it_is_named_after(world, monkeypatch, name):
    monkeypatch.setitem(policy._current, PacePolicy, replace(policy.of(PacePolicy), **{name: 1}))
    Pace.objects.all().delete()
    ACTS[name](world)
    with pytest.raises(Refused) as caught:
        ACTS[name](world)
    assert caught.value.code == "pace:too_fast"
    assert {"uploads": "files"}.get(name.partition("_")[0], name.partition("_")[0]) in caught.value.sentence
