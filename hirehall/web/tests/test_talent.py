"""The public page of a freelancer: work history with the clients' public words."""

import pytest
from django.test import Client

from hirehall.trust.reputation.actions.answering import reply_to_feedback
from hirehall.trust.reputation.actions.giving import give_feedback
from tests.support.jobs import run_jobs
from tests.support.profiles import make_profile
from tests.support.reputation import answers, make_ended


@pytest.mark.feature("PRO-16", "REP-01")
def test_finished_work_stands_there_with_public_words_only(cast, django_assert_max_num_queries):
    make_profile(cast.ada)
    contract = make_ended(cast.cyd, cast.ada)
    unpaid = make_ended(cast.dot, cast.ada, paid=False)
    given = give_feedback(cast.cyd, contract.id, answers("client", 4, text="Careful work.", private_note="Hush."))
    give_feedback(cast.dot, unpaid.id, answers("client", 1, text="Nothing came of it."))
    visitor = Client()
    before = visitor.get(f"/talent/{cast.ada.party_id}/").content.decode()
    assert contract.title in before
    assert "Careful work." not in before
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    give_feedback(cast.ada, unpaid.id, answers("freelancer"))
    reply_to_feedback(cast.ada, given.id, "Come again.")
    run_jobs()
    with django_assert_max_num_queries(25):
        after = visitor.get(f"/talent/{cast.ada.party_id}/").content.decode()
    assert "Careful work." in after
    assert "Come again." in after
    assert "Hush." not in after
    assert "Nothing came of it." not in after
