"""Deals of the simulated year that go wrong: disputed to the decision, and the books balance."""

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
    monkeypatch.setattr(quarrels, "KINDS", ("decided",))
    with store_in_memory(), transaction.atomic():
        market = play(3)
        ended = set(Dispute.objects.exclude(ended_at=None).values_list("how", flat=True))
        assert ended == {"decision"}
        assert [code for code in market.driver.refused if code.startswith(("dispute:", "solution:"))] == []
        assert check_market() == []
        transaction.set_rollback(True)
