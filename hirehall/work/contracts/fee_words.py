"""Fees in words, for every page on which somebody commits to an amount."""

from django.utils.translation import gettext as _

from hirehall.kernel.money import format_money
from hirehall.money.payments import fees
from hirehall.money.payments.causes import percent
from hirehall.money.payments.quoting import FrozenFees
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.pricing import Price


def name_of(fee: fees.Fee) -> str:
    rate = percent(fee.basis_points)
    if fee.code == fees.SERVICE:
        return _("Fee of the market, %(rate)s %%") % {"rate": rate}
    if fee.code == fees.CLIENT:
        return _("Payment fee, %(rate)s %%") % {"rate": rate}
    if fee.code == fees.INITIATION:
        return _("One-time fee of the contract")
    return _("VAT of %(rate)s %% on it") % {"rate": rate}


def lines(price: Price, unit: str) -> list[tuple[str, str]]:
    """An amount from the client's card to the freelancer's balance: what is paid in all, every fee, what arrives."""

    def shown(found: list[fees.Fee]) -> list[tuple[str, str]]:
        return [(name_of(fee), format_money(fee.amount, unit)) for fee in found]

    return [
        *shown(price.client_fees),
        (_("The client pays in all"), format_money(price.charged, unit)),
        *shown(price.earning_fees),
        (_("The freelancer receives"), format_money(price.arrives, unit)),
    ]


def _client_rates(terms: fees.ClientTerms, unit: str) -> list[str]:
    found = []
    if terms.basis_points:
        found.append(_("You pay %(rate)s %% on top of each payment.") % {"rate": percent(terms.basis_points)})
    if terms.initiation_minor:
        found.append(_("With the first payment comes a one-time fee of %(fee)s.") % {"fee": format_money(terms.initiation_minor, unit)})
    if found and terms.vat_basis_points:
        found.append(_("VAT of %(rate)s %% is added to the fees.") % {"rate": percent(terms.vat_basis_points)})
    return found or [_("You pay no fee.")]


def _earning_rates(basis_points: int, vat_basis_points: int) -> list[str]:
    found = [_("A fee of %(rate)s %% leaves what is released.") % {"rate": percent(basis_points)}]
    if vat_basis_points:
        found.append(_("VAT of %(rate)s %% is taken on that fee.") % {"rate": percent(vat_basis_points)})
    return found


def rates(contract: Contract, is_client: bool) -> list[str]:
    """What a reader must know about fees before typing an amount."""
    taken = _earning_rates(contract.fee_basis_points, contract.vat_basis_points)
    return [*taken, *_client_rates(contract.client_terms(), contract.unit)] if is_client else taken


def rates_before(frozen: FrozenFees, unit: str) -> list[str]:
    """The same for a contract that has not started."""
    return [*_earning_rates(frozen.fee.basis_points, frozen.vat.basis_points), *_client_rates(frozen.client, unit)]


def frozen_lines(contract: Contract) -> list[tuple[str, str]]:
    """The fees that a contract was made under, as facts."""
    found = [(_("Fee"), _("%(rate)s %% of earnings") % {"rate": percent(contract.fee_basis_points)})]
    if contract.client_fee_basis_points:
        found.append((_("Payment fee"), _("%(rate)s %% on top") % {"rate": percent(contract.client_fee_basis_points)}))
    if contract.initiation_fee_minor:
        found.append((_("One-time fee"), format_money(contract.initiation_fee_minor, contract.unit)))
    if contract.vat_basis_points or contract.client_vat_basis_points:
        found.append((_("VAT on fees"), f"{percent(contract.vat_basis_points)} % / {percent(contract.client_vat_basis_points)} %"))
    return found
