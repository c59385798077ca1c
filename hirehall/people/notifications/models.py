"""Notices, how each person wants to hear of them, their devices, and what waits for the daily digest."""

from django.conf import settings
from django.db import models

from hirehall.kernel.ids import PublicIdField
from hirehall.people.notifications import rules
from hirehall.people.notifications.said import say_again


class Notice(models.Model):
    """One sentence for a party, or with none for all of the staff, with a link to where it can be acted on."""

    id = PublicIdField()
    party = models.ForeignKey("accounts.Party", null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=500, blank=True)
    # The two as said.py keeps them, for readers of other languages; empty for what was written before.
    said = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["party", "-id"], name="notice_list"),
            models.Index(fields=["party"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["-id"], condition=models.Q(party=None), name="notice_staff"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title_now(self) -> str:
        """The title in the language of whoever reads it."""
        return say_again(self.said.get("title"), self.title)

    @property
    def body_now(self) -> str:
        return say_again(self.said.get("body"), self.body)


class Choice(models.Model):
    """How a person wants the mails of one area, and whether their devices show its notices."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=20)
    delivery = models.CharField(max_length=10, default="at_once")
    push = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "area"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.area}: {self.delivery}"


class Device(models.Model):
    """A browser that a person lets show notices, as long as they stay signed in there."""

    id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("usersessions.UserSession", on_delete=models.CASCADE, related_name="+")
    # Where its maker's push service takes messages for it, and the two keys that only it can open them with.
    endpoint = models.CharField(max_length=rules.ENDPOINT_MAX, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="device_list")]

    def __str__(self) -> str:
        return f"device of {self.user_id}"


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
