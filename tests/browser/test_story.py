"""The whole hire in a real browser, as three people in three sessions, with a hard look at each page on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walks import add, add_card, fill_way, join, look

LETTER = (
    "People who call outside of opening hours go elsewhere; a page that shows free places would keep them with you. "
    "I built one for a swimming school last year and would begin with the list of courses."
)
DESCRIPTION = (
    "Our climbing hall takes bookings by phone today. We need a page where people choose a course and a time, pay a "
    "deposit and get a mail. The design exists as pictures; we host it ourselves."
)


@pytest.mark.feature(
    "ACC-01", "ACC-02", "PRO-02", "PRO-14", "PRO-15", "JOB-01", "JOB-03", "JOB-04", "FND-01", "CON-01", "CON-02", "PRP-01", "PRP-03",
    "PRP-04", "PRP-05", "PRP-07", "CTR-01", "CTR-02", "CTR-03", "CTR-12", "CTR-15", "PAY-02", "PAY-03", "PAY-04", "PAY-05",
    "PAY-06", "REP-01", "MSG-01", "MSG-02", "TRU-01",
)  # fmt: skip
def test_the_whole_hire(market, open_page):
    client = open_page("/account/signup/")
    join(market, client, "client", "cyd@people.example", "Cyd Okoro")
    job = post_a_job(client)
    ada, ben = open_page("/account/signup/"), open_page("/account/signup/")
    for page, name in ((ada, "Ada Obi"), (ben, "Ben Roe")):
        join(market, page, "freelancer", f"{name.split()[0].lower()}@people.example", name)
        build_profile(page)
    proposal = propose(ada, job)
    propose_with_a_phone_number(ben, job)
    choose(client, ada, job)
    contract = negotiate(client, ada)
    work(market, client, ada, contract)
    change_and_wait(market, client, ada, contract)
    withdraw(market, ada)
    end_and_say(client, ada, ben, contract)
    assert proposal
    for page in (client, ada, ben):
        # A refused form is answered with 422, which the browser notes by itself.
        assert [told for told in page.problems if "422" not in told] == []


def post_a_job(client) -> str:
    client.wait_for_url("**/account/company/**")
    client.get_by_label("Name").fill("Boulder & Rope")
    client.get_by_label("Country").select_option("GH")
    client.get_by_role("button", name="Go on").click()
    client.wait_for_url("**/jobs/post/**")
    look(client, "job-form")
    client.get_by_label("What is to be done").fill("Booking page for a small climbing hall")
    client.get_by_label("Description").fill(DESCRIPTION)
    client.get_by_label("Category").select_option("web-development")
    client.get_by_label("Budget").fill("900")
    client.get_by_label("Question 1").fill("Which booking page did you build last?")
    client.get_by_label("Question 2").fill("When could you begin?")
    client.get_by_role("button", name="Post the job").click()
    client.wait_for_url(re.compile(r"/jobs/\w{26}/manage/"))
    look(client, "job-manage")
    client.goto("/")
    client.get_by_role("link", name="Add a card").first.click()
    add_card(client)
    client.wait_for_url("**/money/methods/**")
    client.get_by_text("Verified", exact=True).first.wait_for()
    client.goto("/jobs/mine/")
    look(client, "jobs-mine")
    return re.search(r"/jobs/(\w{26})/", client.get_by_role("link", name="Booking page").first.get_attribute("href"))[1]


def build_profile(page) -> None:
    page.get_by_role("link", name="Begin").click()
    fill_way(page, is_looked_at=False)
    page.get_by_role("button", name="Publish my profile").click()
    page.wait_for_url(re.compile("/profile/$"))
    add(page, "employment", company="Lagos Soft", role="Tester", starts_on_0="1", starts_on_1="2016")
    add(page, "employment", company="Accra Net", role="Intern", starts_on_0="1", starts_on_1="2015")
    for title in ("Booking for twelve clinics", "A calendar for a swimming school"):
        add(page, "piece", title=title, description="Patients book by phone or web.", skills="Django")
    add(page, "education", school="University of Ghana", degree="BSc", area="Computer science", from_year="2011")
    add(page, "link", url="https://github.com/nia-mensah")
    assert page.locator("#meter").get_by_text("100").first.is_visible()


def fill_proposal(page, letter: str) -> None:
    page.get_by_label("Your letter").fill(letter)
    page.get_by_label("Which booking page did you build last?").fill("A swimming school's, with 40 courses.")
    page.get_by_label("When could you begin?").fill("Next Monday.")
    page.locator("summary", has_text="milestone").first.click()
    page.get_by_label("Milestone 1").fill("Courses and times")
    page.get_by_label("Amount 1").fill("400")
    page.get_by_label("Milestone 2").fill("Deposit and mail")
    page.get_by_label("Amount 2").fill("450")


def find_job(page, job: str) -> None:
    """By a word of its text, then narrowed by a filter."""
    page.goto("/find/work/?q=climbing&kind=fixed")
    page.get_by_role("link", name="Booking page for a small climbing hall").first.click()
    page.wait_for_url(f"**/jobs/{job}/**")


def propose(page, job: str) -> str:
    find_job(page, job)
    look(page, "job-page")
    page.get_by_role("link", name="Write a proposal").click()
    look(page, "proposal-form")
    fill_proposal(page, LETTER)
    page.get_by_role("button", name="See it as the client will").click()
    page.get_by_text(LETTER[:60]).nth(1).wait_for()
    look(page, "proposal-preview")
    page.get_by_role("button", name=re.compile("Send for")).click()
    page.wait_for_url(re.compile(r"/proposals/\w{26}/"))
    look(page, "proposal-own")
    return page.url


def propose_with_a_phone_number(page, job: str) -> None:
    find_job(page, job)
    page.get_by_role("link", name="Write a proposal").click()
    fill_proposal(page, LETTER + " Call me on +49 170 1234567.")
    page.get_by_role("button", name=re.compile("Send for")).click()
    page.get_by_text(re.compile("Take out.*170 1234567")).first.wait_for()
    assert LETTER[:40] in page.get_by_label("Your letter").input_value()
    look(page, "proposal-refused")
    page.get_by_label("Your letter").fill(LETTER + " I can begin at once.")
    page.get_by_role("button", name=re.compile("Send for")).click()
    page.wait_for_url(re.compile(r"/proposals/\w{26}/"))


def choose(client, ada, job: str) -> None:
    client.goto(f"/proposals/to/{job}/")
    look(client, "proposals-list")
    client.get_by_role("link", name=re.compile("Ben Roe")).first.click()
    client.locator("summary", has_text="Decline with a reason").click()
    client.locator("input[name=reason]").first.check(force=True)
    client.get_by_role("button", name="Decline").click()
    client.goto(f"/proposals/to/{job}/")
    client.get_by_role("link", name=re.compile("Ada Obi")).first.click()
    look(client, "proposal-client")
    client.get_by_role("button", name="Put on the short list").click()
    client.get_by_role("button", name=re.compile("Write to Ada")).click()
    client.wait_for_url("**/messages/**")
    ada.goto("/messages/")
    ada.get_by_role("link", name=re.compile("Booking page")).first.click()
    ada.wait_for_load_state("networkidle")
    client.get_by_label("Your message").fill("Could you do both parts for 800?")
    client.get_by_role("button", name="Send", exact=True).click()
    ada.get_by_text("Could you do both parts for 800?").first.wait_for()
    look(ada, "messages")


def negotiate(client, ada) -> str:
    client.get_by_role("link", name="Open what this is about").click()
    client.get_by_role("link", name="Make an offer").click()
    look(client, "offer-form")
    client.get_by_label("Amount 1").fill("350")
    client.get_by_role("button", name="Send the offer").click()
    client.wait_for_url(re.compile(r"/contracts/offers/\w{26}/$"))
    offer = client.url
    ada.goto("/")
    ada.get_by_role("link", name="Read the offer").first.click()
    ada.wait_for_url(offer)
    look(ada, "offer")
    ada.get_by_role("link", name="Propose other terms").click()
    ada.get_by_label("Amount 1").fill("380")
    ada.get_by_label("A word to the other side").fill("The times need a calendar of their own.")
    ada.get_by_role("button", name="Send these terms").click()
    ada.wait_for_url(offer)
    client.goto(offer)
    client.get_by_text("The times need a calendar of their own.").first.wait_for()
    look(client, "offer-changed")
    client.get_by_role("link", name="Propose other terms").click()
    client.get_by_label("Amount 1").fill("370")
    client.get_by_role("button", name="Send these terms").click()
    client.wait_for_url(offer)
    ada.goto(offer)
    ada.get_by_role("button", name="Accept these terms").click()
    ada.wait_for_url(re.compile(r"/contracts/\w{26}/$"))
    return ada.url


def hand_in(ada, text: str, file: dict | None = None) -> None:
    ada.locator("summary", has_text="Hand work in").first.click()
    ada.get_by_label("What you hand in").first.fill(text)
    if file:
        ada.locator("input[type=file][name=files]").first.set_input_files(file)
    ada.get_by_role("button", name="Hand it in").first.click()
    ada.get_by_text(text).first.wait_for()


def work(market, client, ada, contract: str) -> None:
    market.wait_for_jobs()
    ada.goto(contract)
    ada.get_by_text("is funded; the work is next").first.wait_for()
    look(ada, "contract-funded")
    pdf = {"name": "courses.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"}
    hand_in(ada, "The list of courses is ready.", pdf)
    client.goto(contract)
    assert client.get_by_role("link", name=re.compile("courses.pdf")).first.is_visible()
    client.locator("summary", has_text="Ask for changes").first.click()
    client.get_by_label("What has to change?").first.fill("Please sort the courses by day.")
    look(client, "contract-review")
    client.get_by_role("button", name="Ask for changes").first.click()
    client.get_by_text("Please sort the courses by day.").first.wait_for()
    ada.goto(contract)
    hand_in(ada, "Sorted by day now.")
    client.goto(contract)
    client.get_by_role("button", name=re.compile("Approve and release")).first.click()
    client.get_by_text("Approved").first.wait_for()


def change_and_wait(market, client, ada, contract: str) -> None:
    ada.goto(contract)
    terms = ada.locator("details", has_text="Propose other terms for it").last
    terms.locator("summary").click()
    expect(terms.get_by_label("Its title")).to_have_value("Deposit and mail")
    terms.get_by_label("Its price").fill("500")
    terms.get_by_role("button", name="Propose it").click()
    client.goto(contract)
    look(client, "contract-change")
    client.get_by_role("button", name="Accept the change").click()
    client.get_by_role("button", name=re.compile(r"Fund \$500")).click()
    market.wait_for_jobs()
    ada.goto(contract)
    hand_in(ada, "Deposit and mails work.")
    market.pass_time(days=13)
    ada.goto(contract)
    assert ada.get_by_text(re.compile("waits for review")).first.is_visible()
    market.pass_time(days=1, minutes=5)
    ada.goto(contract)
    ada.get_by_text("Everything agreed is approved").first.wait_for()
    look(ada, "contract-done")


def withdraw(market, ada) -> None:
    ada.goto("/money/tax-form/")
    ada.get_by_label("Country in which you pay taxes").select_option("NG")
    ada.get_by_label("Tax number").fill("12345678-0001")
    ada.get_by_label("I declare that").check()
    ada.get_by_role("button", name="Sign", exact=True).click()
    ada.wait_for_url("**/money/withdraw/")
    ada.goto("/money/payouts/add/?kind=bank&country=DE")
    ada.get_by_label("IBAN").fill("DE89 3704 0044 0532 0130 00")
    ada.get_by_role("button", name="Add the account").click()
    ada.wait_for_url("**/money/methods/")
    market.pass_time(days=6)
    ada.goto("/money/")
    # 870 less 10 %.
    ada.get_by_text("$783.00").first.wait_for()
    ada.goto("/money/withdraw/")
    ada.get_by_role("button", name="Withdraw", exact=True).click()
    market.wait_for_jobs()
    market.pass_time(days=1)
    ada.goto("/money/statement/")
    look(ada, "statement")
    said = market.manage("shell", "-c", "from tests.support.money import check_books; check_books(); print('balanced')")
    assert "balanced" in said


def rate(page, stars: int, text: str) -> None:
    for group in page.locator(".rating").all():
        group.locator(f"input[value='{stars}']").check(force=True)
    page.get_by_label("What others should know").fill(text)
    page.get_by_role("button", name="Give feedback").click()
    page.get_by_text(text).first.wait_for()


def end_and_say(client, ada, ben, contract: str) -> None:
    client.goto(contract)
    client.get_by_role("button", name="End the contract").click()
    client.get_by_role("button", name="End it").click()
    client.get_by_role("link", name="Go to the feedback").click()
    look(client, "feedback-form")
    rate(client, 5, "Fast, careful, and good to talk to.")
    look(client, "feedback-hidden")
    ada.goto(contract)
    ada.get_by_role("link", name="Go to the feedback").click()
    assert not ada.get_by_text("Fast, careful").count()
    rate(ada, 4, "Clear wishes and quick answers.")
    ada.get_by_text("Fast, careful, and good to talk to.").first.wait_for()
    look(ada, "feedback-both")
    ada.goto("/")
    look(ada, "home-freelancer")
    client.goto("/")
    look(client, "home-client")
    ada.goto("/profile/")
    party = re.search(r"/talent/(\w{26})/", ada.content())[1]
    ben.goto(f"/talent/{party}/")
    assert ben.get_by_text("Fast, careful, and good to talk to.").first.is_visible()
    look(ben, "talent-page")
