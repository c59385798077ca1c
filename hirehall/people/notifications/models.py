"""Notices, what each person chose to be mailed about, and what waits for the daily digest."""

from django.conf import settings
from django.db import models

from hirehall.kernel.ids import PublicIdField


class Notice(models.Model):
    """One sentence for a party, with a link to where it can be acted on."""

    id = PublicIdField()
    party = models.ForeignKey("accounts.Party", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=200)
    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["party", "-id"], name="notice_list"),
            models.Index(fields=["party"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Choice(models.Model):
    """How a person wants the mails of one area."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=20)
    delivery = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "area"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.area}: {self.delivery}"


class DigestLine(models.Model):
    """A notice that waits for a person's next digest, and when it went."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="digest_line_once")]
        indexes = [models.Index(fields=["user"], condition=models.Q(sent_at=None), name="digest_waiting")]

    def __str__(self) -> str:
        return f"digest of {self.user_id}"
