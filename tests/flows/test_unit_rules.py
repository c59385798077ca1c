"""What a unit may not do: limits, refusals, drafts, counts, programs and staff, in every unit."""

import re
from dataclasses import replace

import pytest

from hirehall.guide.search.actions import rebuild_index
from hirehall.kernel.errors import Refused
from hirehall.market.jobs.actions.posts import edit_job
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.policy import numbers_in as job_numbers_in
from hirehall.money.connects.queries import connects_held
from hirehall.money.payments.actions.conversions import choose_unit
from hirehall.money.payments.models import Withdrawal
from hirehall.trust.reputation.policy import numbers_in as feedback_numbers_in
from hirehall.work.contracts.actions.offers import make_offer
from hirehall.work.contracts.policy import numbers_in as contract_numbers_in
from hirehall.work.contracts.rules import MilestoneTerms
from tests.flows.test_units import POST
from tests.support.cast import browse_as, call_as
from tests.support.contracts import TERMS as OFFER_TERMS
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import TERMS as JOB_TERMS
from tests.support.jobs_market import make_job
from tests.support.money import check_books, make_card, make_earnings, make_payout_method, make_rate
from tests.support.proposals import make_proposal

pytestmark = [pytest.mark.feature("PAY-08"), pytest.mark.django_db]


def test_forms_begin_in_the_usual_unit_of_the_client(cast):
    choose_unit(cast.cyd, "JPY")
    cyd = browse_as(cast.cyd)
    assert '<option value="JPY" selected>' in cyd.get("/jobs/post/").content.decode()
    assert '<option value="JPY" selected>' in cyd.get(f"/contracts/offers/direct/{cast.ada.party_id}/").content.decode()
    assert cyd.post("/jobs/post/", {**POST, "kind": "fixed", "budget": "12,500"}).status_code == 303
    assert (Job.objects.get().unit, Job.objects.get().budget_minor) == ("JPY", 12_500)


def test_a_draft_keeps_its_unit_when_the_usual_one_changes(cast):
    cyd = browse_as(cast.cyd)
    kept = cyd.post("/jobs/post/", {**POST, "kind": "fixed", "unit": "KWD", "budget": "12.345", "draft": "1"})["Location"]
    choose_unit(cast.cyd, "JPY")
    page = cyd.get(kept).content.decode()
    assert '<option value="KWD" selected>' in page and 'value="12.345"' in page
    assert cyd.post(kept, {**POST, "kind": "fixed", "budget": "12.345"}).status_code == 303
    assert (Job.objects.get().unit, Job.objects.get().budget_minor) == ("KWD", 12_345)


@pytest.mark.parametrize(("unit", "low"), [("USD", 499), ("JPY", 749), ("KWD", 1_499)])
def test_limits_hold_in_every_unit(cast, unit, low):
    make_card(cast.cyd)
    with pytest.raises(Refused) as caught:
        make_job(cast.cyd, unit=unit, budget_minor=low)
    assert caught.value.code == "job:budget_low"
    job = make_job(cast.cyd, unit=unit, budget_minor=low + 1)
    with pytest.raises(Refused) as caught:
        make_proposal(cast.ada, job, price_minor=low)
    assert caught.value.code == "proposal:price_low"
    terms = replace(OFFER_TERMS, milestones=(MilestoneTerms("All", low),))
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, terms, freelancer_id=cast.ada.party_id, unit=unit)
    assert caught.value.code == "milestone:low"


def test_every_rooms_limits_are_stated_once_and_hold_in_every_unit():
    units = ("USD", "JPY", "KWD")
    assert [job_numbers_in(unit).budget_floor_minor for unit in units] == [500, 750, 1_500]
    assert [contract_numbers_in(unit).price_ceiling_minor for unit in units] == [10_000_000, 15_000_000, 30_000_000]
    assert [feedback_numbers_in(unit).public_floor_minor for unit in units] == [100, 150, 300]


def test_units_that_the_market_does_not_take_are_refused_everywhere(cast):
    make_card(cast.cyd)
    with pytest.raises(Refused) as caught:
        make_job(cast.cyd, unit="CHF")
    assert (caught.value.code, caught.value.field) == ("job:unit", "unit")
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, OFFER_TERMS, freelancer_id=cast.ada.party_id, unit="CONNECT")
    assert caught.value.code == "offer:unit"
    answer = browse_as(cast.cyd).post("/jobs/post/", {**POST, "kind": "fixed", "unit": "CHF", "budget": "500"})
    assert (answer.status_code, Job.objects.count()) == (422, 0)


