"""Mail: a job deferred in the action's transaction, sent once per key, as plain text and HTML.

A Jinja2 template `<room>/emails/<kind>.txt` holds the subject in its first line and the text below it.
"""

import hashlib
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

import procrastinate
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.models import SentMail


def send_later(key: str, to: str, template: str, language: str = "en", **context: Any) -> None:
    """Queue one mail. `key` names the occasion, so that the same mail never goes out twice."""
    send_mail.defer(key=key[:160], to=to, template=template, language=language, context=context)


@jobs.task(
    name="mail.send",
    retry=procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4),
    queue="mail",
)
def send_mail(key: str, to: str, template: str, language: str, context: dict[str, Any]) -> None:
    """Render and send; the row and the sending stand or fall together."""
    with translation.override(language):
        given = {**context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
        text = render_to_string(template, given, using="jinja2")
        subject, _, body = text.strip().partition("\n")
        html = render_to_string("emails/frame.html", {"body": body.strip(), "subject": subject}, using="jinja2")
    with transaction.atomic():
        if insert_new(SentMail(key=key, to=to, subject=subject[:250], sent_at=clock.now())):
            sender = formataddr((settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL))
            # Cut between the mail server's yes and our commit, it goes out again: under the same id, by which mail
            # programs show it once.
            number = hashlib.sha256(key.encode()).hexdigest()[:32]
            headers = {"Message-ID": f"<{number}@{urlsplit(settings.SITE_URL).hostname}>"}
            mail = EmailMultiAlternatives(subject, body.strip(), sender, [to], headers=headers)
            mail.attach_alternative(html, "text/html")
            mail.send()
