"""What freelancers earned, what of it went back, and the VAT numbers of parties."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments import fees


def party_key(**options) -> models.ForeignKey:
    """A column of the party that a row belongs to."""
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", **options)


class Hold(models.Model):
    """Earnings of one release that wait for the security days; kept afterwards as the record of who earned what.

    `returned_*` is what the freelancer gave back of it, and what the market gave back of its fee and the VAT on it.
    """

    id = PublicIdField()
    party = party_key()
    client = party_key()
    contract_id = models.CharField(max_length=26, db_collation="C")
    escrow_id = models.CharField(max_length=26, db_collation="C")
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField(default=0)
    net_minor = models.BigIntegerField()
    fee_basis_points = models.PositiveIntegerField(default=0)
    vat_basis_points = models.PositiveIntegerField(default=0)
    returned_minor = models.BigIntegerField(default=0)
    returned_fee_minor = models.BigIntegerField(default=0)
    returned_vat_minor = models.BigIntegerField(default=0)
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
                condition=Q(gross_minor=F("fee_minor") + F("vat_minor") + F("net_minor")), name="hold_parts_make_gross"
            ),
            models.CheckConstraint(
                condition=Q(fee_minor__gte=0, vat_minor__gte=0, net_minor__gte=0), name="hold_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(returned_minor__gte=0, returned_minor__lte=F("gross_minor"))
                & Q(returned_fee_minor__gte=0, returned_fee_minor__lte=F("fee_minor"))
                & Q(returned_vat_minor__gte=0, returned_vat_minor__lte=F("vat_minor"))
                & Q(returned_minor__gte=F("returned_fee_minor") + F("returned_vat_minor")),
                name="hold_returned_within",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="hold_due", condition=Q(cleared_at=None)),
            models.Index(fields=["party", "-id"], name="hold_party"),
            models.Index(fields=["client"], name="hold_client"),
            models.Index(fields=["contract_id"], name="hold_contract"),
        ]

    def __str__(self) -> str:
        return f"hold {self.net_minor} {self.unit} due {self.due_at:%Y-%m-%d}"

    @property
    def left_minor(self) -> int:
        """What of the release was not given back, before the fee."""
        return self.gross_minor - self.returned_minor

    @property
    def net_left_minor(self) -> int:
        """What of it is the freelancer's."""
        return self.net_minor - self.returned_minor + self.returned_fee_minor + self.returned_vat_minor

    def fees_of(self, gross: int) -> list[fees.Fee]:
        """The fees if only so much had been released."""
        return fees.earning_fees(gross, fees.EarningTerms(self.fee_basis_points, self.vat_basis_points))


class GivenBack(models.Model):
    """Released money that a freelancer gave back; the fee and the VAT are what the market gave back with it.

    What a decision took stands here alone: it came from what was available, not from a hold.
    """

    id = PublicIdField()
    party = party_key()
    client = party_key()
    contract_id = models.CharField(max_length=26, db_collation="C")
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    by_decision = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["contract_id"], name="given_back_contract")]

    def __str__(self) -> str:
        return f"given back {self.amount_minor} {self.unit}"


class TaxNumber(models.Model):
    """The VAT number of a party: with it a business in another country of the union owes the tax itself."""

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=16)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
