"""The whole way of money in currencies with two, no and three decimals: every form that takes a price, every page that shows one."""

import csv
import io
import re
from dataclasses import dataclass, replace

import pytest

from hirehall.guide.search.actions import rebuild_index
from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money
from hirehall.kernel.units import minor_digits
from hirehall.market.jobs.actions.posts import edit_job
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.policy import numbers_in as job_numbers_in
from hirehall.market.proposals.models import Proposal
from hirehall.money.connects.queries import connects_held
from hirehall.money.payments.actions.conversions import choose_unit
from hirehall.money.payments.models import Hold, Quote, Withdrawal
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actors import Actor
from hirehall.trust.reputation.policy import numbers_in as feedback_numbers_in
from hirehall.work.contracts.actions.offers import make_offer
from hirehall.work.contracts.models import Amendment, Contract, Offer
from hirehall.work.contracts.policy import numbers_in as contract_numbers_in
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.cast import browse_as, call_as
from tests.support.contracts import TERMS as OFFER_TERMS
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import TERMS as JOB_TERMS
from tests.support.jobs_market import make_job
from tests.support.money import check_books, make_card, make_earnings, make_payout_method, make_rate
from tests.support.profiles import make_profile
from tests.support.proposals import TERMS as PROPOSAL_TERMS
from tests.support.proposals import make_proposal

pytestmark = [pytest.mark.feature("PAY-08"), pytest.mark.django_db]


@dataclass(frozen=True)
class Case:
    """A currency with a price as somebody types it, what it is, and what is refused instead of being guessed."""

    unit: str
    typed: str
    minor: int
    part: str
    part_minor: int
    wrong: tuple[tuple[str, str], ...]


CASES = [
    Case("USD", "1,250.50", 125_050, "310.25", 31_025, (("1250.505", "2 decimals"), ("1,250.505", "2 decimals"))),
    Case("JPY", "125,050", 125_050, "31.025", 31_025, (("1250.5", "0 decimals"), ("125,05", "0 decimals"))),
    Case("KWD", "1,250.505", 1_250_505, "310.250", 310_250, (("1,250", "1.250 or 1250"), ("1250.5051", "3 decimals"))),
]
each_unit = pytest.mark.parametrize("case", CASES, ids=lambda case: case.unit)
# What a page says of a job's post besides the price: one job, no questions.
POST = {
    "title": JOB_TERMS.title, "description": JOB_TERMS.description, "category": "web-development", "skills": "HTML, css",
    "level": "entry", "length": "weeks", "visibility": "public",
}  # fmt: skip


def shown(minor: int, unit: str) -> str:
    return format_money(minor, unit)


def check_decimals(page: str, unit: str) -> None:
    """Every amount of a unit on a page has all of its decimals, or none where they are zero."""
    sign = re.escape({"USD": "$", "JPY": "¥", "KWD": "KWD"}[unit])
    found = re.findall(rf"{sign}\s?([\d,]+(?:\.\d+)?)", page)
    assert found, f"no amount in {unit}"
    for amount in found:
        assert len(amount.partition(".")[2]) in {0, minor_digits(unit)}, amount


