"""What the staff is told: once, to all of them and nobody else, in the page at once and by mail as the policy says."""

from dataclasses import replace

import pytest
from django.core import mail

from hirehall.kernel import policy
from hirehall.kernel.errors import NotFound
from hirehall.people.notifications.actions import choose, mark_all_read, mark_read, notify_staff
from hirehall.people.notifications.policy import NotificationsPolicy, numbers
from hirehall.people.notifications.queries import count_unread_notices, list_notices_for, list_staff_notices_for
from tests.support.books import make_colleague
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.feature("MSG-02")]


def tell(key="k1"):
    return notify_staff("dispute_opened", link="/staff/", key=key, title="A dispute was opened")


def test_all_of_the_staff_read_it_and_nobody_else(cast):
    tess, notice = make_colleague(), tell()
    assert tell() is None
    for one in (cast.sam, tess):
        assert next(each.title for each in list_notices_for(one)) == "A dispute was opened"
        assert count_unread_notices(one) >= 1
    for other in (cast.ada, cast.cyd):
        assert notice not in list_notices_for(other)
        assert list(list_staff_notices_for(other)) == []
        with pytest.raises(NotFound):
            mark_read(other, notice.id)
        assert browse_as(other).get(f"/notices/{notice.id}/").status_code == 404


def test_one_of_them_follows_it_and_it_is_read_for_all(cast):
    tess, notice = make_colleague(), tell()
    mark_all_read(tess)
    assert count_unread_notices(cast.sam) == 1, "marking all as read leaves what waits for the staff"
    assert browse_as(tess).get(f"/notices/{notice.id}/")["Location"] == "/staff/"
    assert count_unread_notices(cast.sam) == 0


def test_it_is_mailed_in_the_daily_digest_or_as_each_chose(cast):
    tess = make_colleague()
    choose(tess, "staff", "at_once")
    tell()
    run_jobs()
    assert [m.to for m in mail.outbox if m.subject == "A dispute was opened"] == [["tess@people.example"]]
    pass_time(days=1)
    digests = [m for m in mail.outbox if "happened in your market" in m.subject]
    assert [m.to for m in digests if "A dispute was opened" in m.body] == [["sam@people.example"]]


@pytest.mark.parametrize(("delivery", "mails"), [("at_once", 1), ("never", 0)])
def test_the_policy_says_how_when_nobody_chose(cast, monkeypatch, delivery, mails):
    monkeypatch.setitem(policy._current, NotificationsPolicy, replace(numbers(), staff_delivery=delivery))
    tell()
    pass_time(days=1)
    assert len([m for m in mail.outbox if "A dispute was opened" in m.subject + m.body]) == mails
    with pytest.raises(ValueError, match="at_once, daily or never"):
        replace(numbers(), staff_delivery="hourly")


def test_only_the_staff_chooses_and_reads_it(cast, client):
    tell()
    assert 'name="staff"' in browse_as(cast.sam).get("/notices/settings/").content.decode()
    assert 'name="staff"' not in browse_as(cast.ada).get("/notices/settings/").content.decode()
    listed = client.get("/api/v1/notices/staff", headers=call_as(cast.sam)).json()
    assert [one["kind"] for one in listed["items"]] == ["staff.dispute_opened"]
    assert client.get("/api/v1/notices/staff", headers=call_as(cast.ada)).status_code == 404
    areas = {who: {one["area"] for one in client.get("/api/v1/notices/choices", headers=call_as(who)).json()} for who in (cast.sam, cast.ada)}
    assert ("staff" in areas[cast.sam], "staff" in areas[cast.ada]) == (True, False)
