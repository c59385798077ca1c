"""The whole hire by JSON API alone, as three people: from the sign-up to money in the bank and feedback on profiles."""

import shutil

import pytest

from tests.flows.caller import Caller, Refusal
from tests.support.database import VAR
from tests.support.market import RunningMarket
from tests.support.profiles import OVERVIEW, picture

pytestmark = [pytest.mark.real_time]
JOB = {
    "title": "Booking page for a small climbing hall",
    "description": "Our climbing hall takes bookings by phone today. We need a page where people choose a course and a time, "
    "pay a deposit and get a mail. The design exists as pictures; we host it ourselves.",
    "category": "web-development", "kind": "fixed", "skills": ["django", "python"], "budget_minor": 90_000,
    "level": "intermediate", "questions": ["Which booking page did you build last?", "When could you begin?"],
}  # fmt: skip
LETTER = (
    "Your hall loses people who call outside of opening hours; a page that shows free places would keep them. "
    "I built one for a swimming school last year and would begin with the course list."
)
PARTS = [{"title": "Courses and times", "amount_minor": 40_000}, {"title": "Deposit and mail", "amount_minor": 45_000}]
CARD = {"number": "4242 4242 4242 4242", "expires_on": "2031-12-31", "code": "123"}
BANK = {"kind": "bank", "account": "DE89 3704 0044 0532 0130 00", "holder_name": "Ada Obi"}


@pytest.fixture(scope="module")
def market():
    folder = VAR / "tests" / "flow_story_by_api"
    shutil.rmtree(folder, ignore_errors=True)
    running = RunningMarket(folder, "flow_story_by_api")
    running.prepare()
    running.start()
    yield running
    running.drop()


def build_profile(person: Caller) -> dict:
    """The required half first, then what the meter names next, until it is full."""
    basics = {
        "title": "Django developer for booking systems", "overview": OVERVIEW, "rate_minor": 4_500,
        "category": "web-development", "skills": ["django", "python", "postgresql", "javascript", "html"],
        "english": "fluent", "hours": "more_than_30",
    }  # fmt: skip
    person.post("/profiles/me", basics)
    person.post("/profiles/me/photo", files={"photo": ("face.png", picture(400, 400).read(), "image/png")})
    for company in ("Kano Labs", "Delta Tech", "Own studio"):
        person.post("/profiles/me/entries/employment", {"company": company, "role": "Developer", "starts_on": "2018-02-01"})
    person.post("/profiles/me/entries/education", {"school": "University of Ibadan", "degree": "BSc", "area": "Computer science"})
    person.post("/profiles/me/entries/education", {"school": "Open courses", "degree": "Certificate", "area": "Databases"})
    for title in ("Swimming school bookings", "Clinic calendar"):
        piece = {"title": title, "role": "Developer", "description": "Booking with deposits and reminders by mail."}
        person.post("/profiles/me/entries/piece", piece)
    return person.post("/profiles/me/publish")


@pytest.mark.feature(
    "ACC-01", "PRO-02", "PRO-14", "JOB-01", "CON-01", "CON-02", "PRP-01", "PRP-03", "PRP-05", "CTR-01", "CTR-02", "CTR-03",
    "CTR-12", "PAY-02", "PAY-03", "PAY-04", "PAY-05", "PAY-06", "REP-01", "TRU-01", "OPS-03",
)  # fmt: skip
def test_the_whole_hire(market):
    cyd, ada, ben = Caller(market, "Cyd Works", "client"), Caller(market, "Ada Obi", "freelancer"), Caller(market, "Ben Roe", "freelancer")
    job = post_a_job(cyd)
    mine = propose(ada, ben, job)
    offer = negotiate(cyd, ada, ben, job, mine)
    contract = work(market, cyd, ada, offer)
    money(market, cyd, ada, contract)
    feedback(cyd, ada, ben, contract)


def post_a_job(cyd: Caller) -> dict:
    job = cyd.post("/jobs", JOB)
    assert (job["state"], len(job["questions"])) == ("open", 2)
    cyd.post("/money/methods", CARD)
    cyd.wait("/money/methods", lambda found: any(method["state"] == "verified" for method in found))
    return job