def test_what_is_answered_already_keeps_its_unit(cast):
    make_card(cast.cyd)
    job = make_job(cast.cyd, unit="EUR")
    edit_job(cast.cyd, job.id, replace(JOB_TERMS, unit="GBP"))
    edit_job(cast.cyd, job.id, JOB_TERMS)
    job.refresh_from_db()
    assert job.unit == "GBP", "no unit said leaves it"
    proposal = make_proposal(cast.ada, job)
    with pytest.raises(Refused) as caught:
        edit_job(cast.cyd, job.id, replace(JOB_TERMS, unit="EUR"))
    assert caught.value.code == "job:unit_kept"
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, OFFER_TERMS, proposal_id=proposal.id, unit="EUR")
    assert caught.value.code == "offer:unit_kept"
    assert make_offer(cast.cyd, OFFER_TERMS, proposal_id=proposal.id).unit == "GBP"
    assert make_offer(cast.cyd, OFFER_TERMS, job_id=job.id, freelancer_id=cast.ben.party_id).unit == "GBP"


def test_worth_is_compared_and_counted_in_the_main_unit(cast):
    """A job for 75,000 yen is one for 500 dollars: in its Connects, in the search, in what a client has spent."""
    dollars, yen, dinars = (make_job(cast.cyd, unit=unit, budget_minor=minor) for unit, minor in (("USD", 50_000), ("JPY", 75_000), ("KWD", 150_000)))
    assert dollars.connects_price == yen.connects_price == dinars.connects_price
    assert yen.price_steps[0] == ["Value of the job", "budget $500.00"]
    small = make_job(cast.cyd, unit="JPY", budget_minor=50_000)
    list(rebuild_index())
    page = browse_as(cast.ada).get("/find/work/?budget_from=500&budget_to=500").content.decode()
    for job in (dollars, yen, dinars):
        assert f"/jobs/{job.id}/" in page
    assert f"/jobs/{small.id}/" not in page
    make_earnings(cast.ada, cast.cyd, 15_000, unit="JPY")
    make_earnings(cast.ada, cast.cyd, 10_000)
    assert "$200" in browse_as(cast.ben).get(f"/jobs/{yen.id}/").content.decode()


def test_connects_are_sold_in_the_main_unit_to_everybody(cast):
    make_card(cast.ada)
    make_earnings(cast.ada, cast.cyd, 9_000, unit="JPY")
    ada = browse_as(cast.ada)
    page = ada.get("/connects/buy/").content.decode()
    assert "$0.15" in page and "¥" not in page
    before = connects_held(cast.ada.party_id)
    assert ada.post("/connects/buy/", {"bundle": "20"}).status_code == 303
    run_jobs()
    assert connects_held(cast.ada.party_id) == before + 20


def test_money_in_several_units_is_shown_one_unit_at_a_time(cast, django_assert_max_num_queries):
    for unit, gross in (("USD", 10_000), ("JPY", 9_000), ("KWD", 50_000)):
        make_earnings(cast.ada, cast.cyd, gross, unit=unit)
    ada = browse_as(cast.ada)
    ada.get("/money/")
    with django_assert_max_num_queries(22):
        page = ada.get("/money/").content.decode()
    tabs = page[page.index('aria-label="Currencies"') :].partition("</nav>")[0]
    assert re.findall(r">([^<>]+)</span></a>", tabs) == ["$90.00", "¥8,100", "KWD\xa045.000"]
    assert "$90.00" in ada.get("/money/?unit=CHF").content.decode(), "an unknown one shows the main one"
    answer = ada.post("/money/withdraw/", {"method": make_payout_method(cast.ada).id, "unit": "GBP", "amount": "10"})
    assert (answer.status_code, Withdrawal.objects.count()) == (422, 0)


