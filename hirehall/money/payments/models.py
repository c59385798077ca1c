"""Payment methods, charges, refunds and withdrawals; what was earned is in earning_models, rates and quotes
are in currency_models, the sandbox's own tables in gateways/models.

No row holds a card number or a bank account: the gateway keeps them and we keep its token and the last four digits.
"""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments import fees
from hirehall.money.payments.currency_models import PreferredUnit, Quote, Rate
from hirehall.money.payments.debt_models import Chargeback, Debt, DebtTransfer
from hirehall.money.payments.earning_models import GivenBack, Hold, TaxNumber, party_key
from hirehall.money.payments.gateways.models import GatewayRef, SandboxEvent, SandboxObject, SandboxToken
from hirehall.money.payments.payout_models import PayoutSchedule, TaxForm, WithdrawalHold
from hirehall.money.payments.rules import ChargeState, MethodState, RefundState, WithdrawalState

__all__ = [
    "Charge",
    "Chargeback",
    "Debt",
    "DebtTransfer",
    "GatewayRef",
    "GivenBack",
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
    "TaxNumber",
    "WebhookReceipt",
    "Withdrawal",
    "WithdrawalHold",
]


class Method(models.Model):
    """A card that a party pays with."""

    id = PublicIdField()
    party = party_key()
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
    """Money asked of a card. Its result comes later, from the gateway.

    `amount_minor` is all that the card pays; the client's fees are in it, and the rest goes to the purpose.
    """

    id = PublicIdField()
    party = party_key()
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=26, db_collation="C")
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    fee_terms = models.JSONField(default=dict)
    fees_minor = models.BigIntegerField(default=0)
    fees_back_minor = models.BigIntegerField(default=0)
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
            models.CheckConstraint(
                condition=Q(fees_minor__gte=0, fees_minor__lt=F("amount_minor"))
                & Q(fees_back_minor__gte=0, fees_back_minor__lte=F("fees_minor")),
                name="charge_fees_within",
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

    @property
    def goal_minor(self) -> int:
        """What goes to the purpose of the charge: all but the client's fees."""
        return self.amount_minor - self.fees_minor

    @property
    def goal_left_minor(self) -> int:
        """What of it was not given back to the card."""
        return self.goal_minor - self.refunded_minor + self.fees_back_minor

    def fees_of(self, goal: int) -> list[fees.Fee]:
        """The client's fees if only so much went to the purpose."""
        return fees.client_fees(goal, fees.terms_from(self.fee_terms))


class Refund(models.Model):
    """Money on its way back to the card of one charge."""

    id = PublicIdField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    party = party_key()
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


class PayoutMethod(models.Model):
    """Where a party's money can go; usable only some days after it was added, so a thief gains nothing."""

    id = PublicIdField()
    party = party_key()
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
    party = party_key()
    method = models.ForeignKey(PayoutMethod, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    # All that it costs, with the VAT at its rate.
    fee_minor = models.BigIntegerField()
    vat_basis_points = models.PositiveIntegerField(default=0)
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
    def vat_minor(self) -> int:
        """The VAT in the fee."""
        return fees.vat_within(self.fee_minor, self.vat_basis_points)

    @property
    def can_be_undone(self) -> bool:
        return self.state in (WithdrawalState.ASKED, WithdrawalState.HELD) and self.sent_at is None

    @property
    def came_back(self) -> bool:
        return self.state in (WithdrawalState.FAILED, WithdrawalState.RETURNED)


class WebhookReceipt(models.Model):
    """A message of a gateway that was taken in; the same one again does nothing."""

    id = models.CharField(max_length=80, primary_key=True)
    gateway = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
