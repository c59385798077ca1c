"""Accounts with their balances, and transfers, which are never changed. sql/guards.sql has the rest of the guards."""

from django.db import models
from django.db.models import F, Q


class Account(models.Model):
    """One pot in one unit. Only `ledger_post` in the database changes its balance."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    owner_id = models.CharField(max_length=26, blank=True, db_collation="C")
    holder_id = models.CharField(max_length=26, blank=True, db_collation="C")
    unit = models.CharField(max_length=8)
    part = models.PositiveSmallIntegerField(default=0)
    floor = models.BigIntegerField(null=True)
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner_id", "unit", "part"], name="account_once"),
            # Lets a transfer's foreign keys carry the unit, so that both sides must have its unit.
            models.UniqueConstraint(fields=["id", "unit"], name="account_unit"),
            models.CheckConstraint(condition=Q(floor=None) | Q(balance__gte=F("floor")), name="account_floor"),
        ]
        indexes = [
            models.Index(fields=["holder_id", "unit"], name="account_holder", condition=~Q(holder_id="")),
            models.Index(fields=["owner_id", "kind"], name="account_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner_id} {self.balance} {self.unit}"


class Transfer(models.Model):
    """A movement: the source loses `amount`, the target gains it. Append-only; a correction is another transfer."""

    id = models.BigAutoField(primary_key=True)
    # The database's own foreign keys are (account, unit), in sql/guards.sql.
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    code = models.CharField(max_length=24)
    ref = models.CharField(max_length=120, db_collation="C")
    memo = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # Not `unique=True`, which brings a second index for prefixes: in this collation the first serves them too.
            models.UniqueConstraint(fields=["ref"], name="transfer_ref"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_sides_differ"),
        ]
        indexes = [
            models.Index(fields=["source", "id"], name="transfer_source"),
            models.Index(fields=["target", "id"], name="transfer_target"),
            models.Index(fields=["at"], name="transfer_at"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount} {self.unit} {self.ref}"
