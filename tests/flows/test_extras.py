"""Bonuses, expenses, releases and returns in any order, under every fee there is: not a cent is lost or kept wrongly.

HIREHALL_LONG=1 plays ten times as many lives.
"""

import os
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hirehall.kernel import clock, policy
from hirehall.kernel.errors import Refused
from hirehall.money.ledger.queries import balance, trial_balance
from hirehall.money.payments import fees
from hirehall.money.payments.gateways.models import SandboxObject
from hirehall.money.payments.models import Charge, Hold
from hirehall.money.payments.policy import FeesPolicy, VatPolicy, fee_numbers, vat_numbers
from hirehall.work.contracts.actions import bonuses, expenses, milestones, repayments
from hirehall.work.contracts.extra_views import picture_of
from hirehall.work.contracts.models import Expense, Repayment
from hirehall.work.contracts.queries import get_contract_for, list_milestones
from tests.support.cast import make_cast
from tests.support.contracts import make_contract
from tests.support.fixtures import START
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT, check_books

LONG = os.environ.get("HIREHALL_LONG") == "1"
amounts = st.sampled_from([1, 99, 100, 101, 333, 999, 5_005, 20_000, 30_000])
steps = st.tuples(st.sampled_from(["bonus", "expense", "approve", "ask", "offer", "confirm", "confirm", "release", "wait", "jobs"]), amounts)


class Life:
    """One contract with every fee, and what the two do."""

    def __init__(self):
        clock.freeze(START)
        self.cast = make_cast()
        self.contract, (self.first, _) = make_contract(self.cast.cyd, self.cast.ada)

    def do(self, what: str, amount: int) -> None:
        ada, cyd, contract = self.cast.ada, self.cast.cyd, self.contract.id
        claim = Expense.objects.filter(state="claimed").first()
        asked = Repayment.objects.filter(state="open").first()
        acts = {
            "bonus": lambda: bonuses.give_bonus(cyd, contract, amount),
            "expense": lambda: expenses.claim_expense(
                ada, contract, title="A", amount=amount, reason="B", receipt=SimpleUploadedFile("r.txt", b"c", "text/plain")
            ),
            "approve": lambda: claim and expenses.answer_expense(cyd, claim.id, approve=True),
            "ask": lambda: repayments.propose_repayment(cyd, contract, amount, "Because"),
            "offer": lambda: repayments.propose_repayment(ada, contract, amount, "Because"),
            "confirm": lambda: asked
            and repayments.answer_repayment(ada if asked.by_party_id == cyd.party_id else cyd, asked.id, accept=True),
            "release": lambda: milestones.approve_milestone(cyd, self.first.id, amount),
            "wait": lambda: pass_time(days=3),
            "jobs": run_jobs,
        }
        try:
            acts[what]()
        except Refused:
            pass

    def check(self) -> None:
        check_books()
        for hold in Hold.objects.all():
            assert hold.net_left_minor + fees.total(hold.fees_of(hold.left_minor)) == hold.left_minor
        held = {kind: total for books in trial_balance() if books.unit == UNIT for kind, _, total in books.by_kind}
        kept = sum(fees.total(h.fees_of(h.left_minor)) for h in Hold.objects.all())
        kept += sum(fees.total(c.fees_of(c.goal_left_minor)) for c in Charge.objects.filter(state="settled"))
        assert held.get("fee", 0) + held.get("tax", 0) == kept, "the market keeps the fees of what stays, and nothing else"
        shown = picture_of(get_contract_for(self.cast.cyd, self.contract.id), list_milestones(self.contract.id))
        assert shown.paid_in == sum(c.goal_minor for c in Charge.objects.filter(state="settled")), "every cent paid in has a place"
        assert min(shown.pots.values()) >= 0

    def end(self) -> None:
        run_jobs()
        self.check()
        sums = {"charge": 0, "refund": 0}
        for kind, state, amount in SandboxObject.objects.filter(kind__in=sums).values_list("kind", "state", "amount_minor"):
            sums[kind] += amount if state in ("settled", "paid") else 0
        assert -balance("gateway", "", UNIT) == sums["charge"] - sums["refund"], "in is out"


def every_fee():
    dear = replace(fee_numbers(), client_fee_basis_points=333, initiation_fee_minor=499)
    vat = replace(vat_numbers(), country="US", home_basis_points=1_900, elsewhere_basis_points=777)
    return patch.dict(policy._current, {FeesPolicy: dear, VatPolicy: vat})


@pytest.mark.slow
@pytest.mark.feature("CTR-10", "PAY-01", "PAY-02")
class TestExtras(TestCase):
    @settings(max_examples=80 if LONG else 8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(steps, min_size=6, max_size=24))
    def test_no_order_loses_a_cent_or_keeps_a_fee_too_much(self, plan):
        with every_fee():
            life = Life()
            for what, amount in plan:
                life.do(what, amount)
                life.check()
            life.end()
