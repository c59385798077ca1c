"""Mail goes out once per key; where that can't be known, both copies carry one id."""

import pytest
from django.core import mail
from django.db import transaction

from hirehall.kernel.mail import send_mail

LETTER = ("ada@example.org", "notifications/emails/notice.txt", "en", {"title": "News", "text": "It works.", "link": "/", "name": "Ada"})


@pytest.mark.django_db
def test_the_same_key_is_sent_once():
    send_mail("notice:1", *LETTER)
    send_mail("notice:1", *LETTER)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_process_cut_before_its_commit_sends_again_under_the_same_id():
    with transaction.atomic():
        send_mail("notice:1", *LETTER)
        transaction.set_rollback(True)
    send_mail("notice:1", *LETTER)
    send_mail("notice:2", *LETTER)
    first, again, other = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == again != other
    assert first.startswith("<")