def test_programs_read_and_move_money_in_every_unit(cast):
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    make_earnings(cast.ada, cast.cyd, 9_000, unit="JPY")
    payout, client, headers = make_payout_method(cast.ada), browse_as(None), call_as(cast.ada)

    def call(path: str, body: dict | None = None):
        if body is None:
            return client.get(f"/api/v1/money{path}", headers=headers)
        return client.post(f"/api/v1/money{path}", body, content_type="application/json", headers=headers)

    assert [(each["unit"], each["available"]) for each in call("/balances").json()] == [("USD", 9_000), ("JPY", 8_100)]
    assert call("?unit=JPY").json()["available"] == 8_100
    assert call("/units").json() == {"main": "USD", "taken": ["USD", "EUR", "GBP", "JPY", "KWD"], "usual": "USD"}
    assert call("/rates").json()["items"][0]["rate"] == "151.87"
    quote = call("/quotes", {"unit_from": "JPY", "unit_to": "USD", "amount": 8_000}).json()
    assert (quote["result_minor"], quote["rate"]) == (5_241, "0.00658457891618")
    assert call(f"/quotes/{quote['id']}/accept", {}).json()["accepted_at"]
    refused = call(f"/quotes/{quote['id']}/accept", {})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "conversion:used")
    assert [one["id"] for one in call("/quotes").json()["items"]] == [quote["id"]]
    assert call(f"/quotes/{quote['id']}").json()["result_minor"] == 5_241
    taken = call("/withdrawals", {"method_id": payout.id, "amount": 1_000, "unit": "USD"}).json()
    assert (taken["amount"], taken["unit"]) == (1_000, "USD")
    assert {line["unit"] for line in call("/statement?unit=JPY&kind=conversions").json()["items"]} == {"JPY"}
    assert call("/rates", {"unit_from": "USD", "unit_to": "EUR", "rate": "0.9", "source": "me"}).status_code == 404
    staff = {"content_type": "application/json", "headers": call_as(cast.sam)}
    for rate, status in (("0.9", 201), ("lots", 422)):
        answer = client.post("/api/v1/money/rates", {"unit_from": "USD", "unit_to": "EUR", "rate": rate, "source": "ECB"}, **staff)
        assert answer.status_code == status
    assert answer.json()["error"]["code"] == "rate:figures"
    usual = client.put("/api/v1/money/units/usual", {"unit": "EUR"}, content_type="application/json", headers=call_as(cast.cyd))
    assert (usual.status_code, client.get("/api/v1/money/units", headers=call_as(cast.cyd)).json()["usual"]) == (204, "EUR")
    check_books()


def test_staff_set_rates_on_their_page_and_others_find_none(cast):
    sam, given = browse_as(cast.sam), {"unit_from": "EUR", "unit_to": "JPY", "rate": "162.35", "source": "ECB, 9 March"}
    assert "No rates yet" in sam.get("/money/rates/").content.decode()
    assert sam.post("/money/rates/", {**given, "rate": "lots"}).status_code == 422
    assert "A rate is between two currencies" in sam.post("/money/rates/", {**given, "unit_to": "EUR"}).content.decode()
    assert sam.post("/money/rates/", given).status_code == 303
    assert "162.35" in sam.get("/money/rates/").content.decode()
    for other in (cast.ada, cast.cyd):
        assert browse_as(other).get("/money/rates/").status_code == 404
        assert browse_as(other).post("/money/rates/", given).status_code == 404


def test_the_page_of_the_usual_currency_is_the_clients(cast):
    cyd = browse_as(cast.cyd)
    assert cyd.post("/money/currency/", {"unit": "JPY"}).status_code == 303
    assert '<option value="JPY" selected>' in cyd.get("/money/currency/").content.decode()
    assert cyd.post("/money/currency/", {"unit": "CHF"}).status_code == 422
    assert browse_as(cast.ada).get("/money/currency/").status_code == 404


def test_a_quote_that_ran_out_says_so_and_offers_a_new_one(cast):
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    ada = browse_as(cast.ada)
    assert "There is no rate" in ada.post("/money/convert/", {"unit_to": "GBP"}).content.decode()
    page = ada.post("/money/convert/", {"unit_to": "JPY", "amount": "50"})["Location"]
    pass_time(minutes=11)
    assert "has expired. Nothing was moved" in ada.get(page).content.decode()
    assert "has expired" in ada.post(f"{page}accept/", follow=True).content.decode()
    assert browse_as(cast.ben).get(page).status_code == 404
    assert "Nothing to convert" in browse_as(cast.ben).get("/money/convert/").content.decode()
