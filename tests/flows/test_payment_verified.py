"""A client whose payment is verified shows as such everywhere, and no longer once its last card is gone."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.guide.search.engines.current import engine
from hirehall.guide.search.port import Wanted
from hirehall.kernel import clock
from hirehall.market.jobs.queries import client_facts
from hirehall.money.payments.actions import methods
from hirehall.money.payments.models import Method
from tests.support.cast import browse_as, call_as
from tests.support.contracts import make_contract, make_offer_to
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import make_card
from tests.support.profiles import make_profile
from tests.support.proposals import make_proposal


def places_of(cast, job, proposal, offer, contract) -> dict[str, bool]:
    """Where a client shows, and whether it shows there as one who can pay, to freelancer and client."""
    ada, cyd, program = browse_as(cast.ada), browse_as(cast.cyd), Client(headers=call_as(cast.ada))
    mark, missing = "Payment verified", "Payment not verified"

    def shows(browser, address) -> bool:
        page = browser.get(address).content.decode()
        # The name of the search filter stands beside the cards, too.
        assert (mark in page.replace(missing, "")) or missing in page, address
        return missing not in page

    return {
        "job page": shows(ada, reverse("web:job", args=[job.id])),
        "proposal form": shows(browse_as(cast.ben), reverse("proposals:send", args=[job.id])),
        "proposal": shows(ada, reverse("proposals:detail", args=[proposal.id])),
        "offer": shows(ada, reverse("contracts:offer", args=[offer.id])),
        "contract": shows(ada, reverse("contracts:room", args=[contract.id])),
        "job cards": shows(ada, reverse("search:jobs")),
        "search filter": job.id in [hit.id for hit in engine.find_jobs(Wanted(words="", chosen={"verified": (True,)})).hits],
        "record": client_facts([cast.cyd.party_id])[cast.cyd.party_id].verified,
        "own first page": "freelancers trust a verified client" not in cyd.get(reverse("web:home")).content.decode(),
        "job of the API": program.get(f"/api/v1/jobs/{job.id}").json()["client"]["verified"],
        "offer of the API": program.get(f"/api/v1/contracts/offers/{offer.id}").json()["client_verified"],
    }  # fmt: skip


@pytest.mark.feature("ACC-07")
@pytest.mark.parametrize("how", ["removed", "expired"])
def test_payment_verified_shows_wherever_the_client_does_and_goes_with_the_last_card(cast, how):
    make_profile(cast.ada)
    make_profile(cast.ben)
    card = make_card(cast.cyd)
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    contract, _ = make_contract(cast.cyd, cast.ada)
    offer = make_offer_to(cast.cyd, cast.ada)
    run_jobs()
    before = places_of(cast, job, proposal, offer, contract)
    assert {place for place, shown in before.items() if not shown} == set()
    if how == "removed":
        methods.remove_method(cast.cyd, card.id)
        run_jobs()
    else:
        # The card's own end comes long after the offer's; so it is moved.
        Method.objects.filter(pk=card.pk).update(expires_on=date(2026, 3, 11))
        clock.freeze(datetime(2026, 3, 12, 1, tzinfo=UTC))
        pass_time(minutes=1)
    after = places_of(cast, job, proposal, offer, contract)
    assert {place for place, shown in after.items() if shown} == set()
    make_card(cast.cyd)
    again = places_of(cast, job, proposal, offer, contract)
    assert {place for place, shown in again.items() if not shown} == set()
