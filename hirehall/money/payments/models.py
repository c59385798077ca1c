"""Payment methods, charges, refunds, holds and withdrawals; the sandbox's own tables are in gateways/models.

No row holds a card number or a bank account: the gateway keeps them and we keep its token and the last four digits.
"""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments.gateways.models import GatewayRef, SandboxEvent, SandboxObject, SandboxToken
from hirehall.money.payments.payout_models import PayoutSchedule, TaxForm, WithdrawalHold
from hirehall.money.payments.rules import ChargebackState, ChargeState, MethodState, RefundState, WithdrawalState

__all__ = [
    "Charge",
    "Chargeback",
    "GatewayRef",
    "Hold",
    "Method",
    "PayoutMethod",
    "PayoutSchedule",
    "PreferredUnit",
    "Quote",
    "Rate",
    "Refund",
    "SandboxEvent",
    "SandboxObject",
    "SandboxToken",
    "TaxForm",
    "WebhookReceipt",
    "Withdrawal",
    "WithdrawalHold",
]


def _party(**options) -> models.ForeignKey:
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", **options)


class Method(models.Model):
    """A card that a party pays with."""

    id = PublicIdField()
    party = _party()
    gateway = models.CharField(max_length=16)
    token = models.CharField(max_length=255, unique=True)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    expires_on = models.DateField()
    state = models.CharField(max_length=14, choices=MethodState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    is_default = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    # The card whose place it takes once it is verified.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # How many days before its end its owner was last told; null when not yet.
    told_days = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_on"], name="method_ending", condition=Q(removed_at=None, state="verified")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(is_default=True, removed_at=None), name="method_one_default"
            )
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.last4}"


class Charge(models.Model):
    """Money asked of a card. Its result comes later, from the gateway."""

    id = PublicIdField()
    party = _party()
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=26, db_collation="C")
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=8)
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    memo = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ChargeState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="charge_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0) & Q(refunded_minor__lte=F("amount_minor")),
                name="charge_refunded_within",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="charge_open", condition=Q(state__in=("asked", "processing", "needs_action"))
            ),
            models.Index(fields=["method"], name="charge_method"),
            models.Index(fields=["purpose", "subject_id"], name="charge_subject"),
            models.Index(fields=["party", "-id"], name="charge_party"),
        ]

    def __str__(self) -> str:
        return f"charge {self.amount_minor} {self.unit} {self.state}"


class Chargeback(models.Model):
    """A charge that the bank of the card's owner disputes; `ref` is the company's own name of the dispute."""

    id = PublicIdField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="chargebacks")
    party = _party()
    ref = models.CharField(max_length=255, unique=True, db_collation="C")
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=ChargebackState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"chargeback {self.amount_minor} {self.unit} {self.state}"


class Refund(models.Model):
    """Money on its way back to the card of one charge."""

    id = PublicIdField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    party = _party()
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    ref = models.CharField(max_length=120, unique=True, db_collation="C")
    memo = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=RefundState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_amount_positive")]

    def __str__(self) -> str:
        return f"refund {self.amount_minor} {self.unit} {self.state}"


class Hold(models.Model):
    """Earnings of one release that wait for the security days; kept afterwards as the record of who earned what."""

    id = PublicIdField()
    party = _party()
    client = _party()
    contract_id = models.CharField(max_length=26, db_collation="C")
    escrow_id = models.CharField(max_length=26, db_collation="C")
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    memo = models.JSONField(default=dict)
    policy_version = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gross_minor=F("fee_minor") + F("net_minor")), name="hold_net_and_fee_make_gross"
            ),
            models.CheckConstraint(condition=Q(fee_minor__gte=0, net_minor__gte=0), name="hold_not_negative"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="hold_due", condition=Q(cleared_at=None)),
            models.Index(fields=["party", "-id"], name="hold_party"),
            models.Index(fields=["client"], name="hold_client"),
        ]

    def __str__(self) -> str:
        return f"hold {self.net_minor} {self.unit} due {self.due_at:%Y-%m-%d}"


class PayoutMethod(models.Model):
    """Where a party's money can go; usable only some days after it was added, so a thief gains nothing."""

    id = PublicIdField()
    party = _party()
    gateway = models.CharField(max_length=16)
    kind = models.CharField(max_length=10)
    token = models.CharField(max_length=80, unique=True)
    holder_name = models.CharField(max_length=100)
    label = models.CharField(max_length=40)
    last4 = models.CharField(max_length=4)
    added_at = models.DateTimeField()
    usable_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.label} {self.last4}"


class Withdrawal(models.Model):
    """Money on its way to a party's payout method."""

    id = PublicIdField()
    party = _party()
    method = models.ForeignKey(PayoutMethod, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=WithdrawalState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # It leaves at send_at unless it waits for something; from sent_at on nobody can take it back.
    send_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    waits_for = models.CharField(max_length=20, blank=True)
    schedule = models.ForeignKey("payments.PayoutSchedule", null=True, on_delete=models.SET_NULL, related_name="+")
    retry_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="retried_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=F("fee_minor")) & Q(fee_minor__gte=0), name="withdrawal_more_than_its_fee"
            )
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="withdrawal_party"),
            models.Index(fields=["method", "-id"], name="withdrawal_method"),
            models.Index(fields=["id"], name="withdrawal_unsent", condition=Q(state__in=("asked", "held"), sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"withdrawal {self.amount_minor} {self.unit} {self.state}"

    @property
    def net_minor(self) -> int:
        return self.amount_minor - self.fee_minor

    @property
    def can_be_undone(self) -> bool:
        return self.state in (WithdrawalState.ASKED, WithdrawalState.HELD) and self.sent_at is None

    @property
    def came_back(self) -> bool:
        return self.state in (WithdrawalState.FAILED, WithdrawalState.RETURNED)


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
    party = _party()
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


class WebhookReceipt(models.Model):
    """A message of a gateway that was taken in; the same one again does nothing."""

    id = models.CharField(max_length=80, primary_key=True)
    gateway = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
