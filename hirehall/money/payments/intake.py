"""What a person gives of a card or an account: checked here, handed to the gateway, never kept by us.

Where the payment company has a form of its own, a card is typed there (`begin_card`, `finish_card`) and no card number
may come here at all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.pace import keep_pace
from hirehall.money.payments import bank_rules, method_rules, rules
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.gateways.port import Card, Entry, GatewayDown, Kept, NotOffered
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, PayoutMethod
from hirehall.people.accounts.actors import Actor


def keep_card(number: str, expires_on: date, code: str) -> Kept:
    """Give a card to the gateway; we keep its token, brand and last four digits."""
    refuse(method_rules.why_not_typed_here(gateway().has_own_form))
    number = "".join(number.split()).replace("-", "")
    refuse(rules.why_not_card(number, expires_on, code.strip(), clock.now().date()))
    return gateway().keep_card(Card(number, expires_on, code.strip()))


def begin_card(actor: Actor) -> Entry:
    """Start the entry of a card at the payment company, for a person who may pay."""
    check_power(actor, "pay")
    if not gateway().has_own_form:
        raise Refused("card:typed_here", "Here a card is typed into our own form.")
    keep_pace("cards_an_hour", actor.party_id)
    with _within_reach():
        return gateway().begin_card(str(actor.party_id), actor.name)


def finish_card(actor: Actor, entry_id: str) -> Kept:
    """The card that a person has entered at the payment company."""
    check_power(actor, "pay")
    with _within_reach():
        kept = gateway().finish_card(str(actor.party_id), entry_id)
    if kept is None:
        raise Refused("card:not_entered", "The payment company has no finished card of yours. Type it again.")
    return kept


def ask_owner(charge: Charge) -> Entry | None:
    """What the browser needs to confirm a payment at the bank; None where that is done on our own page."""
    company = gateway(charge.method.gateway)
    if not company.has_own_form:
        return None
    with _within_reach():
        return company.ask_owner(f"charge:{charge.id}")


def details_page(method: PayoutMethod, back: str) -> str:
    """Where the payment company asks the holder of an account who they are; `back` when it does not ask."""
    with _within_reach():
        return gateway(method.gateway).details_page(method.token, back) or back


@contextmanager
def _within_reach() -> Iterator[None]:
    try:
        yield
    except NotOffered as error:
        raise Refused("payout:not_offered", "The payment company here cannot pay to such an account. Choose another one.", field="kind") from error
    except GatewayDown as error:
        raise Refused("payment:gateway_down", "The payment company does not answer. Try again in a minute.") from error


def keep_account(kind: str, account: str, holder_name: str) -> Kept:
    """Give an IBAN, a card or a wallet to the gateway; we keep its token and last four characters."""
    account = account.strip().lower() if kind == rules.WALLET else bank_rules.tidy(account)
    refuse(rules.why_not_payout_details(kind, account, holder_name))
    with _within_reach():
        return gateway().keep_account(kind, account, holder_name.strip())


def keep_local_account(country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
    """Give a bank account that is written in the way of its country to the gateway."""
    given = {part.name: bank_rules.tidy(parts.get(part.name, "")) for part in bank_rules.parts_of(country)}
    refuse(bank_rules.why_not_local(country, given))
    refuse(rules.why_not_holder_name(holder_name))
    with _within_reach():
        return gateway().keep_local_account(country, given, holder_name.strip())
