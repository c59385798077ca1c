"""The VAT number of a party; contracts that start afterwards go by it."""

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.money.payments import fees
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.models import TaxNumber
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party


@action
def save_tax_number(actor: Actor, number: str) -> str:
    """Keep a party's VAT number, or with nothing take it away. Running contracts keep the VAT they were made under."""
    check_power(actor, "pay" if actor.is_client else "withdraw")
    cleaned = "".join(number.split()).upper().replace("-", "").replace(".", "")
    if not cleaned:
        TaxNumber.objects.filter(pk=actor.party_id).delete()
    else:
        refuse(fees.why_not_tax_number(cleaned, get_party(str(actor.party_id)).country))
        TaxNumber.objects.update_or_create(pk=actor.party_id, defaults={"number": cleaned, "saved_at": clock.now()})
    events.record("tax_number:saved", str(actor.party_id), actor, party=actor.party_id, given=bool(cleaned))
    return cleaned
