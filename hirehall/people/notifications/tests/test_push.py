"""A notice in a browser whose market is closed: sent to who is signed in there, readable there alone."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.people.notifications import devices, push
from hirehall.people.notifications.actions import choose, mark_all_read, notify
from hirehall.people.notifications.models import Device
from hirehall.people.notifications.push import Outcome
from hirehall.people.notifications.queries import list_devices_for
from hirehall.people.notifications.rules import AREAS
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.push import Browser, make_device, push_service

pytestmark = pytest.mark.feature("MSG-02")


@pytest.fixture
def service():
    with push_service() as running:
        yield running


def tell(actor, key="k1", kind="contract.funded", **more):
    return notify(actor.party_id, kind, link="/contracts/", key=key, title="“Draft” is funded; work can begin", **more)


def test_a_notice_reaches_each_browser_and_only_it_can_read_it(cast, service):
    phone, desk = service.new_browser(), service.new_browser()
    make_device(cast.ada, phone), make_device(cast.ada, desk)
    make_device(cast.cyd, service.new_browser())
    notice = tell(cast.ada, body="400.00 is in escrow.")
    run_jobs()
    said = {"tag": notice.id, "title": "“Draft” is funded; work can begin", "body": "400.00 is in escrow."}
    assert service.messages_to(phone) == service.messages_to(desk) == [said]
    assert len(service.taken) == 2
    assert not any(word in body for _, _, body in service.taken for word in (b"funded", b"escrow"))


def test_the_sender_proves_to_be_this_market(cast, service):
    make_device(cast.ada, service.new_browser())
    tell(cast.ada)
    run_jobs()
    proof = service.proof()
    assert proof["key"] == push.public_key()
    assert proof["sub"].startswith("mailto:")
    assert int(service.taken[0][1]["TTL"]) == 3 * 24 * 3600


def test_another_secret_key_is_another_market(settings):
    before = push.public_key()
    push._key.cache_clear()
    settings.SECRET_KEY = "of another market"
    other = push.public_key()
    push._key.cache_clear()
    assert push.is_point(other) and other != before


def test_each_kind_as_chosen_also_what_no_mail_tells(cast, service):
    make_device(cast.ada, service.new_browser())
    choose(cast.ada, "contract", push=False)
    tell(cast.ada)
    tell(cast.ada, "k2", kind="message", mail_too=False)
    run_jobs()
    assert len(service.taken) == 1
    choose(cast.ada, "contract", push=True)
    tell(cast.ada, "k3")
    run_jobs()
    assert len(service.taken) == 2


def test_the_same_is_shown_once_also_when_it_was_sent_twice(cast, service):
    browser = service.new_browser()
    device = make_device(cast.ada, browser)
    notice = tell(cast.ada)
    assert tell(cast.ada) is None
    run_jobs()
    # The worker was killed between the service's yes and the end of the job.
    devices.push_notice(device.id, notice.id)
    first, second = service.messages_to(browser)
    assert first["tag"] == second["tag"]
    assert [headers["Topic"] for _, headers, _ in service.taken] == [notice.id] * 2
    # What push services take as a topic (RFC 8030).
    assert len(notice.id) <= 32 and notice.id.isalnum()


def test_what_was_read_meanwhile_is_not_shown(cast, service):
    make_device(cast.ada, service.new_browser())
    tell(cast.ada)
    mark_all_read(cast.ada)
    run_jobs()
    assert service.taken == []


def test_signing_out_ends_it(cast, service):
    client = browse_as(cast.ada)
    make_device(cast.ada, service.new_browser(), client)
    client.post(reverse("account_logout"))
    tell(cast.ada)
    run_jobs()
    assert service.taken == []
    assert list_devices_for(cast.ada) == []


def test_a_session_that_ended_by_itself_ends_it_too(cast, service):
    client = browse_as(cast.ada)
    make_device(cast.ada, service.new_browser(), client)
    Session.objects.filter(pk=client.session.session_key).update(expire_date=clock.now() - timedelta(days=1))
    tell(cast.ada)
    run_jobs()
    assert service.taken == []
    assert list_devices_for(cast.ada) == []


@pytest.mark.parametrize("status", [403, 404, 410, 400, 413, 302])
def test_a_browser_that_its_service_knows_no_more_is_dropped(cast, service, status):
    make_device(cast.ada, service.new_browser())
    service.answer = status
    tell(cast.ada)
    run_jobs()
    assert len(service.taken) == 1
    assert list_devices_for(cast.ada) == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_in_trouble_is_asked_again(cast, service, status):
    browser = service.new_browser()
    device = make_device(cast.ada, browser)
    service.answer = status
    notice = tell(cast.ada)
    with pytest.raises(devices.PushDelayed):
        devices.push_notice(device.id, notice.id)
    service.answer = 201
    assert devices.push_notice(device.id, notice.id) is Outcome.TAKEN
    assert len(service.messages_to(browser)) == 2


def test_a_service_that_does_not_answer_is_asked_again(cast, settings):
    settings.PUSH_ORIGINS = ["http://127.0.0.1:9"]
    device = make_device(cast.ada, Browser("http://127.0.0.1:9"))
    with pytest.raises(devices.PushDelayed):
        devices.push_notice(device.id, tell(cast.ada).id)


def test_the_real_services_are_known(settings):
    for address in (
        "https://fcm.googleapis.com/fcm/send/dXy:APA91bH",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d",
        "https://web.push.apple.com/QJf1",
    ):
        given = {**Browser().given, "endpoint": address}
        assert devices.check_browser(**given) is None, address


@pytest.mark.parametrize("endpoint", [
    "", "nonsense", "https://", "http://fcm.googleapis.com/send/1", "https://fcm.googleapis.com:8443/send/1",
    "https://fcm.googleapis.com.evil.example/send/1", "https://evilpush.apple.com.example/1", "https://push.apple.com/1",
    "https://me@fcm.googleapis.com/send/1", "https://fcm.googleapis.com@127.0.0.1/send/1", "https://127.0.0.1/send/1",
    "https://[::1]/send/1", "https://[half/send/1", "https://fcm.googleapis.com/a b", "https://fcm.googleapis.com/é",
    "https://fcm.googleapis.com\\@127.0.0.1/", "https://fcm.googleapis.com:99999/1", "https://fcm.googleapis.com/" + "1" * 500,
    "file:///etc/passwd", "https://evil.example/.push.apple.com", "https://fcm.googleapis.com/1\r\nX: y", "https://localhost/1",
])  # fmt: skip
def test_nothing_is_sent_where_no_push_service_is(cast, endpoint):
    with pytest.raises(Refused) as caught:
        make_device(cast.ada, type("Liar", (), {"given": {**Browser().given, "endpoint": endpoint}})())
    assert caught.value.code == "device:address"
    assert not Device.objects.exists()


@pytest.mark.parametrize("keys", [
    {"p256dh": ""}, {"p256dh": "A" * 87}, {"p256dh": "é" * 87}, {"p256dh": "A" * 10_000}, {"auth": ""}, {"auth": "short"},
    {"auth": "!" * 22}, {"auth": "A" * 5_000},
])  # fmt: skip
def test_keys_that_no_browser_makes_are_refused(cast, keys):
    with pytest.raises(Refused) as caught:
        make_device(cast.ada, type("Liar", (), {"given": {**Browser().given, **keys}})())
    assert caught.value.code == "device:keys"


def test_a_session_of_somebody_else_is_none(cast):
    theirs = browse_as(cast.cyd)
    theirs.get("/notices/")
    with pytest.raises(Refused) as caught:
        make_device(cast.ada, client=theirs)
    assert caught.value.code == "device:session"


def test_a_person_has_ten_browsers_and_the_oldest_goes(cast):
    made = []
    for _ in range(11):
        clock.advance(timedelta(minutes=1))
        made.append(make_device(cast.ada).id)
    assert [device.id for device in list_devices_for(cast.ada)] == made[:0:-1]


def test_the_browser_of_who_signs_in_next_is_theirs(cast, service):
    shared = service.new_browser()
    make_device(cast.ada, shared)
    make_device(cast.cyd, shared)
    tell(cast.ada)
    run_jobs()
    assert service.taken == []
    assert len(list_devices_for(cast.cyd)) == 1


def test_only_its_owner_turns_a_browser_off(cast):
    device = make_device(cast.ada)
    with pytest.raises(NotFound):
        devices.remove_device(cast.eve, device.id)
    browser = browse_as(cast.ada)
    assert browser.post(f"/notices/devices/{device.id}/remove/").status_code == 303
    assert browser.post(f"/notices/devices/{device.id}/remove/").status_code == 404


def test_the_page_turns_on_lists_and_says_what_is_wrong(cast, django_assert_max_num_queries):
    browser = browse_as(cast.ada)
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
    given = Browser().given
    for _ in range(2):
        assert browser.post("/notices/devices/", given, HTTP_USER_AGENT=agent).status_code == 303
    with django_assert_max_num_queries(12):
        page = browser.get("/notices/settings/", HTTP_USER_AGENT=agent).content.decode()
    assert page.count("Firefox Mobile on Android</p>") == 1
    wrong = browser.post("/notices/devices/", {**given, "endpoint": "https://127.0.0.1/"})
    assert wrong.status_code == 422
    assert "push service is not one" in wrong.content.decode()
    assert browser.post("/notices/devices/").status_code == 422


def test_boxes_that_were_not_sent_change_nothing(cast):
    browser = browse_as(cast.ada)
    browser.post("/notices/settings/", {"contract": "daily"})
    assert _pushed(browser) == 9
    browser.post("/notices/settings/", {"contract": "daily", "push": ["", "contract", "money"]})
    assert _pushed(browser) == 2
    browser.post("/notices/settings/", {"push": [""]})
    assert _pushed(browser) == 0
    assert 'value="daily" checked' in browser.get("/notices/settings/").content.decode()


def _pushed(browser) -> int:
    page = browser.get("/notices/settings/").content.decode()
    return sum(f'name="push" value="{area}" checked' in page for area in AREAS)


@pytest.mark.feature("OPS-03")
def test_programs_choose_too(cast, client):
    headers = call_as(cast.ada)

    def put(content):
        return client.put("/api/v1/notices/choices", content, content_type="application/json", headers=headers)

    changed = put([{"area": "contract", "delivery": "daily"}, {"area": "money", "push": False}])
    assert changed.status_code == 200
    found = {one["area"]: one for one in client.get("/api/v1/notices/choices", headers=headers).json()}
    assert found["contract"] == {"area": "contract", "delivery": "daily", "push": True}
    assert found["money"] == {"area": "money", "delivery": "at_once", "push": False}
    refused = put([{"area": "job", "delivery": "never"}, {"area": "money", "delivery": "never"}])
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "notice:always")
    assert put([{"area": "weather", "push": True}]).status_code == 422
    # A refused list leaves nothing behind.
    found = {one["area"]: one for one in client.get("/api/v1/notices/choices", headers=headers).json()}
    assert found["job"]["delivery"] == "at_once"


def test_the_script_is_there_for_the_browser(client):
    answer = client.get("/notices/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
