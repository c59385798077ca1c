"""Lots of Connects, what was spent from which lot, and purchases. Their sums always equal the ledger's balance."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField


def _party() -> models.ForeignKey:
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")


class Lot(models.Model):
    """Connects that came together and expire together."""

    id = PublicIdField()
    party = _party()
    amount = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    reason = models.CharField(max_length=24)
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="lot_amount_positive"),
            models.CheckConstraint(condition=Q(left__lte=F("amount")), name="lot_left_within"),
        ]
        indexes = [models.Index(fields=["party", "expires_at", "id"], name="lot_oldest", condition=Q(left__gt=0))]

    def __str__(self) -> str:
        return f"{self.left} of {self.amount} until {self.expires_at:%Y-%m-%d}"


class Spending(models.Model):
    """Connects spent on one thing."""

    id = PublicIdField()
    party = _party()
    user_id = models.BigIntegerField(null=True)
    amount = models.PositiveIntegerField()
    reason = models.CharField(max_length=24)
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    memo = models.JSONField(default=dict)
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_ref = models.CharField(max_length=100, blank=True, db_collation="C")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="spending_amount_positive")]
        indexes = [models.Index(fields=["party", "-id"], name="spending_party")]

    def __str__(self) -> str:
        return f"{self.amount} for {self.ref}"


class Draw(models.Model):
    """What one spending took from one lot, so that a return can give it back there."""

    id = models.BigAutoField(primary_key=True)
    spending = models.ForeignKey(Spending, on_delete=models.PROTECT, related_name="draws")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["spending", "lot"], name="draw_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="draw_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} from {self.lot_id}"


class Purchase(models.Model):
    """A bundle that somebody buys; the Connects come when the card's charge is settled."""

    id = PublicIdField()
    party = _party()
    connects = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default="asked")
    reason = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["party", "-id"], name="purchase_party")]

    def __str__(self) -> str:
        return f"{self.connects} Connects, {self.state}"


class PlanGrant(models.Model):
    """A party whose paid plan brings its own Connects; those of the free plan wait meanwhile."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="+", primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d}"
