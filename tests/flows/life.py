"""What every life of contracts stands on: each step is tried, tried again and checked; jobs, time and the gateway's weather.

The checks after each change are many, so that the short run looks at everything after some changes only, and at the
end of each life; the long run looks each time.
"""

import os
import random
from collections import deque
from datetime import timedelta
from unittest.mock import patch

from django.db import connection, transaction
from django.http import HttpResponse
from hypothesis.stateful import RuleBasedStateMachine
from procrastinate.contrib.django import app as job_app

from hirehall.kernel import clock, http, ids
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.ids import new_id
from hirehall.money.payments import webhooks
from hirehall.money.payments.actions import charges, methods, recovery
from hirehall.money.payments.debt_queries import owed_by
from hirehall.money.payments.gateways.models import SandboxEvent
from hirehall.money.payments.gateways.port import GatewayDown, News
from hirehall.money.payments.gateways.sandbox import NAME, Sandbox, mark_taken, message_of
from hirehall.money.payments.models import Charge, Debt
from hirehall.work.contracts.actions import offers
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.flows.contract_checks import check_end, check_everything
from tests.flows.contract_world import World
from tests.support.jobs import _finish, waiting

LONG = os.environ.get("HIREHALL_LONG") == "1"
EVERY = 1 if LONG else 6
# The timers that have to do with money and work; the others have their own tests.
TIMERS = ("payments.", "contracts.", "disputes.", "books.close_days")
# Mails, indexes, profiles and papers follow from what happens, and nothing follows from them: the short run leaves them out.
BESIDE_TASKS = ("mail.", "search.", "push.", "notifications.")
BESIDE_ROOMS = ("hirehall.guide.", "hirehall.market.", "hirehall.trust.", "hirehall.money.documents.")
# What changes by reading or waiting alone.
BESIDE = ("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers", "kernel_once")
STAFF = "sam"


def snapshot() -> dict[str, tuple]:
    """Everything that a step may change, as numbers: equal before and after means that nothing happened."""
    with connection.cursor() as cursor:
        cursor.execute(_snapshot_of())
        return {name: (count, digest) for name, count, digest in cursor.fetchall()}


def _snapshot_of(found: list[str] = []) -> str:  # noqa: B006 asked once: the tables stay what they are
    if not found:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s)", [list(BESIDE)])
            names = sorted(name for (name,) in cursor.fetchall() if not name.startswith(("django_", "auth_")))
        parts = (f"""SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM "{name}" t""" for name in names)
        found.append(" UNION ALL ".join(parts))
    return found[0]


def _is_beside(job) -> bool:
    return not LONG and (job.task_name.startswith(BESIDE_TASKS) or str(job.args.get("reaction", "")).startswith(BESIDE_ROOMS))


class ShakyGateway(Sandbox):
    """The sandbox behind a bad line. Each call takes the next of the `weather`; without one all is well.

    down: nothing arrives. lost: it happens, and the answer is lost. hasty: the messages come before the answer.
    answers: the answer says already what came of it.
    """

    def __init__(self):
        self.weather: deque[str] = deque()

    def _through(self, key: str, call) -> News | None:
        mode = self.weather.popleft() if self.weather else "calm"
        if mode == "down":
            raise GatewayDown("The line is down.")
        call()
        if mode == "hasty":
            for event in SandboxEvent.objects.filter(object__key=key, taken_at=None).order_by("-state"):
                webhooks.receive(NAME, *message_of(event.id))
                mark_taken(event.id)
        if mode == "lost":
            raise GatewayDown("The answer was lost.")
        return self.look(key) if mode == "answers" else None

    def charge(self, key, token, amount, unit):
        return self._through(key, lambda: super(ShakyGateway, self).charge(key, token, amount, unit))

    def refund(self, key, charge_key, amount, unit):
        return self._through(key, lambda: super(ShakyGateway, self).refund(key, charge_key, amount, unit))

    def pay_out(self, key, token, amount, unit):
        return self._through(key, lambda: super(ShakyGateway, self).pay_out(key, token, amount, unit))

    def confirm(self, key, token):
        return self._through(key, lambda: super(ShakyGateway, self).confirm(key, token))

    def drop_charge(self, key):
        return self._through(key, lambda: super(ShakyGateway, self).drop_charge(key))


