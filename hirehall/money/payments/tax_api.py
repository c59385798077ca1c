"""The VAT number of a party, for programs."""

from ninja import Router, Schema

from hirehall.money.payments.actions.tax_numbers import save_tax_number
from hirehall.money.payments.release_queries import tax_number_of
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class TaxNumberBody(Schema):
    number: str


@router.get("/tax-number", response=TaxNumberBody)
@needs("read")
def read_tax_number(request):
    """The party's VAT number, or nothing."""
    return {"number": tax_number_of(str(request.actor.party_id))}


@router.put("/tax-number", response=TaxNumberBody)
@needs("money")
def put_tax_number(request, given: TaxNumberBody):
    """Keep a VAT number; with an empty one it is taken away. Contracts that start afterwards go by it."""
    return {"number": save_tax_number(request.actor, given.number)}