def propose(ada: Caller, ben: Caller, job: dict) -> dict:
    for person in (ada, ben):
        profile = build_profile(person)
        assert profile["meter"]["percent"] == 100, profile["meter"]
    (found,) = [one for one in ada.items("/search/jobs", q="climbing", kind="fixed") if one["id"] == job["id"]]
    assert found["reasons"]
    before = ada.wait("/connects", lambda held: held["held"] >= 50)["held"]
    terms = {"letter": LETTER, "parts": PARTS, "answers": ["A swimming school's.", "Next Monday."]}
    mine = ada.post(f"/proposals/to/{job['id']}", terms)
    assert mine["connects"] == job["connects_price"]
    assert ada.get("/connects")["held"] == before - job["connects_price"]
    with pytest.raises(Refusal) as refused:
        ben.post(f"/proposals/to/{job['id']}", {**terms, "letter": LETTER + " Call me: +49 170 1234567."})
    assert "170 1234567" in refused.value.message
    ben.post(f"/proposals/to/{job['id']}", {**terms, "parts": [], "price_minor": 80_000})
    return mine


def negotiate(cyd: Caller, ada: Caller, ben: Caller, job: dict, mine: dict) -> dict:
    sent = {one["id"]: one for one in cyd.items(f"/proposals/to/{job['id']}")}
    assert len(sent) == 2
    (other,) = [key for key in sent if key != mine["id"]]
    cyd.post(f"/proposals/{mine['id']}/shortlist")
    cyd.post(f"/proposals/{other}/decline", {"reason": "price"})
    assert ben.items("/proposals/mine", tab="ended")[0]["state"] == "declined"
    room = cyd.post(f"/proposals/{mine['id']}/talk")["room_id"]
    cyd.post(f"/messages/{room}", {"text": "Could you do both parts for 800?"})
    assert "800" in str(ada.get(f"/messages/{room}"))
    terms = {"title": job["title"], "scope": "Course list, times, deposit, mail.", "milestones": [
        {"title": "Courses and times", "amount_minor": 35_000}, {"title": "Deposit and mail", "amount_minor": 45_000}]}  # fmt: skip
    offer = cyd.post("/contracts/offers", {**terms, "proposal_id": mine["id"]})
    terms["milestones"][0]["amount_minor"] = 38_000
    ada.post(f"/contracts/offers/{offer['id']}/versions", {**terms, "note": "The times need a calendar of their own."})
    terms["milestones"][0]["amount_minor"] = 37_000
    cyd.post(f"/contracts/offers/{offer['id']}/versions", {**terms, "note": "Let us meet in the middle."})
    with pytest.raises(Refusal):
        ben.post(f"/contracts/offers/{offer['id']}/accept")
    return ada.post(f"/contracts/offers/{offer['id']}/accept")


def parts_of(contract: dict) -> list[dict]:
    return sorted(contract["milestones"], key=lambda part: part["position"])


