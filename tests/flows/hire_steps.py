"""Steps of offers, changes and endings: how contracts begin, what is agreed anew in them, and how they end."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.work.contracts.actions import amendments, endings, offers
from hirehall.work.contracts.models import Amendment, Contract, Milestone, Offer
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.flows.contract_world import anybody, prices, units
from tests.flows.life import Life


class HireSteps(Life):
    """What two sides and three strangers can do about what is agreed."""

    @rule(who=anybody, price=prices, rounds=st.integers(0, 2), unit=units)
    def make_offer(self, who, price, rounds, unit):
        if Offer.objects.count() >= 5 or who == "dot":
            return
        terms = OfferTerms("More", "Another page.", (MilestoneTerms("All", price),), revisions=rounds)
        to = self.cast.ada.party_id
        self.attempt(who, lambda actor: offers.make_offer(actor, terms, freelancer_id=to, unit=unit), sides=("cyd",))

    @rule(data=st.data(), who=anybody, what=st.sampled_from(["accept", "decline", "change"]), price=prices)
    def answer_offer(self, data, who, what, price):
        offer = data.draw(st.sampled_from(list(Offer.objects.order_by("pk"))))
        terms = OfferTerms("Other", "Another page.", (MilestoneTerms("All", price), MilestoneTerms("Rest", 800)))
        acts = {
            "accept": lambda actor: offers.accept_offer(actor, offer.pk),
            "decline": lambda actor: offers.decline_offer(actor, offer.pk),
            "change": lambda actor: offers.request_change(actor, offer.pk, terms),
        }
        done = self.attempt(who, acts[what])
        if done and offer.state != "open":
            offer_now = Offer.objects.get(pk=offer.pk)
            assert offer_now.state == offer.state, "an answered offer was answered again"

    @precondition(lambda self: Contract.objects.filter(state="active").count() < 2 and Contract.objects.count() < 6)
    @rule(price=st.sampled_from([1_000, 9_999, 20_000]), unit=units, card=st.integers(0, 6))
    def hire_again(self, price, unit, card):
        """So that there is something to do after an end."""
        self.start(price, unit, self.cards[card])

    # Changes

    @rule(data=st.data(), who=anybody, price=prices, new=st.integers(0, 3).map(lambda n: n == 0))
    def propose(self, data, who, price, new):
        part = data.draw(st.sampled_from(list(Milestone.objects.order_by("pk"))))
        to = "" if new else part.pk
        if new and Milestone.objects.count() > 9:
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

    # Endings

    @rule(data=st.data(), who=st.sampled_from(("ada", "cyd", "cyd", "dot", "ben", "eve", "eve")))
    def end(self, data, who):
        contract = data.draw(st.sampled_from(list(Contract.objects.order_by("pk"))))
        self.attempt(who, lambda actor: endings.end_contract(actor, contract.pk, "Done."))

    @precondition(lambda self: Contract.objects.filter(state="closing").exists())
    @rule(data=st.data(), who=anybody, agree=st.booleans())
    def answer_the_request_to_return(self, data, who, agree):
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="closing").order_by("pk"))))
        self.attempt(who, lambda actor: endings.answer_refund(actor, contract.pk, agree=agree), sides=("ada",))
