"""The kernel's tables: what happened, which reactions ran, files, mails, form keys and policy versions."""

from django.db import models

from hirehall.kernel.ids import PublicIdField


class Event(models.Model):
    """A fact, written in the transaction that made it true: audit trail and outbox in one."""

    id = PublicIdField()
    name = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40, db_collation="C")
    user_id = models.BigIntegerField(null=True)
    party_id = models.CharField(max_length=26, null=True, db_collation="C")
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_id}"


class Delivery(models.Model):
    """One row per event and reaction that has run; the unique pair makes a second run do nothing."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    reaction = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.reaction} <- {self.event_id}"


class SentMail(models.Model):
    """A mail that was handed to the mail server, by its key, so that no retry sends it again."""

    key = models.CharField(max_length=160, primary_key=True)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class StoredFile(models.Model):
    """A file in the storage: who owns it, what it really is by its content, and what it is for."""

    id = PublicIdField()
    owner_party_id = models.CharField(max_length=26, db_collation="C", db_index=True)
    purpose = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=26, blank=True, db_collation="C", db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Once(models.Model):
    """The key of a form or an API write that was carried out, and its outcome, for whoever repeats it."""

    key = models.CharField(max_length=80, primary_key=True)
    user_id = models.BigIntegerField(null=True)
    location = models.CharField(max_length=500, blank=True)
    content = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Pace(models.Model):
    """How often a party did something since a moment; counted anew when that is long enough ago."""

    key = models.CharField(max_length=80, primary_key=True)
    opened_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key


class PolicyVersion(models.Model):
    """The full text of each policy that was ever in force; contracts name the version they keep."""

    version = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"policy {self.version}"
