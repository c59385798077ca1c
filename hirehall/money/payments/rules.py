"""Payments, decided: fees, holds, what a card or an account number must look like, who may withdraw when. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money, share_half_up
from hirehall.money.payments.bank_rules import iban_fits
from hirehall.money.payments.payout_rules import BANK, CARD, WALLET


class _State(StrEnum):
    @classmethod
    def choices_of(cls) -> list[tuple[str, str]]:
        return [(state.value, state.value.replace("_", " ")) for state in cls]


class MethodState(_State):
    VERIFYING = "verifying"
    NEEDS_ACTION = "needs_action"  # the bank wants its customer to confirm
    VERIFIED = "verified"
    FAILED = "failed"
    EXPIRED = "expired"  # it was verified, and its last day is over


class ChargeState(_State):
    ASKED = "asked"
    PROCESSING = "processing"
    NEEDS_ACTION = "needs_action"  # the bank wants the owner of the card to confirm this payment
    SETTLED = "settled"
    FAILED = "failed"


class RefundState(_State):
    ASKED = "asked"
    PAID = "paid"
    FAILED = "failed"


class ChargebackState(_State):
    """A dispute of a charge by the bank of the card's owner; decided for us it is won."""

    OPENED = "opened"
    WON = "won"
    LOST = "lost"


class WithdrawalState(_State):
    ASKED = "asked"
    PROCESSING = "processing"
    HELD = "held"  # a person looks at it first
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"  # arrived, and the bank sent it back
    UNDONE = "undone"  # taken back by its owner before it left
    REFUSED = "refused"  # by staff, after a hold


# What a message of the gateway may change. Whatever is not here came late or twice, and is passed over.
METHOD_MOVES = {
    MethodState.VERIFYING: {MethodState.NEEDS_ACTION, MethodState.VERIFIED, MethodState.FAILED},
    MethodState.NEEDS_ACTION: {MethodState.VERIFIED, MethodState.FAILED},
}
CHARGE_MOVES = {
    ChargeState.ASKED: {
        ChargeState.PROCESSING,
        ChargeState.NEEDS_ACTION,
        ChargeState.SETTLED,
        ChargeState.FAILED,
    },
    ChargeState.PROCESSING: {ChargeState.NEEDS_ACTION, ChargeState.SETTLED, ChargeState.FAILED},
    ChargeState.NEEDS_ACTION: {ChargeState.SETTLED, ChargeState.FAILED},
}
# A charge of which nothing final has been heard.
OPEN_CHARGE = (ChargeState.ASKED, ChargeState.PROCESSING, ChargeState.NEEDS_ACTION)
# A bank can turn a refund back days after it was paid: the account behind the card is closed.
REFUND_MOVES = {
    RefundState.ASKED: {RefundState.PAID, RefundState.FAILED},
    RefundState.PAID: {RefundState.FAILED},
}
CHARGEBACK_MOVES = {ChargebackState.OPENED: {ChargebackState.WON, ChargebackState.LOST}}
WITHDRAWAL_MOVES = {
    WithdrawalState.ASKED: {
        WithdrawalState.PROCESSING, WithdrawalState.PAID, WithdrawalState.FAILED, WithdrawalState.RETURNED,
    },
    WithdrawalState.PROCESSING: {WithdrawalState.PAID, WithdrawalState.FAILED, WithdrawalState.RETURNED},
    WithdrawalState.PAID: {WithdrawalState.RETURNED},
}  # fmt: skip

# Where settled money goes: kind of account, and whether the subject of the charge owns it.
PURPOSES: dict[str, tuple[str, bool]] = {
    "escrow": ("escrow", True),
    "connects": ("sales", False),
    "membership": ("sales", False),
    "debt": ("guarantee", False),
}

PAYOUT_KINDS = (BANK, WALLET, CARD)


@dataclass(frozen=True)
class PaymentsPolicy:
    """The table [payments] of policy.toml."""

    unit: str
    service_fee_basis_points: int
    security_days: int
    charge_floor_minor: int
    charge_ceiling_minor: int
    withdrawal_floor_minor: int
    payout_wait_days: int
    bank_fee_minor: int
    wallet_fee_minor: int
    methods_max: int
    csv_days_max: int

    def withdrawal_fee(self, kind: str) -> int:
        return self.bank_fee_minor if kind == BANK else self.wallet_fee_minor


def service_fee(amount: int, basis_points: int) -> int:
    """The market's share of a release, rounded half up to the minor unit.

    >>> service_fee(10_000, 1_000)
    1000
    """
    return share_half_up(amount, basis_points)


def due_at(released_at: datetime, security_days: int) -> datetime:
    """When a release becomes available: whole days after it."""
    return released_at + timedelta(days=security_days)