class Life(RuleBasedStateMachine):
    """One life, in a transaction that is undone at its end."""

    world: World

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        clock.freeze(self.world.now)
        # Ids are drawn anew for each life, always the same ones: what the sandbox does follows from them.
        ids._last[0] = self.world.last_id
        self.gateway = ShakyGateway()
        self.patches = [
            patch("hirehall.kernel.ids.os.urandom", random.Random(7).randbytes),
            patch("hirehall.money.payments.gateways.registry._SANDBOX", self.gateway),
        ]
        for each in self.patches:
            each.start()
        self.cast, self.cards, self.payouts = self.world.cast, self.world.cards, self.world.payouts
        self.changes = 0

    def attempt(self, who, act, sides=("ada", "cyd")) -> bool:
        """Do it under a key, and again under the same key; a refusal changes nothing, a stranger gets none."""
        before, key, no = snapshot(), new_id(), None
        try:
            http.run_once(key, "same", lambda: HttpResponse(str(act(getattr(self.cast, who)) and "done")))
        except (Refused, NotFound) as error:
            no = error
            assert snapshot() == before, "a refusal left something behind"
        if no:
            assert who in ("ada", "cyd", STAFF) or isinstance(no, NotFound) or no.code == "offer:not_client"
            return False
        assert who in sides, f"{who} did what is not theirs"
        self.check()
        after = snapshot()
        http.run_once(key, "same", lambda: HttpResponse(str(act(getattr(self.cast, who)))))
        assert snapshot() == after, "the same call again did something"
        return True

    def check(self) -> None:
        """After everything that changed something; what was refused is known to have changed nothing."""
        self.changes += 1
        if self.changes % EVERY == 0:
            check_everything(self.strangers)

    def start(self, price: int, unit: str, card: str) -> Contract:
        """Another contract, whose first part is charged to a card; what was owed before is paid."""
        self.owe_nothing()
        methods.choose_method(self.cast.cyd, card)
        terms = OfferTerms("Next", "A page.", (MilestoneTerms("One", price), MilestoneTerms("Two", 3_000)), revisions=1)
        offer = offers.make_offer(self.cast.cyd, terms, freelancer_id=self.cast.ada.party_id, unit=unit)
        assert self.attempt("ada", lambda actor: offers.accept_offer(actor, offer.pk))
        return Contract.objects.order_by("-pk").first()

    @property
    def strangers(self) -> list[str]:
        return [self.cast.ben.party_id, self.cast.dot.party_id, self.cast.eve.party_id]

    def owe_nothing(self) -> None:
        """Everything is paid, by a card that works or else by bank, so that lives go on."""
        if not owed_by(self.cast.cyd.party_id):
            return
        for charge in Charge.objects.filter(purpose="debt", state="needs_action"):
            charges.drop_charge(self.cast.cyd, charge.pk)
        self.work_all()
        methods.choose_method(self.cast.cyd, self.world.works)
        for debt in Debt.objects.filter(state="open").order_by("pk"):
            if not self.attempt("cyd", lambda actor, debt=debt: recovery.pay_debt(actor, debt.pk)):
                # Less than a card can be charged with.
                reference = f"Rest of {debt.pk[-6:]}"
                recovery.record_debt_transfer(self.cast.sam, debt.pk, debt.left_minor, reference, "On the account.")
        self.work_all()
        assert owed_by(self.cast.cyd.party_id) == {}
        self.check()

    def work(self, job, times: int = 1) -> bool:
        """Run a job; it stays when the gateway could not be reached, as with the worker. True when it is done."""
        if _is_beside(job):
            times = 0
        try:
            for _ in range(times):
                job_app.tasks[job.task_name].func(**job.args)
        except GatewayDown:
            return False
        _finish(job.id)
        return True

    def work_all(self, *, later: bool = False) -> None:
        """Until nothing waits. In bad weather jobs stay for another turn; the weather ends."""
        for _ in range(200):
            due = [job for job in waiting() if later or job.scheduled_at is None or job.scheduled_at <= clock.now()]
            if not due:
                return
            weather = len(self.gateway.weather)
            done = [self.work(job) for job in due]
            if not any(done):
                assert len(self.gateway.weather) < weather, "the gateway refuses for ever"
        raise AssertionError("does a job defer itself?")

    def pass_time(self, **step: float) -> None:
        """The clock moves on; the timers and all jobs run."""
        clock.advance(timedelta(**step))
        stamp = int(clock.now().timestamp())
        for periodic in job_app.periodic_registry.periodic_tasks.values():
            if periodic.task.name.startswith(TIMERS):
                periodic.task.func(timestamp=stamp)
        self.work_all()
        self.check()

    def teardown(self):
        try:
            self.gateway.weather.clear()
            self.work_all(later=True)
            check_everything(self.strangers)
            check_end()
        finally:
            for each in self.patches:
                each.stop()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
