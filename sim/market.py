"""A simulated year of a market: people join, post, answer, talk, and hire, by the product's own actions.

Everybody follows a story: a generator that waits for a moment and then acts. Stories are told in the order of time,
so the same plan always gives the same market.
"""

import heapq
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password

from hirehall.money.payments.actions.conversions import choose_unit
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from sim import purses
from sim.bidding import answer_job
from sim.driver import Driver
from sim.hiring import run_job
from sim.letters import Letters
from sim.plans import CLIENT, FREELANCER, RIVAL, STAFF, Employer, Plan, PlannedPost, Settler
from sim.settlers import SignIn, add_card, address_of, sign_up
from sim.workers import settle_all

Story = Generator[datetime, None, None]
PASSWORD = "orchard-lantern-42"
FIRST_NAMES = {CLIENT: "clara", FREELANCER: "tomas", RIVAL: "amara", STAFF: "sam"}
TIMER_STEP = timedelta(days=4)


class Market:
    """One run: who is who by number, what is still to come, and the texts that are left."""

    def __init__(self, plan: Plan, driver: Driver, told: Callable[[str], None] = lambda step: None) -> None:
        self.plan, self.driver, self.told = plan, driver, told
        self.rng = plan.rng("market")
        self.letters = Letters(plan.rng("letters"))
        self.freelancers: dict[int, Actor] = {}
        self.clients: dict[int, Actor] = {}
        self.proposals: dict[int, list[tuple[int, str]]] = {}
        self.jobs: dict[int, str] = {}
        self.stars = (FREELANCER, RIVAL)
        self.accounts: dict[int, str] = {}
        self.units: dict[int, str] = {}
        self._password = make_password(PASSWORD)
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._turn = count()
        self._coming: dict[int, Callable[[], int]] = {}

    def start(self, story: Story) -> None:
        """Begin a story: it runs up to the first moment that it waits for."""
        moment = next(story, None)
        if moment is not None:
            heapq.heappush(self._waiting, (moment, next(self._turn), story))

    def run(self, pool: Executor | None = None) -> None:
        """The whole year, in stretches: who joins, then what happens, then what the market does by itself."""
        purses.set_rates(self.driver)
        self.staff = self._add_staff()
        for employer in self.plan.employers:
            self.start(self._join_client(employer))
        for planned in self.plan.posts:
            self.start(run_job(self, planned))
            for bid in planned.bids:
                self.start(answer_job(self, planned, bid))
        self._expect(pool)
        moment = self.plan.start
        while moment < self.plan.until:
            end = min(moment + TIMER_STEP, self.plan.until)
            self._settle([one for one in self.plan.settlers if moment <= one.joins_at < end])
            self._tell_stories(end)
            self.driver.go_to(end)
            self.driver.run_timers()
            moment = end

    def _tell_stories(self, end: datetime) -> None:
        while self._waiting and self._waiting[0][0] < end:
            moment, _, story = heapq.heappop(self._waiting)
            self.driver.go_to(moment)
            self.start(story)

    def sign_in_of(self, person, number: int) -> SignIn:
        """Fixed addresses for the four of the demo, numbered ones for everybody else."""
        short = FIRST_NAMES.get(person)
        return SignIn(f"{short}@hirehall.example" if short else address_of(person.name, number), self._password)

    def _expect(self, pool: Executor | None) -> None:
        """Begin with all freelancers, in the order in which they join."""
        coming = sorted(self.plan.settlers, key=lambda one: one.joins_at)
        signed = [(one, self.sign_in_of(one.persona.person, one.number)) for one in coming]
        self._coming.update(settle_all(pool, self.driver, signed, self.plan.seed))

    def _settle(self, settlers: list[Settler]) -> None:
        for settler in sorted(settlers, key=lambda one: one.joins_at):
            user_id = self._coming.pop(settler.number)()
            self.freelancers[settler.number] = find_actor(User.objects.get(pk=user_id), None)
            self.told("freelancers")

    def _join_client(self, employer: Employer) -> Story:
        yield employer.joins_at
        company = employer.company
        sign_in = self.sign_in_of(company.person, 1_000 + employer.number)
        actor = sign_up(self.driver, company.person, sign_in, "client", company.name)
        self.clients[employer.number] = actor
        self.units[employer.number] = unit = purses.unit_of(company.person.place.country, employer.number)
        if unit != main_unit():
            self.driver.act(choose_unit, actor, unit)
        if employer.number == 0 or self.plan.rng("card", employer.number).random() < 0.93:
            add_card(self.driver, actor)
        self.told("clients")

    def _add_staff(self) -> Actor:
        """Whoever mediates and decides; there from the first day."""
        return sign_up(self.driver, STAFF, self.sign_in_of(STAFF, 0), "client", STAFF.name, staff=True)

    def unit_of(self, planned: PlannedPost) -> str:
        """The currency in which the client of a job pays."""
        return self.units[planned.employer]

    def settler(self, number: int) -> Settler:
        return self.plan.settlers[number]
