"""A text that is written once is read in each reader's language, in the page, in mails and by programs."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.utils import translation

from hirehall.kernel.money import Money
from hirehall.people.accounts.models import User
from hirehall.people.notifications import said as saying
from hirehall.people.notifications.actions import choose, notify
from hirehall.people.notifications.models import Notice
from hirehall.people.notifications.said import in_english, kept, said, say_again
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs

HINDI = {
    "%(name)s owes %(amount)s since %(day)s, %(why)s": "%(day)s से %(name)s पर %(amount)s बकाया है, %(why)s",
    "the card expired": "कार्ड की अवधि समाप्त", "It is over at %(due)s.": "यह %(due)s पर समाप्त है।",
}  # fmt: skip


@pytest.fixture
def hindi(monkeypatch):
    """A catalogue that has what these tests say."""
    monkeypatch.setattr(saying, "gettext", lambda text: HINDI.get(text, text) if translation.get_language() == "hi" else text)


def owes() -> saying.Said:
    why = said("the card expired")
    return said("%(name)s owes %(amount)s since %(day)s, %(why)s", name="Cyd", amount=Money(125_050, "JPY"), day=date(2026, 3, 5), why=why)


def tell(actor, key="k"):
    return notify(actor.party_id, "contract.ended", link="/contracts/", key=key, title=owes(), body=said("It is over at %(due)s.", due=datetime(2026, 3, 5, 9, 30, tzinfo=UTC)))


@pytest.mark.feature("MSG-02")
def test_it_is_plain_english_and_can_be_said_again(hindi):
    text = owes()
    assert text == "Cyd owes ¥125,050 since 5 March 2026, the card expired"
    with translation.override("hi"):
        again = say_again(kept(text), text)
    assert again == "5 मार्च 2026 से Cyd पर JP¥1,25,050 बकाया है, कार्ड की अवधि समाप्त"
    with translation.override("bn"):
        assert "the card expired" in say_again(kept(text), text), "what has no translation stays English"
    assert (kept("typed by a person"), say_again(None, "typed by a person")) == (None, "typed by a person")


def test_a_text_without_names_may_hold_any_sign(hindi):
    text = said("100 % of it")
    assert (text, say_again(kept(text), text)) == ("100 % of it", "100 % of it")
    assert in_english(lambda reason: f"because {reason}", "so").pattern == "because so"


@pytest.mark.feature("MSG-02")
@pytest.mark.django_db
def test_each_reader_gets_the_notice_in_their_language(cast, client, hindi):
    User.objects.filter(pk=cast.ada.user_id).update(language="hi")
    tell(cast.ada)
    tell(cast.cyd)
    run_jobs()
    subjects = {m.to[0]: (m.subject, m.body) for m in mail.outbox}
    assert subjects["ada@people.example"][0].startswith("5 मार्च 2026 से Cyd")
    assert "यह 5 मार्च 2026, 09:30 UTC पर समाप्त है।" in subjects["ada@people.example"][1]
    assert subjects["cyd@people.example"][0] == "Cyd owes ¥125,050 since 5 March 2026, the card expired"
    page = browse_as(cast.ada).get("/notices/", headers={"Accept-Language": "hi"}).content.decode()
    assert "¥1,25,050 बकाया है" in page
    assert "Cyd owes" in browse_as(cast.cyd).get("/notices/").content.decode()
    listed = client.get("/api/v1/notices", headers=call_as(cast.cyd)).json()["items"][0]
    assert (listed["title"][:8], listed["body"]) == ("Cyd owes", "It is over at 5 March 2026, 09:30 UTC.")


@pytest.mark.feature("MSG-02")
@pytest.mark.django_db
def test_the_digest_is_in_the_readers_language_and_old_notices_stay(cast, hindi):
    User.objects.filter(pk=cast.ada.user_id).update(language="hi")
    choose(cast.ada, "contract", "daily")
    tell(cast.ada)
    notify(cast.ada.party_id, "contract.ended", link="/contracts/", key="old", title="From before")
    assert Notice.objects.get(title="From before").said == {}
    pass_time(days=1)
    digest = mail.outbox[-1].body
    assert "बकाया है" in digest and "From before" in digest
