"""The life of contracts in any order: any party does anything at any time, twice, late, or while money is on its way.

Cyd hires Ada. Ben and Eve are rivals, Dot is another client: whatever they try is refused and changes nothing.
HIREHALL_LONG=1 plays ten times as many lives.
"""

import os
import random
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from procrastinate.contrib.django import app as job_app

from hirehall.kernel import clock, http, ids
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.ids import new_id
from hirehall.money.ledger.queries import balance
from hirehall.money.payments import settlement
from hirehall.money.payments.actions import methods, payouts
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.queries import balances_for
from hirehall.work.contracts.actions import amendments, endings, milestones, offers
from hirehall.work.contracts.models import Amendment, Contract, Milestone, Offer
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from hirehall.work.disputes.actions.deadlines import pass_all_deadlines
from tests.flows.contract_checks import check_everything, snapshot
from tests.flows.contract_world import PATHS, SIDES, World, amounts, anybody, prices
from tests.flows.dispute_steps import DisputeSteps, check_disputes
from tests.support.jobs import _finish, pass_time, run_jobs, waiting
from tests.support.money import UNIT

LONG = os.environ.get("HIREHALL_LONG") == "1"


class ContractLife(DisputeSteps, RuleBasedStateMachine):
    """Two sides, three strangers, a gateway that answers when it likes, and a clock."""

    world: World

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        clock.freeze(self.world.now)
        # Ids are drawn anew for each life, always the same ones: what the sandbox does follows from them.
        ids._last[0] = self.world.last_id
        self.same_ids = patch("hirehall.kernel.ids.os.urandom", random.Random(7).randbytes)
        self.same_ids.start()
        self.cast, self.cards, self.payouts = self.world.cast, self.world.cards, self.world.payouts

    def attempt(self, who, act, sides=("ada", "cyd")):
        """Do it under a key, and again under the same key; a refusal changes nothing, a stranger gets none."""
        before, key, no = snapshot(), new_id(), None
        try:
            http.run_once(key, "same", lambda: HttpResponse(str(act(getattr(self.cast, who)) and "done")))
        except (Refused, NotFound) as error:
            no = error
            assert snapshot() == before, "a refusal left something behind"
        if no:
            assert who in ("ada", "cyd", "sam") or isinstance(no, NotFound) or no.code == "offer:not_client"
            return False
        assert who in sides, f"{who} did what is not theirs"
        self.check()
        after = snapshot()
        http.run_once(key, "same", lambda: HttpResponse(str(act(getattr(self.cast, who)))))
        assert snapshot() == after, "the same call again did something"
        return True

    # Offers

    @rule(who=anybody, price=prices, rounds=st.integers(0, 2))
    def make_offer(self, who, price, rounds):
        if Offer.objects.count() >= 4:
            return
        terms = OfferTerms("More", "Another page.", (MilestoneTerms("All", price),), revisions=rounds)
        to = self.cast.ada.party_id
        if who == "dot":
            return
        self.attempt(who, lambda actor: offers.make_offer(actor, terms, freelancer_id=to), sides=("cyd",))

    @rule(data=st.data(), who=anybody, what=st.sampled_from(["accept", "decline", "change"]), price=prices)
    def answer_offer(self, data, who, what, price):
        offer = data.draw(st.sampled_from(list(Offer.objects.order_by("pk"))))
        terms = OfferTerms("Other", "Another page.", (MilestoneTerms("All", price), MilestoneTerms("Rest", 700)))
        acts = {
            "accept": lambda actor: offers.accept_offer(actor, offer.pk),
            "decline": lambda actor: offers.decline_offer(actor, offer.pk),
            "change": lambda actor: offers.request_change(actor, offer.pk, terms),
        }
        done = self.attempt(who, acts[what])
        if done and offer.state != "open":
            offer_now = Offer.objects.get(pk=offer.pk)
            assert offer_now.state == offer.state, "an answered offer was answered again"

    @precondition(lambda self: not Contract.objects.filter(state="active").exists() and Contract.objects.count() < 4)
    @rule(price=prices)
    def hire_again(self, price):
        """So that there is something to do after an end."""
        methods.choose_method(self.cast.cyd, self.cards[0])
        terms = OfferTerms("Next", "A page.", (MilestoneTerms("One", price), MilestoneTerms("Two", 3_000)), revisions=1)
        offer = offers.make_offer(self.cast.cyd, terms, freelancer_id=self.cast.ada.party_id)
        assert self.attempt("ada", lambda actor: offers.accept_offer(actor, offer.pk))

    # Milestones

    @rule(data=st.data(), who=anybody, what=st.sampled_from(sorted(PATHS)), amount=amounts)
    def try_a_milestone(self, data, who, what, amount):
        """Anything by anybody."""
        self.move(data.draw(st.sampled_from(list(Milestone.objects.order_by("pk")))), who, what, amount)

    @rule(data=st.data(), amount=amounts)
    def move_a_milestone(self, data, amount):
        """What is its turn, by whose turn it is: so that lives get long."""
        moves = [
            (part, what)
            for part in Milestone.objects.exclude(state="cancelled").order_by("pk")
            for what in sorted(PATHS)
            if any(start == part.state != end for start, end in PATHS[what])
        ]
        if moves:
            part, what = data.draw(st.sampled_from(moves))
            self.move(part, SIDES[what], what, amount)

    @rule(data=st.data(), amount=amounts)
    def move_a_milestone_again(self, data, amount):
        self.move_a_milestone(data=data, amount=amount)

    def move(self, part, who, what, amount):
        acts = {
            "fund": lambda actor: milestones.fund_milestone(actor, part.pk),
            "submit": lambda actor: milestones.submit_work(actor, part.pk, "Here it is."),
            "ask_changes": lambda actor: milestones.ask_changes(actor, part.pk, "Warmer."),
            "approve": lambda actor: milestones.approve_milestone(actor, part.pk, amount),
        }
        others = self.other_milestones(part.pk)
        if self.attempt(who, acts[what], sides=(SIDES[what],)):
            state = Milestone.objects.get(pk=part.pk).state
            assert (part.state, state) in PATHS[what], f"{what}: {part.state} became {state}"
            assert self.other_milestones(part.pk) == others

    def other_milestones(self, but):
        return list(Milestone.objects.exclude(pk=but).order_by("pk").values())

    # Changes

    @rule(data=st.data(), who=anybody, price=prices, new=st.integers(0, 3).map(lambda n: n == 0))
    def propose(self, data, who, price, new):
        part = data.draw(st.sampled_from(list(Milestone.objects.order_by("pk"))))
        to = "" if new else part.pk
        if new and Milestone.objects.count() > 6:
            return
        self.attempt(who, lambda actor: amendments.propose_amendment(
            actor, part.contract_id, MilestoneTerms("Changed", price), milestone_id=to))  # fmt: skip
        assert Milestone.objects.get(pk=part.pk).amount_minor == part.amount_minor, "one side alone changed a price"

    @precondition(lambda self: Amendment.objects.filter(state="open").exists())
    @rule(data=st.data(), accept=st.integers(0, 3).map(bool))
    def decide_change(self, data, accept):
        change = data.draw(st.sampled_from(list(Amendment.objects.filter(state="open").order_by("pk"))))
        self.answer(change, "cyd" if change.by_party_id == self.cast.ada.party_id else "ada", accept)

    @precondition(lambda self: Amendment.objects.exists())
    @rule(data=st.data(), who=anybody, accept=st.booleans())
    def answer_change(self, data, who, accept):
        self.answer(data.draw(st.sampled_from(list(Amendment.objects.order_by("pk")))), who, accept)

    def answer(self, change, who, accept):
        own = change.by_party_id == getattr(self.cast, who).party_id
        done = self.attempt(who, lambda actor: amendments.answer_amendment(actor, change.pk, accept=accept))
        if done:
            assert change.state == "open"
            assert not (own and accept)

    # Endings and money out

    @rule(data=st.data(), who=st.sampled_from(("ada", "cyd", "cyd", "dot", "ben", "eve", "eve")))
    def end(self, data, who):
        contract = data.draw(st.sampled_from(list(Contract.objects.order_by("pk"))))
        self.attempt(who, lambda actor: endings.end_contract(actor, contract.pk, "Done."))

    @precondition(lambda self: Contract.objects.filter(state="closing").exists())
    @rule(data=st.data(), who=anybody, agree=st.booleans())
    def answer_the_request_to_return(self, data, who, agree):
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="closing").order_by("pk"))))
        self.attempt(who, lambda actor: endings.answer_refund(actor, contract.pk, agree=agree), sides=("ada",))

    @precondition(lambda self: balances_for(self.cast.ada).available)
    @rule(who=anybody, which=st.integers(0, 1), amount=st.none() | st.sampled_from([1, 500, 5_000]))
    def withdraw(self, who, which, amount):
        actor = self.cast.ada
        available = balances_for(actor).available
        done = self.attempt(who, lambda a: payouts.withdraw(a, self.payouts[which], amount), sides=("ada",))
        assert done == (who == "ada" and 500 <= (available if amount is None else amount) <= available)

    # What nobody decides

    @rule(which=st.integers(0, 3))
    def another_card(self, which):
        methods.choose_method(self.cast.cyd, self.cards[which])

    @precondition(lambda self: waiting())
    @rule(data=st.data())
    def one_job(self, data):
        """Any waiting job runs next, and perhaps a second time: the order is not ours."""
        due = [job for job in waiting() if job.scheduled_at is None or job.scheduled_at <= clock.now()]
        if due:
            job = data.draw(st.sampled_from(due))
            for _ in range(data.draw(st.integers(1, 2))):
                job_app.tasks[job.task_name].func(**job.args)
            _finish(job.id)
            self.check()

    @precondition(lambda self: waiting())
    @rule()
    def all_jobs(self):
        run_jobs()
        self.check()

    @rule(hours=st.sampled_from([1, 24, 24 * 7, 24 * 14]))
    def time_passes(self, hours):
        pass_time(hours=hours)
        self.check()

    @rule(hours=st.sampled_from([24 * 7, 24 * 14]))
    def time_passes_while_messages_wait(self, hours):
        """The timers of contracts alone: results of charges are still on their way."""
        clock.advance(timedelta(hours=hours))
        milestones.release_all_due()
        endings.close_all_due()
        offers.expire_due_offers()
        pass_all_deadlines()
        self.check()

    @rule(data=st.data())
    def a_message_comes_again(self, data):
        told = list(SandboxEvent.objects.exclude(taken_at=None).select_related("object").order_by("object__key", "state"))
        if not told:
            return
        event = data.draw(st.sampled_from(told))
        before = snapshot()
        settlement.take_news("sandbox", News(event.id, event.kind, event.object.key, event.state, event.reason))
        settlement.take_news("sandbox", News(new_id(), event.kind, event.object.key, event.state, event.reason))
        assert snapshot() == before

    def check(self):
        """After everything that changed something; what was refused is known to have changed nothing."""
        check_everything([self.cast.ben.party_id, self.cast.dot.party_id, self.cast.eve.party_id])
        check_disputes()

    def teardown(self):
        try:
            run_jobs(later=True)
            self.check()
            sums = {"charge": 0, "refund": 0, "payout": 0}
            ends = {"charge": "settled", "refund": "paid", "payout": "paid"}
            for kind, state, amount in SandboxObject.objects.values_list("kind", "state", "amount_minor"):
                sums[kind] = sums.get(kind, 0) + (amount if ends.get(kind) == state else 0)
            assert -balance("gateway", "", UNIT) == sums["charge"] - sums["refund"] - sums["payout"], "in is out"
        finally:
            self.same_ids.stop()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.feature("CTR-01", "CTR-02", "CTR-11", "CTR-12", "PAY-01", "PAY-04")
class TestContractLife(TestCase):
    def test_no_order_of_steps_breaks_a_contract_or_loses_a_cent(self):
        ContractLife.world = World()
        run_state_machine_as_test(
            ContractLife,
            settings=settings(
                max_examples=100 if LONG else 10,
                stateful_step_count=80,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