def why_not_charge(
    *, amount: int, method_state: str | None, purpose: str, numbers: PaymentsPolicy
) -> Refused | None:
    """The reason why a card cannot be charged; `numbers` are those of the unit of the charge."""
    if purpose not in PURPOSES:
        return Refused("charge:purpose", "There is nothing to pay here.")
    if amount < numbers.charge_floor_minor:
        least = format_money(numbers.charge_floor_minor, numbers.unit)
        return Refused("charge:too_small", "The smallest payment is %(least)s.", values={"least": least}, field="amount")
    if amount > numbers.charge_ceiling_minor:
        most = format_money(numbers.charge_ceiling_minor, numbers.unit)
        return Refused("charge:too_large", "The largest single payment is %(most)s.", values={"most": most}, field="amount")
    if method_state is None:
        return Refused("payment:no_method", "Add a payment method first, so that this can be paid.")
    if method_state != MethodState.VERIFIED:
        return Refused("payment:not_verified", "Your payment method is not verified yet.")
    return None


def why_not_step(amount: int, unit: str, step: int) -> Refused | None:
    """The reason why a payment company cannot charge an amount: some want the last digit of three to be 0."""
    if amount % step:
        nearest = format_money(amount - amount % step + step, unit)
        return Refused("charge:step", "Card payments end in a 0 here; the next possible one is %(nearest)s.", values={"nearest": nearest}, field="amount")
    return None


def why_not_withdraw(
    *, amount: int, available: int, usable_at: datetime, now: datetime, fee: int, numbers: PaymentsPolicy
) -> Refused | None:
    """The reason why money cannot be withdrawn now; `numbers` are those of its unit."""
    if usable_at > now:
        day = f"{usable_at:%d %B %Y, %H:%M} UTC"
        return Refused("withdrawal:method_waits", "This method is new and can be used from %(day)s.", values={"day": day}, field="method")
    if amount < numbers.withdrawal_floor_minor:
        least = format_money(numbers.withdrawal_floor_minor, numbers.unit)
        return Refused("withdrawal:too_small", "The smallest withdrawal is %(least)s.", values={"least": least}, field="amount")
    if amount <= fee:
        return Refused("withdrawal:fee", "The fee of this method would take all of it.", field="amount")
    if amount > available:
        has = format_money(available, numbers.unit)
        return Refused("withdrawal:too_much", "You have %(has)s available now.", values={"has": has}, field="amount", available=available)
    return None


def why_not_give_back(*, amount: int, released: int, from_available: int, available: int, unit: str) -> Refused | None:
    """The reason why released money can't go back: never more than was released, and only what is there."""
    if amount <= 0 or amount > released:
        most = format_money(released, unit)
        return Refused("refund:much", "At most %(most)s of what was released can go back.", values={"most": most}, field="amount")
    if from_available > available:
        needed, has = format_money(from_available, unit), format_money(available, unit)
        return Refused(
            "refund:too_little", "%(needed)s of it has to come from the freelancer's available balance, which holds %(has)s.",
            values={"needed": needed, "has": has}, field="amount", needed=from_available, available=available,
        )  # fmt: skip
    return None


def luhn_fits(number: str) -> bool:
    """The check digit of a card number."""
    total = 0
    for place, figure in enumerate(reversed(number)):
        value = int(figure) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def why_not_card(number: str, expires_on: date, code: str, today: date) -> Refused | None:
    """What is wrong with a card as typed, told at the field it is about."""
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19) or not luhn_fits(number):
        return Refused("card:number", "This is not a card number; check the digits.", field="number")
    if expires_on < today:
        return Refused("card:expired", "This card has expired.", field="expires")
    if not (code.isascii() and code.isdigit() and len(code) in (3, 4)):
        return Refused("card:code", "The security code has three or four digits.", field="code")
    return None


def why_not_holder_name(holder_name: str) -> Refused | None:
    if not 2 <= len(holder_name.strip()) <= 100:
        return Refused("payout:holder", "Type the name in which the account is held.", field="holder_name")
    return None


def why_not_payout_details(kind: str, account: str, holder_name: str) -> Refused | None:
    """What is wrong with a payout method as typed."""
    if kind not in PAYOUT_KINDS:
        return Refused("payout:kind", "Choose a bank account, a card or a wallet.", field="kind")
    if refusal := why_not_holder_name(holder_name):
        return refusal
    if kind == BANK and not iban_fits(account):
        return Refused("payout:iban", "This is not an IBAN; check the letters and digits.", field="account")
    if kind == CARD and not (account.isascii() and account.isdigit() and 12 <= len(account) <= 19 and luhn_fits(account)):
        return Refused("payout:card", "This is not a card number; check the digits.", field="account")
    if kind == WALLET and not ("@" in account[1:-3] and len(account) <= 100):
        return Refused("payout:wallet", "Type the mail address of the wallet.", field="account")
    return None