def check_page(browser, path: str, minor: int, unit: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    short = shown(minor, unit).removesuffix("." + "0" * minor_digits(unit)) if minor_digits(unit) else shown(minor, unit)
    assert shown(minor, unit) in page or short in page, (path, shown(minor, unit))
    check_decimals(page, unit)
    return page


def check_wrong(browser, path: str, given: dict, field: str, case: Case) -> None:
    """Figures that the unit cannot hold, or that could be two amounts, are told at the form and stay in it."""
    for typed, told in case.wrong:
        answer = browser.post(path, {**given, field: typed})
        page = answer.content.decode()
        assert answer.status_code == 422, (path, typed)
        assert told in page, (path, typed)
        assert f'value="{typed}"' in page


@each_unit
def test_from_a_post_to_a_conversion_everything_is_in_the_unit_that_was_chosen(cast, case):
    unit, cyd, ada = case.unit, browse_as(cast.cyd), browse_as(cast.ada)
    make_card(cast.cyd)
    make_profile(cast.ada)
    make_rate("USD", "JPY", "151.87")
    make_rate("KWD", "USD", "3.2531")
    run_jobs()
    job = _post(cyd, case)
    _find(ada, job, case)
    proposal = _propose(ada, cyd, job, case)
    contract = _agree(ada, cyd, proposal, case)
    _amend(ada, cyd, contract, case)
    _release(cast.ada, ada, cyd, contract, case)
    _withdraw(cast.ada, ada, case)
    _convert(cast.ada, ada, case)
    check_books()
    assert {unit} == {*Job.objects.values_list("unit", flat=True), *Contract.objects.values_list("unit", flat=True), *Hold.objects.values_list("unit", flat=True)}


def _post(cyd, case: Case) -> Job:
    given = {**POST, "kind": "fixed", "unit": case.unit, "budget": case.typed}
    check_wrong(cyd, "/jobs/post/", given, "budget", case)
    hourly = {**POST, "kind": "hourly", "unit": case.unit, "rate_low": case.part, "rate_high": case.part}
    check_wrong(cyd, "/jobs/post/", hourly, "rate_low", case)
    assert cyd.post("/jobs/post/", {**given, "budget": case.typed}).status_code == 303
    job = Job.objects.get()
    assert (job.unit, job.budget_minor) == (case.unit, case.minor)
    for path in (f"/jobs/{job.id}/manage/", f"/jobs/{job.id}/"):
        check_page(cyd, path, case.minor, case.unit)
    again = cyd.get(f"/jobs/{job.id}/edit/").content.decode()
    assert f'<option value="{case.unit}" selected>' in again
    return job


def _find(ada, job: Job, case: Case) -> None:
    list(rebuild_index())
    check_page(ada, "/find/work/", case.minor, case.unit)
    ada.post(f"/jobs/{job.id}/save/")
    check_page(ada, "/jobs/saved/", case.minor, case.unit)


def _propose(ada, cyd, job: Job, case: Case) -> Proposal:
    path = f"/proposals/send/{job.id}/"
    given = {"letter": PROPOSAL_TERMS.letter, "price": case.typed}
    check_wrong(ada, path, given, "price", case)
    check_wrong(ada, path, {**given, "part_1": "Draft"}, "amount_1", case)
    check_decimals(ada.post(path, {**given, "preview": "1"}).content.decode(), case.unit)
    assert ada.post(path, given).status_code == 303
    proposal = Proposal.objects.get()
    assert (proposal.unit, proposal.price_minor) == (case.unit, case.minor)
    for browser, page in ((ada, "/proposals/"), (cyd, f"/proposals/to/{job.id}/"), (cyd, f"/proposals/to/{job.id}/compare/?p={proposal.id}"), (cyd, f"/proposals/{proposal.id}/")):
        check_page(browser, page, case.minor, case.unit)
    revise = f"/proposals/{proposal.id}/revise/"
    check_wrong(ada, revise, {"price": case.typed}, "price", case)
    parts = {"part_1": "Draft", "amount_1": case.part, "part_2": "Page", "amount_2": case.typed}
    assert ada.post(revise, parts).status_code == 303
    proposal.refresh_from_db()
    assert proposal.parts == [["Draft", case.part_minor], ["Page", case.minor]]
    check_page(ada, f"/proposals/{proposal.id}/", case.part_minor, case.unit)
    return proposal


def _agree(ada, cyd, proposal: Proposal, case: Case) -> Contract:
    path = f"/contracts/offers/new/{proposal.id}/"
    given = {"title": "A page", "scope": "One page with a map.", "revisions": "1", "part_1": "Draft", "amount_1": case.typed}
    check_wrong(cyd, path, given, "amount_1", case)
    answer = cyd.post(path, given)
    assert answer.status_code == 303
    offer = Offer.objects.get()
    assert (offer.unit, offer.versions.get().terms["milestones"]) == (case.unit, [["Draft", case.minor, None]])
    check_page(ada, answer["Location"], case.minor, case.unit)
    change = f"{answer['Location']}change/"
    check_wrong(ada, change, given, "amount_1", case)
    assert ada.post(change, {**given, "part_2": "Page", "amount_2": case.part}).status_code == 303
    check_page(cyd, answer["Location"], case.part_minor, case.unit)
    assert cyd.post(f"{answer['Location']}accept/").status_code == 303
    run_jobs()
    contract = Contract.objects.get()
    assert [m.amount_minor for m in list_milestones(contract.id)] == [case.minor, case.part_minor]
    for browser in (ada, cyd):
        check_page(browser, f"/contracts/{contract.id}/", case.minor, case.unit)
        check_page(browser, "/contracts/", case.minor, case.unit)
        check_page(browser, "/", case.minor, case.unit)
    return contract


def _amend(ada, cyd, contract: Contract, case: Case) -> None:
    path, room = f"/contracts/{contract.id}/amend/", f"/contracts/{contract.id}/"
    given = {"milestone": "", "title": "A map too", "amount": case.part}
    check_wrong(ada, path, given, "amount", case)
    assert ada.post(path, given).status_code == 303
    assert Amendment.objects.get().amount_minor == case.part_minor
    check_page(cyd, room, case.part_minor, case.unit)
    assert cyd.post(f"/contracts/changes/{Amendment.objects.get().id}/answer/", {"accept": "1"}).status_code == 303
    run_jobs()


def _release(actor: Actor, ada, cyd, contract: Contract, case: Case) -> None:
    first = list_milestones(contract.id)[0]
    path = f"/contracts/milestones/{first.id}/approve/"
    check_wrong(cyd, path, {}, "amount", case)
    assert cyd.post(path, {"amount": case.part}).status_code == 303
    first.refresh_from_db()
    assert (first.released_minor, first.escrow_minor) == (case.part_minor, case.minor - case.part_minor)
    run_jobs()
    net = Hold.objects.get().net_minor
    page = check_page(ada, f"/money/?unit={case.unit}", net, case.unit)
    assert ('aria-label="Currencies"' in page) == (case.unit != "USD"), "tabs stand there only for several currencies"
    pass_time(days=5)
    assert balances_for(actor, case.unit).available == net
    check_page(cyd, f"/money/?unit={case.unit}", case.minor - case.part_minor, case.unit)
    check_page(ada, f"/money/statement/?unit={case.unit}", net, case.unit)
    lines = b"".join(ada.get(f"/money/statement.csv?unit={case.unit}").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert {row["Unit"] for row in rows} == {case.unit}
    assert {len(row["Amount"].partition(".")[2]) for row in rows} == {minor_digits(case.unit)}


def _withdraw(actor: Actor, ada, case: Case) -> None:
    payout = make_payout_method(actor)
    free = balances_for(actor, case.unit).available
    given = {"method": payout.id, "unit": case.unit}
    check_page(ada, f"/money/withdraw/?unit={case.unit}", free, case.unit)
    check_wrong(ada, "/money/withdraw/", given, "amount", case)
    answer = ada.post("/money/withdraw/", {**given, "amount": {"USD": "10.5", "JPY": "1050", "KWD": "10.500"}[case.unit]})
    assert (answer.status_code, answer["Location"]) == (303, f"/money/?unit={case.unit}")
    gone = Withdrawal.objects.get()
    assert (gone.unit, gone.amount_minor) == (case.unit, {"USD": 1_050, "JPY": 1_050, "KWD": 10_500}[case.unit])
    run_jobs()
    assert balances_for(actor, case.unit).available == free - gone.amount_minor
    check_page(ada, f"/money/?unit={case.unit}", gone.amount_minor, case.unit)


def _convert(actor: Actor, ada, case: Case) -> None:
    other = "JPY" if case.unit == "USD" else "USD"
    free = balances_for(actor, case.unit).available
    given = {"unit": case.unit, "unit_to": other}
    check_page(ada, f"/money/convert/?unit={case.unit}", free, case.unit)
    check_wrong(ada, "/money/convert/", given, "amount", case)
    answer = ada.post("/money/convert/", {**given, "amount": {"USD": "10.5", "JPY": "1050", "KWD": "10.500"}[case.unit]})
    assert answer.status_code == 303
    quote = Quote.objects.get()
    page = check_page(ada, answer["Location"], quote.amount_minor, case.unit)
    assert shown(quote.result_minor, other) in page
    assert shown(quote.margin_minor, other) in page
    check_decimals(page, other)
    assert ada.post(f"{answer['Location']}accept/", {"once": "c"})["Location"] == answer["Location"]
    assert ada.post(f"{answer['Location']}accept/", {"once": "c"})["Location"] == answer["Location"], "pressed twice"
    assert balances_for(actor, case.unit).available == free - quote.amount_minor
    assert balances_for(actor, other).available == quote.result_minor
    check_page(ada, f"/money/statement/?unit={other}", quote.result_minor, other)
    assert "was used already" in ada.post(f"{answer['Location']}accept/", follow=True).content.decode()


@each_unit
def test_a_direct_offer_is_in_the_unit_that_the_client_chooses(cast, case):
    make_card(cast.cyd)
    path, cyd = f"/contracts/offers/direct/{cast.ada.party_id}/", browse_as(cast.cyd)
    given = {"title": "A page", "scope": "One page.", "revisions": "1", "part_1": "Draft", "amount_1": case.typed, "unit": case.unit}
    check_wrong(cyd, path, given, "amount_1", case)
    assert cyd.post(path, given).status_code == 303
    offer = Offer.objects.get()
    assert (offer.unit, offer.versions.get().terms["milestones"][0][1]) == (case.unit, case.minor)
    body = {"title": "A map", "scope": "One map.", "milestones": [{"title": "Map", "amount_minor": case.minor}], "unit": case.unit, "freelancer_id": cast.ada.party_id}
    answer = cyd.post("/api/v1/contracts/offers", body, content_type="application/json", headers=call_as(cast.cyd))
    assert (answer.status_code, answer.json()["unit"]) == (201, case.unit)


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
