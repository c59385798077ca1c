"""Documents and certificates, which never change; the counters of their numbers; how a party stands on them.

sql/guards.sql has the database's part: what was issued is neither changed nor deleted.
"""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.documents.rules import CODE_LENGTH, Kind


def _party(**options) -> models.ForeignKey:
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", **options)


class Counter(models.Model):
    """The last number that an issuer gave in a year. Locked until the document that got it is written, or not."""

    issuer = models.CharField(max_length=26, db_collation="C", blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.issuer or 'market'} {self.year}: {self.last}"


class Document(models.Model):
    """Something that was issued, with everything that it says frozen as facts."""

    id = PublicIdField()
    kind = models.CharField(max_length=12, choices=Kind.choices_of())
    issuer = models.CharField(max_length=26, db_collation="C", blank=True)  # a party's id; empty for the market
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    recipient = _party()
    unit = models.CharField(max_length=8)
    total_minor = models.BigIntegerField()
    cause = models.CharField(max_length=120, unique=True, db_collation="C")
    facts = models.JSONField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="document_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_positive"),
            models.CheckConstraint(condition=Q(total_minor__gt=0), name="document_total_positive"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="document_recipient"),
            models.Index(fields=["issuer", "-id"], name="document_issuer", condition=~Q(issuer="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class PartyDetails(models.Model):
    """How a party stands on its documents: legal name, address, tax number."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, primary_key=True, related_name="+")
    legal_name = models.CharField(max_length=100)
    address = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True)
    tax_number = models.CharField(max_length=20, blank=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.legal_name


class Certificate(models.Model):
    """What a party earned in a period, confirmed to whoever has the paper with its code."""

    id = PublicIdField()
    party = _party()
    code = models.CharField(max_length=CODE_LENGTH, unique=True, db_collation="C")
    since = models.DateField()
    until = models.DateField()
    facts = models.JSONField()
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["party", "-id"], name="certificate_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.since} to {self.until}"
