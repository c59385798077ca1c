"""The index of the PostgreSQL engine: one document per job and per talent, and the words that occur."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


def texts(**options):
    return ArrayField(models.CharField(max_length=80), default=list, **options)


class JobDocument(models.Model):
    """What can be searched and filtered about a job; `open` is false once it takes no proposals."""

    job_id = models.CharField(max_length=26, primary_key=True, db_collation="C")
    client_id = models.CharField(max_length=26, db_collation="C", db_index=True)
    open = models.BooleanField()
    visibility = models.CharField(max_length=12)
    posted_at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    category = models.CharField(max_length=60)
    specialty = models.CharField(max_length=60, blank=True)
    skills = texts()
    level = models.CharField(max_length=20, blank=True)
    length = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=30, blank=True)
    budget_minor = models.BigIntegerField(null=True)
    budget_band = models.CharField(max_length=20, default="")
    rate_low_minor = models.BigIntegerField(null=True)
    rate_high_minor = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8)
    locations = texts()
    country = models.CharField(max_length=2, blank=True)
    verified = models.BooleanField(default=False)
    spent_minor = models.BigIntegerField(default=0)
    hires_band = models.CharField(max_length=20, default="")
    hire_rate = models.IntegerField(null=True)
    paid_minor = models.BigIntegerField(null=True)
    rating = models.IntegerField(null=True)
    client_since = models.DateTimeField(null=True)
    open_jobs = models.IntegerField(default=0)
    local_time = models.CharField(max_length=5, default="")
    proposals_band = models.CharField(max_length=20, default="")
    talking = models.IntegerField(default=0)
    viewed_at = models.DateTimeField(null=True)
    connects = models.IntegerField(default=0)
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="job_words"),
            GinIndex(fields=["skills"], name="job_skills"),
            models.Index(fields=["-posted_at"], condition=models.Q(open=True), name="job_newest"),
            models.Index(fields=["category", "-posted_at"], condition=models.Q(open=True), name="job_category"),
        ]

    def __str__(self) -> str:
        return self.job_id


class TalentDocument(models.Model):
    """What can be searched and filtered about a freelancer or agency."""

    party_id = models.CharField(max_length=26, primary_key=True, db_collation="C")
    visibility = models.CharField(max_length=12)
    categories = texts()
    skills = texts()
    languages = texts()
    badges = texts()
    english = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    hours = models.CharField(max_length=20, blank=True)
    rate_minor = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8)
    score = models.IntegerField(null=True)
    rating = models.IntegerField(null=True)
    earned_minor = models.BigIntegerField(default=0)
    jobs_done = models.IntegerField(default=0)
    last_active_at = models.DateTimeField(null=True)
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="talent_words"),
            GinIndex(fields=["skills"], name="talent_skills"),
            models.Index(fields=["-last_active_at"], name="talent_active"),
        ]

    def __str__(self) -> str:
        return self.party_id


class Word(models.Model):
    """A word that occurs in some document; what was mistyped is compared with these."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_trigrams")]

    def __str__(self) -> str:
        return self.word
