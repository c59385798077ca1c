"""The tax form that a party signs before its first withdrawal leaves."""

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.money.payments import payout_queries, payout_rules, seals
from hirehall.money.payments.actions.payouts import send_when_due
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.bank_rules import tidy
from hirehall.money.payments.models import TaxForm
from hirehall.money.payments.payout_rules import TAX_FORM
from hirehall.money.payments.policy import payout_numbers
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.places import countries


@action
def sign_tax_form(actor: Actor, name: str, country: str, number: str, agrees: bool) -> TaxForm:
    """Sign, or sign anew; withdrawals that waited for it leave."""
    check_power(actor, "withdraw")
    now, party_id, number = clock.now(), str(actor.party_id), " ".join(number.upper().split())
    refuse(
        payout_rules.why_not_tax_form(
            name=name,
            verified_name=payout_queries.verified_name(party_id),
            country=country,
            number=number,
            agrees=agrees,
            known=dict(countries()),
        )
    )
    payout_queries.lock_withdrawals_of(party_id)
    TaxForm.objects.filter(party_id=party_id, replaced_at=None).update(replaced_at=now)
    form = TaxForm.objects.create(
        party_id=party_id,
        kind=payout_numbers().tax_form(country),
        name=name.strip(),
        country=country,
        number_sealed=seals.seal(number),
        number_last4=tidy(number)[-4:],
        signed_by_id=actor.user_id,
        signed_at=now,
    )
    events.record("tax_form:signed", form.id, actor, party=party_id, kind=form.kind)
    for withdrawal in payout_queries.lock_unsent(party_id=party_id, waits_for=TAX_FORM):
        withdrawal.waits_for = ""
        withdrawal.save(update_fields=["waits_for"])
        send_when_due(withdrawal)
    return form
