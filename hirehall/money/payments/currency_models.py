"""Which currency a party likes, rates between currencies, and the conversions that were offered; others read them in models."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField


class PreferredUnit(models.Model):
    """The currency in which a party begins jobs and offers; without a row that is the market's main one."""

    party = models.OneToOneField("accounts.Party", primary_key=True, on_delete=models.CASCADE, related_name="+")
    unit = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"{self.party_id} in {self.unit}"


class Rate(models.Model):
    """From a moment on, so much of one currency for one whole of another: a ratio of whole numbers. Never changed."""

    id = PublicIdField()
    unit_from = models.CharField(max_length=8)
    unit_to = models.CharField(max_length=8)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    since = models.DateTimeField()
    source = models.CharField(max_length=60)
    by_user_id = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(numerator__gt=0, denominator__gt=0), name="rate_positive"),
            models.CheckConstraint(condition=~Q(unit_from=F("unit_to")), name="rate_of_two_units"),
            models.UniqueConstraint(fields=["unit_from", "unit_to", "since"], name="rate_once"),
        ]

    def __str__(self) -> str:
        return f"1 {self.unit_from} = {self.numerator}/{self.denominator} {self.unit_to}"


class Quote(models.Model):
    """A conversion that was offered: what is given and what comes out stand fixed until it expires or is accepted."""

    id = PublicIdField()
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    unit_from = models.CharField(max_length=8)
    unit_to = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    result_minor = models.BigIntegerField()
    margin_minor = models.BigIntegerField()
    margin_basis_points = models.PositiveIntegerField()
    numerator = models.DecimalField(max_digits=40, decimal_places=0)
    denominator = models.DecimalField(max_digits=40, decimal_places=0)
    policy_version = models.PositiveIntegerField()
    quoted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, result_minor__gt=0, margin_minor__gte=0), name="quote_amounts"
            ),
            models.CheckConstraint(condition=~Q(unit_from=F("unit_to")), name="quote_of_two_units"),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="quote_party")]

    def __str__(self) -> str:
        return f"quote {self.amount_minor} {self.unit_from} to {self.result_minor} {self.unit_to}"
