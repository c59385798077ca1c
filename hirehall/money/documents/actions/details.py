"""How a party stands on its documents; what was issued before keeps what it said."""

from babel import Locale

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.money.documents import rules
from hirehall.money.documents.models import PartyDetails
from hirehall.money.documents.rules import Details
from hirehall.money.payments.actions.powers import check_power
from hirehall.people.accounts.actors import Actor

COUNTRIES = frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha())


@action
def keep_details(actor: Actor, legal_name: str, address: str, country: str, tax_number: str) -> PartyDetails:
    """Keep legal name, address and tax number for all documents from now on."""
    check_power(actor, "withdraw")
    lines = tuple(line.strip() for line in address.splitlines() if line.strip())
    given = Details(legal_name.strip(), lines, country.upper(), rules.clean_tax_number(tax_number))
    refuse(rules.why_not_details(given, COUNTRIES))
    kept, _ = PartyDetails.objects.update_or_create(
        party_id=actor.party_id,
        defaults={
            "legal_name": given.legal_name,
            "address": list(given.address),
            "country": given.country,
            "tax_number": given.tax_number,
            "kept_at": clock.now(),
        },
    )
    events.record("party_details:kept", str(actor.party_id), actor)
    return kept
