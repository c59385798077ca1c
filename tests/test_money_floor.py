"""The money floor alone, in any order: whatever parties, gateway and clock do, no cent and no Connect is lost or made."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from procrastinate.contrib.django import app as job_app

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.kernel.ids import new_id
from hirehall.money.books.recount import list_wrong_parties
from hirehall.money.connects import actions as connects
from hirehall.money.connects.queries import connects_held
from hirehall.money.ledger import queries as ledger
from hirehall.money.ledger.models import Account
from hirehall.money.payments import settlement
from hirehall.money.payments.actions import escrow, payouts
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.cast import make_cast
from tests.support.fixtures import START
from tests.support.jobs import _finish, pass_time, run_jobs, waiting
from tests.support.money import CLOSED_IBAN, NO_MONEY, UNIT, WORKS, check_books, make_card, make_payout_method

LONG = os.environ.get("HIREHALL_LONG") == "1"
amounts = st.integers(min_value=1, max_value=20_000)
who = st.sampled_from(["ada", "ben"])
payers = st.sampled_from(["cyd", "dot"])


class MoneyFloor(RuleBasedStateMachine):
    """Parties fund, release, return, withdraw, buy and spend; messages come twice, late, or in another order."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        clock.freeze(START)
        self.cast = make_cast()
        run_jobs()
        self.escrows: list[tuple[str, str]] = []
        self.releases: list[dict] = []
        self.returns: list[dict] = []
        self.spendings: list[tuple[str, str]] = []

    @initialize()
    def open_accounts(self):
        self.payouts = {name: [make_payout_method(getattr(self.cast, name), wait=False),
                               make_payout_method(getattr(self.cast, name), CLOSED_IBAN, wait=False)]
                        for name in ("ada", "ben")}  # fmt: skip
        for name, number in [("cyd", WORKS), ("dot", WORKS), ("ada", WORKS), ("ben", NO_MONEY)]:
            make_card(getattr(self.cast, name), number)
        pass_time(days=3)

    def attempt(self, act, *codes):
        """Do it, or be refused with one of the expected codes; a refusal leaves nothing behind."""
        before = self.snapshot()
        try:
            return act()
        except Refused as refusal:
            if refusal.code not in codes:
                raise
        assert self.snapshot() == before
        return None

    def snapshot(self):
        return sorted(Account.objects.values_list("kind", "owner_id", "unit", "part", "balance"))

    @rule(name=payers, amount=amounts, again=st.booleans())
    def fund(self, name, amount, again):
        client = getattr(self.cast, name)
        escrow_id = self.escrows[-1][0] if again and self.escrows and self.escrows[-1][1] == name else new_id()
        given = {
            "escrow_id": escrow_id,
            "contract_id": escrow_id,
            "client_id": client.party_id,
            "unit": UNIT,
            "ref": new_id(),
        }
        charge = self.attempt(lambda: escrow.fund_escrow(client, amount=amount, **given), "charge:too_small")
        if charge:
            assert escrow.fund_escrow(client, amount=amount, **given).id == charge.id
            self.escrows.append((escrow_id, name))

    @precondition(lambda self: self.escrows)
    @rule(data=st.data(), name=who, amount=amounts, fee=st.sampled_from([0, 500, 1_000, 3_333]))
    def release(self, data, name, amount, fee):
        escrow_id, client = data.draw(st.sampled_from(self.escrows))
        given = {
            "escrow_id": escrow_id, "contract_id": escrow_id, "freelancer_id": getattr(self.cast, name).party_id,
            "client_id": getattr(self.cast, client).party_id, "amount": amount, "unit": UNIT,
            "fee_basis_points": fee, "ref": new_id(),
        }  # fmt: skip
        held = escrow_balance(escrow_id, UNIT)
        hold = self.attempt(lambda: escrow.release_escrow(**given), "ledger:too_little")
        assert (hold is not None) == (amount <= held)
        if hold:
            self.releases.append(given)

    @precondition(lambda self: self.escrows)
    @rule(data=st.data(), amount=amounts, everything=st.booleans())
    def give_back(self, data, amount, everything):
        escrow_id, client = data.draw(st.sampled_from(self.escrows))
        held = escrow_balance(escrow_id, UNIT)
        amount = held if everything and held else amount
        given = {
            "escrow_id": escrow_id, "contract_id": escrow_id, "client_id": getattr(self.cast, client).party_id,
            "amount": amount, "unit": UNIT, "ref": new_id(),
        }  # fmt: skip
        done = self.attempt(lambda: escrow.return_escrow(**given), "ledger:too_little")
        assert (done is not None) == (amount <= held)
        if done is not None:
            assert sum(refund.amount_minor for refund in done) == amount
            self.returns.append(given)

    @precondition(lambda self: self.releases or self.returns)
    @rule(data=st.data())
    def repeat(self, data):
        before = self.snapshot()
        given = data.draw(st.sampled_from(self.releases + self.returns))
        (escrow.release_escrow if "freelancer_id" in given else escrow.return_escrow)(**given)
        assert self.snapshot() == before

    @rule(name=who, which=st.integers(0, 1), amount=st.none() | amounts)
    def withdraw(self, name, which, amount):
        actor = getattr(self.cast, name)
        codes = ("withdrawal:too_much", "withdrawal:too_small", "withdrawal:fee")
        available = balances_for(actor).available
        done = self.attempt(lambda: payouts.withdraw(actor, self.payouts[name][which].id, amount), *codes)
        assert (done is not None) == (500 <= (available if amount is None else amount) <= available)

    @rule(name=who, bundle=st.sampled_from([10, 20, 80]))
    def buy(self, name, bundle):
        connects.buy_connects(getattr(self.cast, name), bundle)

    @rule(name=who, amount=st.integers(0, 40))
    def spend(self, name, amount):
        actor, ref = getattr(self.cast, name), new_id()
        held = connects_held(actor.party_id)
        spending = self.attempt(lambda: connects.spend_connects(actor, amount, ref, "proposal"), "connects:too_few")
        assert held - connects_held(actor.party_id) == (amount if spending else 0)
        if spending:
            self.spendings.append((ref, actor.party_id))

    @precondition(lambda self: self.spendings)
    @rule(data=st.data())
    def take_back(self, data):
        ref, party_id = data.draw(st.sampled_from(self.spendings))
        before = connects_held(party_id)
        back = connects.refund_connects(ref, "closed_without_hire", f"back {ref}")
        assert connects_held(party_id) == before + back
        assert connects.refund_connects(ref, "closed_without_hire", f"back {ref}") == 0

    @rule(data=st.data())
    def one_job(self, data):
        """Any waiting job runs next: the order is not ours."""
        due = [job for job in waiting() if job.scheduled_at is None or job.scheduled_at <= clock.now()]
        if due:
            job = data.draw(st.sampled_from(due))
            from_app(job)
            _finish(job.id)

    @rule()
    def all_jobs(self):
        run_jobs()

    @rule(hours=st.sampled_from([1, 24, 24 * 5, 24 * 40]))
    def time_passes(self, hours):
        pass_time(hours=hours)

    @rule(data=st.data(), state=st.sampled_from(["processing", "settled", "failed", "paid", "verified"]))
    def a_message_comes_again(self, data, state):
        """The true message again, or its forerunner late: nothing may change once the end is known."""
        told = list(SandboxEvent.objects.exclude(taken_at=None).select_related("object").order_by("id"))
        if not told:
            return
        event = data.draw(st.sampled_from(told))
        before = self.snapshot()
        settlement.take_news("sandbox", News(event.id, event.kind, event.object.key, event.state, event.reason))
        final = event.object.state == event.state
        if final and state == "processing" and event.kind in ("charge", "payout"):
            settlement.take_news("sandbox", News(new_id(), event.kind, event.object.key, "processing"))
        assert self.snapshot() == before

    @invariant()
    def the_books_are_right(self):
        check_books()
        assert list(list_wrong_parties()) == [], "the count by events alone"
        assert not Account.objects.filter(floor=0, balance__lt=0).exists()

    def teardown(self):
        try:
            run_jobs(later=True)
            self.the_gateway_agrees()
            check_books()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            clock.reset()

    def the_gateway_agrees(self):
        """When nothing is on its way, the other company has exactly what our books say it has."""
        sums = {"charge": 0, "refund": 0, "payout": 0}
        ends = {"charge": "settled", "refund": "paid", "payout": "paid"}
        for kind, state, amount in SandboxObject.objects.values_list("kind", "state", "amount_minor"):
            if ends.get(kind) == state:
                sums[kind] += amount
        assert -ledger.balance("gateway", "", UNIT) == sums["charge"] - sums["refund"] - sums["payout"]
        assert gateway().name == "sandbox"


def from_app(job):
    """Run one job's function."""
    job_app.tasks[job.task_name].func(**job.args)


@pytest.mark.slow
@pytest.mark.feature("PAY-01")
@pytest.mark.feature("PAY-04")
class TestMoneyFloor(TestCase):
    def test_no_cent_and_no_connect_is_lost_or_made(self):
        run_state_machine_as_test(
            MoneyFloor,
            settings=settings(
                max_examples=200 if LONG else 10,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
