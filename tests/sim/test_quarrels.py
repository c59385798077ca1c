"""Deals of the simulated year that go wrong: disputes end in every way, and the books balance."""

import pytest
from django.db import transaction

from hirehall.work.disputes.models import Dispute
from sim import quarrels
from sim.checkers import check_market
from tests.support.years import play, store_in_memory


@pytest.mark.slow
@pytest.mark.feature("CTR-11")
@pytest.mark.django_db
def test_a_year_in_which_every_deal_goes_wrong(monkeypatch):
    monkeypatch.setattr(quarrels, "SHARE", 1.0)
    with store_in_memory(), transaction.atomic():
        market = play(3)
        ended = set(Dispute.objects.exclude(ended_at=None).values_list("how", flat=True))
        assert ended <= {"no_answer", "agreement", "proposal", "decision"}
        assert len(ended) >= 2
        assert [code for code in market.driver.refused if code.startswith(("dispute:", "solution:"))] == []
        assert check_market() == []
        transaction.set_rollback(True)
