"""Jobs, who saved them, and what is told in public about their clients."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.market.jobs import rules


def _choices(kind) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class Job(models.Model):
    """One post. Counts of its activity are kept by the actions of the rooms that cause them."""

    id = PublicIdField()
    client = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=120)
    description = models.TextField()
    category = models.CharField(max_length=60)
    specialty = models.CharField(max_length=60, blank=True)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    kind = models.CharField(max_length=8, choices=_choices(rules.Kind))
    budget_minor = models.BigIntegerField(null=True)
    rate_low_minor = models.BigIntegerField(null=True)
    rate_high_minor = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8)
    level = models.CharField(max_length=14, choices=_choices(rules.Level))
    length = models.CharField(max_length=14, blank=True)
    hours = models.CharField(max_length=10, blank=True)
    questions = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    visibility = models.CharField(max_length=8, choices=_choices(rules.Visibility))
    locations = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    state = models.CharField(max_length=8, choices=_choices(rules.State))
    close_reason = models.CharField(max_length=16, blank=True)
    connects_price = models.PositiveIntegerField(default=0)
    price_steps = models.JSONField(default=list)
    policy_version = models.PositiveIntegerField(default=1)
    source_key = models.CharField(max_length=80, null=True, unique=True)
    drafted_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    viewed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    proposals = models.PositiveIntegerField(default=0)
    talking = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    invited_open = models.PositiveIntegerField(default=0)
    hires = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="fixed", budget_minor__gt=0)
                | Q(kind="hourly", rate_low_minor__gt=0, rate_high_minor__gte=models.F("rate_low_minor"))
                | Q(state="draft"),
                name="job_price",
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(posted_at__isnull=False), name="job_posted"),
        ]
        indexes = [
            models.Index(fields=["client", "-id"], name="job_mine"),
            models.Index(fields=["-posted_at"], condition=Q(state="open"), name="job_open"),
            models.Index(fields=["expires_at"], condition=Q(state__in=["open", "paused"]), name="job_due"),
            models.Index(fields=["category", "posted_at"], name="job_demand"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def proposals_band(self) -> str:
        return rules.band(self.proposals)

    @property
    def is_open(self) -> bool:
        return self.state == rules.State.OPEN


class SavedJob(models.Model):
    """A freelancer's mark on a job, with a private note and perhaps a reminder."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("accounts.Party", on_delete=models.CASCADE, related_name="+")
    note = models.TextField(blank=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "party"], name="saved_job_once")]
        indexes = [
            models.Index(fields=["party", "-saved_at"], name="saved_job_list"),
            models.Index(fields=["remind_at"], condition=Q(reminded_at=None), name="saved_job_due"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} saved {self.job_id}"


class ClientRecord(models.Model):
    """What is told about a client on every post (JOB-04), fed by reactions to what higher rooms report."""

    party = models.OneToOneField("accounts.Party", primary_key=True, on_delete=models.CASCADE, related_name="+")
    posted = models.PositiveIntegerField(default=0)
    jobs_with_hire = models.PositiveIntegerField(default=0)
    hires = models.PositiveIntegerField(default=0)
    running = models.PositiveIntegerField(default=0)
    spent_minor = models.BigIntegerField(default=0)
    hourly_minor = models.BigIntegerField(default=0)
    hourly_minutes = models.BigIntegerField(default=0)
    ratings = models.PositiveIntegerField(default=0)
    stars_total = models.BigIntegerField(default=0)
    verified = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"record of {self.party_id}"