def work(market, cyd: Caller, ada: Caller, accepted: dict) -> dict:
    path = f"/contracts/{accepted['contract_id'] if 'contract_id' in accepted else accepted['id']}"
    contract = cyd.wait(path, lambda found: parts_of(found)[0]["state"] == "funded")
    first, second = parts_of(contract)
    files = [("files", ("courses.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "application/pdf"))]
    handed = ada.post(f"/contracts/milestones/{first['id']}/work", data={"message": "The list is ready."}, files=files)
    assert [file["name"] for file in handed["files"]] == ["courses.pdf"]
    cyd.post(f"/contracts/milestones/{first['id']}/changes", {"reasons": "Please sort by day."})
    ada.post(f"/contracts/milestones/{first['id']}/work", data={"message": "Sorted by day now."})
    cyd.post(f"/contracts/milestones/{first['id']}/approve")
    change = {"milestone_id": second["id"], "title": second["title"], "amount_minor": 50_000, "note": "Two more mails."}
    asked = ada.post(f"{path}/amendments", change)
    cyd.post(f"/contracts/amendments/{asked['id']}/accept")
    cyd.post(f"/contracts/milestones/{second['id']}/fund")
    cyd.wait(path, lambda found: parts_of(found)[1]["state"] == "funded")
    ada.post(f"/contracts/milestones/{second['id']}/work", data={"message": "Deposit and mails work."})
    market.pass_time(days=13)
    assert parts_of(ada.get(path))[1]["state"] == "submitted"
    market.pass_time(days=1)
    done = ada.wait(path, lambda found: parts_of(found)[1]["state"] == "approved")
    assert [part["released_minor"] for part in parts_of(done)] == [37_000, 50_000]
    return done


def money(market, cyd: Caller, ada: Caller, contract: dict) -> None:
    assert ada.get("/money")["pending"] > 0
    market.pass_time(days=6)
    net = 87_000 - 8_700
    ada.wait("/money", lambda found: found["available"] == net)
    bank = ada.post("/money/payout-methods", BANK)
    market.pass_time(days=4)
    ada.post("/money/tax-form", {"name": BANK["holder_name"], "country": "NG", "number": "12345678-0001", "agrees": True})
    ada.post("/money/withdrawals", {"method_id": bank["id"]})
    market.wait_for_jobs()
    market.pass_time(days=1)
    ada.wait("/money", lambda found: found["available"] == 0)
    lines = ada.items("/money/statement")
    assert sum(line["change"] for line in lines) == 0
    said = market.manage("shell", "-c", "from tests.support.money import check_books; check_books(); print('balanced')")
    assert "balanced" in said


def feedback(cyd: Caller, ada: Caller, ben: Caller, contract: dict) -> None:
    cyd.post(f"/contracts/{contract['id']}/end")
    stars = dict.fromkeys(("skills", "quality", "availability", "deadlines", "communication", "cooperation"), 5)
    cyd.post(f"/feedback/contract/{contract['id']}", {"stars": stars, "text": "Fast and careful.", "score": 10})
    assert ada.get(f"/feedback/contract/{contract['id']}")["theirs"] == []
    back = ("requirements", "communication", "payment", "expectations", "professionalism", "again")
    ada.post(f"/feedback/contract/{contract['id']}", {"stars": dict.fromkeys(back, 4), "text": "Clear wishes."})
    assert ben.items(f"/feedback/about/{ada.party_id}")[0]["text"] == "Fast and careful."
    assert ben.items(f"/feedback/about/{cyd.party_id}")[0]["overall"] == 400
    ben.wait(f"/profiles/{ada.party_id}", lambda found: found["card"]["rating"] == 500)


@pytest.mark.feature("JOB-01", "FND-01", "CTR-01")
def test_an_imported_post_is_found_answered_and_hired_on(market, tmp_path):
    sheet = tmp_path / "posts.csv"
    described = "Our observatory has 400 glass plates with star fields. We need a catalogue with a picture and a date of each."
    sheet.write_text(
        "post_id,title,description,job_type,fixed_budget,experience_level,skills\n"
        f'p1,Catalogue for an observatory,"{described}",Fixed,450,Intermediate,"Python, Django"\n'
    )
    eli, fay = Caller(market, "Eli Sky", "client"), Caller(market, "Fay Low", "freelancer")
    for _ in range(2):
        market.manage("import_jobs", str(sheet), "--client", eli.party_id)
    market.wait_for_jobs()
    build_profile(fay)
    (job,) = fay.items("/search/jobs", q="observatory")
    assert eli.get(f"/jobs/{job['id']}")["state"] == "open"
    sent = fay.post(f"/proposals/to/{job['id']}", {"letter": LETTER, "price_minor": 45_000})
    eli.post("/money/methods", CARD)
    eli.wait("/money/methods", lambda found: any(method["state"] == "verified" for method in found))
    terms = {"title": "Catalogue", "scope": described, "milestones": [{"title": "All plates", "amount_minor": 45_000}]}
    offer = eli.post("/contracts/offers", {**terms, "proposal_id": sent["id"]})
    accepted = fay.post(f"/contracts/offers/{offer['id']}/accept")
    path = f"/contracts/{accepted['contract_id'] if 'contract_id' in accepted else accepted['id']}"
    (part,) = parts_of(fay.wait(path, lambda found: parts_of(found)[0]["state"] == "funded"))
    fay.post(f"/contracts/milestones/{part['id']}/work", data={"message": "All plates are in."})
    eli.post(f"/contracts/milestones/{part['id']}/approve")
    assert fay.wait("/money", lambda found: found["pending"] == 40_500)
