"""publish_profile: done, refused while something is missing, and harmless twice."""

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.market.profiles.actions.basics import change_parts, publish_profile
from hirehall.market.profiles.queries import completeness, get_profile_for, list_cards
from hirehall.people.accounts.actors import NOBODY
from tests.support.profiles import make_profile


@pytest.mark.feature("PRO-14")
def test_required_half_can_be_published(cast):
    profile = make_profile(cast.ada)
    assert completeness(profile).percent == 50
    assert get_profile_for(NOBODY, cast.ada.party_id).published_at is not None


@pytest.mark.feature("PRO-14")
def test_missing_parts_are_named(cast):
    change_parts(cast.ada, {"title": "Django developer for booking systems"})
    with pytest.raises(Refused) as refused:
        publish_profile(cast.ada)
    assert refused.value.code == "profile:incomplete"
    assert refused.value.details["missing"] == [
        "photo", "overview", "experience", "skill", "rate", "hours", "english",
    ]  # fmt: skip


def test_drafts_are_seen_by_their_owner_alone(cast):
    make_profile(cast.ada, publish=False)
    assert get_profile_for(cast.ada, cast.ada.party_id).title
    for other in (cast.cyd, cast.ben, NOBODY):
        with pytest.raises(NotFound):
            get_profile_for(other, cast.ada.party_id)


def test_publishing_twice_is_one_event(cast):
    make_profile(cast.ada)
    publish_profile(cast.ada)
    assert len(list_events(cast.ada.party_id, ["profile:published"])) == 1


def test_clients_have_no_profile(cast):
    with pytest.raises(Refused) as refused:
        publish_profile(cast.cyd)
    assert refused.value.code == "profile:not_freelancer"


def test_cards_take_two_queries(cast, django_assert_num_queries):
    for actor in (cast.ada, cast.ben, cast.eve):
        make_profile(actor)
    with django_assert_num_queries(2):
        cards = list_cards([cast.ada.party_id, cast.ben.party_id, cast.eve.party_id])
    assert {card.initials for card in cards.values()} == {"AO", "BR", "EL"}
