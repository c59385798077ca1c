"""The whole way of money in currencies with two, no and three decimals: every form that takes a price, every page that shows one."""

import csv
import io
import re
from dataclasses import dataclass

import pytest

from hirehall.guide.search.actions import rebuild_index
from hirehall.kernel.money import format_money
from hirehall.kernel.units import minor_digits
from hirehall.market.jobs.models import Job
from hirehall.market.proposals.models import Proposal
from hirehall.money.payments.models import Hold, Quote, Withdrawal
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.models import Amendment, Contract, Offer
from hirehall.work.contracts.queries import list_milestones
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import TERMS as JOB_TERMS
from tests.support.money import check_books, make_card, make_payout_method, make_rate
from tests.support.profiles import make_profile
from tests.support.proposals import TERMS as PROPOSAL_TERMS

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
    gone = Withdrawal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/money/withdrawals/{gone.id}/")
    check_page(ada, answer["Location"], gone.amount_minor, case.unit)
    assert (gone.unit, gone.amount_minor) == (case.unit, {"USD": 1_050, "JPY": 1_050, "KWD": 10_500}[case.unit])
    pass_time(minutes=10)
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
