"""A notice: told once, mailed as chosen, read by whom it is for."""

import pytest
from django.core import mail

from hirehall.kernel.errors import NotFound, Refused
from hirehall.people.notifications.actions import choose, mark_all_read, mark_read, notify, send_due_digests
from hirehall.people.notifications.queries import count_unread_notices, list_notices_for
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs


def tell(actor, key="k1", kind="contract.funded", **more):
    return notify(actor.party_id, kind, link="/contracts/", key=key, title="The milestone is funded", **more)


@pytest.mark.feature("MSG-02")
def test_a_notice_stands_in_the_page_and_goes_out_by_mail(cast):
    tell(cast.ada, body="400.00 is in escrow.")
    run_jobs()
    assert [n.title for n in list_notices_for(cast.ada)] == ["The milestone is funded"]
    assert [(m.to, m.subject) for m in mail.outbox] == [(["ada@people.example"], "The milestone is funded")]
    assert "400.00 is in escrow." in mail.outbox[0].body
    assert "/contracts/" in mail.outbox[0].body


@pytest.mark.feature("MSG-02")
def test_the_same_occasion_is_told_once(cast):
    assert tell(cast.ada) is not None
    assert tell(cast.ada) is None
    run_jobs()
    assert count_unread_notices(cast.ada) == 1
    assert len(mail.outbox) == 1


def test_the_same_key_for_another_party_is_another_notice(cast):
    assert tell(cast.ada) and tell(cast.cyd)


def test_an_unknown_kind_is_a_mistake_of_ours(cast):
    with pytest.raises(ValueError):
        tell(cast.ada, kind="weather")


@pytest.mark.feature("MSG-02")
def test_never_means_no_mail_but_still_a_notice(cast):
    choose(cast.ada, "contract", "never")
    tell(cast.ada)
    run_jobs()
    assert mail.outbox == []
    assert count_unread_notices(cast.ada) == 1


@pytest.mark.feature("MSG-02")
def test_daily_means_one_mail_in_the_readers_morning(cast):
    choose(cast.ada, "contract", "daily")
    tell(cast.ada, "k1")
    tell(cast.ada, "k2")
    run_jobs()
    assert mail.outbox == []
    pass_time(hours=10)  # 22:00 UTC is 23:00 in Lagos: past the morning hour, so it goes now.
    assert [m.subject for m in mail.outbox] == ["2 things happened in your market"]
    tell(cast.ada, "k3")
    pass_time(hours=3)
    assert len(mail.outbox) == 1
    pass_time(hours=20)
    assert [m.subject for m in mail.outbox][1:] == ["1 thing happened in your market"]
    assert send_due_digests() == 0


def test_safety_mails_cannot_be_turned_off(cast):
    with pytest.raises(Refused, match="safety and money") as caught:
        choose(cast.ada, "money", "never")
    assert caught.value.code == "notice:always"
    with pytest.raises(Refused) as caught:
        choose(cast.ada, "contract", "hourly")
    assert caught.value.code == "notice:choice"


def test_only_its_party_reads_a_notice(cast):
    notice = tell(cast.ada)
    with pytest.raises(NotFound):
        mark_read(cast.eve, notice.id)
    assert browse_as(cast.eve).get(f"/notices/{notice.id}/").status_code == 404
    assert mark_read(cast.ada, notice.id).read_at is not None
    assert mark_all_read(cast.ada) == 0


def test_following_a_notice_marks_it_and_leads_on(cast):
    notice = tell(cast.ada)
    answer = browse_as(cast.ada).get(f"/notices/{notice.id}/")
    assert (answer.status_code, answer["Location"]) == (303, "/contracts/")
    assert count_unread_notices(cast.ada) == 0


def test_the_pages_show_notices_and_keep_choices(cast, django_assert_max_num_queries):
    for number in range(35):
        tell(cast.ada, f"k{number}")
    browser = browse_as(cast.ada)
    with django_assert_max_num_queries(18):
        page = browser.get("/notices/")
    assert page.content.decode().count("The milestone is funded") == 30
    answer = browser.post("/notices/settings/", {"contract": "daily", "proposal": "never"})
    assert answer.status_code == 303
    assert 'value="daily" checked' in browser.get("/notices/settings/").content.decode()
    assert browser.post("/notices/settings/", {"contract": "hourly"}).status_code == 422
    assert browser.post("/notices/read-all/").status_code == 303
    assert count_unread_notices(cast.ada) == 0


@pytest.mark.feature("OPS-03")
def test_programs_read_and_mark_notices(cast, client):
    notice = tell(cast.ada)
    headers = call_as(cast.ada)
    listed = client.get("/api/v1/notices", headers=headers).json()
    assert [n["id"] for n in listed["items"]] == [notice.id]
    assert client.post(f"/api/v1/notices/{notice.id}/read", headers=headers).json()["read_at"]
    assert client.post(f"/api/v1/notices/{notice.id}/read", headers=call_as(cast.eve)).status_code == 404
    assert client.post("/api/v1/notices/read-all", headers=headers).json() == {"changed": 0}
