"""Where the lives of contracts begin, who may do what in them, and what is drawn for them."""

from hypothesis import strategies as st

from hirehall.kernel import clock, ids
from hirehall.money.payments.queries import list_methods_for
from hirehall.work.contracts.actions import offers
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.flows.contract_checks import HOLDING
from tests.support.cast import make_cast
from tests.support.contracts import make_offer_to
from tests.support.fixtures import START
from tests.support.jobs import run_jobs
from tests.support.money import (
    CLOSED_IBAN,
    CONFIRM_ALWAYS,
    DECLINED_LATER,
    NO_MONEY,
    TAKEN_BACK,
    TAKEN_BACK_IN_VAIN,
    make_card,
    make_payout_method,
    make_rate,
)

# Two decimals and none.
UNITS = ("USD", "JPY")
# Mostly the two sides, so that lives get long; often enough somebody else.
anybody = st.sampled_from(("ada",) * 4 + ("cyd",) * 4 + ("ben", "dot", "eve"))
sides = st.sampled_from(("ada", "cyd"))
units = st.sampled_from(UNITS)
prices = st.sampled_from([500, 501, 1_000, 9_999, 20_000])
amounts = st.none() | st.none() | st.sampled_from([-1, 0, 1, 777, 9_999, 20_000, 10**9])
sums = st.sampled_from([1, 777, 5_000, 9_999, 20_000])
# Who may do what, and where it may lead a milestone: said here a second time, apart from the code.
SIDES = {"fund": "cyd", "submit": "ada", "ask_changes": "cyd", "approve": "cyd", "refund": "ada"}
PATHS = {
    "fund": {("proposed", "funding")} | {(state, state) for state in ("funding", *HOLDING)},
    "submit": {("funded", "submitted"), ("changes_asked", "submitted")},
    "ask_changes": {("submitted", "changes_asked")},
    "approve": {(state, end) for state in HOLDING for end in (state, "approved")} | {("approved", "approved")},
}


class World:
    """Where each life begins: Cyd with cards of every kind, Ada with two accounts, and a contract whose first part is
    funded in each of two currencies."""

    def __init__(self):
        clock.freeze(START)
        self.cast = make_cast()
        run_jobs()
        make_rate("USD", "JPY", "151.87")
        parts = (MilestoneTerms("Draft", 20_000), MilestoneTerms("Page", 9_999))
        for unit in UNITS:
            terms = OfferTerms(f"Shop in {unit}", "A page.", parts, revisions=2)
            offers.accept_offer(self.cast.ada, make_offer_to(self.cast.cyd, self.cast.ada, terms, unit=unit).id)
        works = list_methods_for(self.cast.cyd)[0].id
        self.works = works
        others = (NO_MONEY, DECLINED_LATER, CONFIRM_ALWAYS, TAKEN_BACK, TAKEN_BACK_IN_VAIN)
        self.cards = [works, works, *(make_card(self.cast.cyd, number).id for number in others)]
        self.disputed = self.cards[-2:]
        self.payouts = [make_payout_method(self.cast.ada, wait=False).id, make_payout_method(self.cast.ada, CLOSED_IBAN).id]
        self.now, self.last_id = clock.now(), ids._last[0]
