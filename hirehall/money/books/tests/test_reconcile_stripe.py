"""The nightly comparison with Stripe's list, by the real client against the real localstripe: each difference is planted there."""

import pytest

from hirehall.money.books import queries, tasks
from hirehall.money.books.models import Finding
from hirehall.money.payments.actions import escrow
from hirehall.money.payments.gateways.models import GatewayRef
from hirehall.money.payments.models import Charge, Refund
from hirehall.people.notifications.queries import list_staff_notices_for
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-09", "PAY-03")]
ESCROW = "e" * 26


@pytest.fixture
def paid(cast, joined):
    """Cyd has paid 50.00 in, and 20.00 of it went back to the card."""
    joined.ask("/_config/data", method="DELETE")
    joined.add_card(cast.cyd)
    about = {"escrow_id": ESCROW, "contract_id": "c" * 26, "client_id": cast.cyd.party_id, "unit": UNIT}
    escrow.fund_escrow(cast.cyd, **about, amount=5_000, ref="fund")
    run_jobs()
    escrow.return_escrow(**about, amount=2_000, ref="back")
    run_jobs()
    pass_time(hours=8)
    return joined


def said() -> list[str]:
    """What a comparison says now."""
    tasks.compare_with("stripe")
    return list(Finding.objects.filter(check_name="gateway stripe", state="open").order_by("id").values_list("sentence", flat=True))


def intent() -> str:
    """Where Stripe keeps the payment."""
    return f"/v1/payment_intents/{GatewayRef.objects.get(key=f'charge:{Charge.objects.get().id}').ref}"


def test_when_both_agree_nothing_is_found(paid):
    assert said() == []
    assert queries.last_runs()["gateway stripe"].compared == 2


def test_missing_there_and_missing_here(paid, cast):
    key = f"charge:{Charge.objects.get().id}"
    paid.ask(intent(), {"metadata": {"hirehall_key": "charge:unheardof"}})
    assert said() == [
        "stripe has charge:unheardof of $50.00 (settled); we have no such row.",
        f"We asked for {key} of $50.00 (settled); stripe does not know it.",
    ]
    told = [notice.title for notice in list_staff_notices_for(cast.sam) if "stripe" in notice.title]
    assert told == ["The checks of the books found new differences (gateway stripe): 2"]
    pass_time(minutes=1)
    paid.ask(intent(), {"metadata": {"hirehall_key": key}})
    assert said() == []
    assert set(Finding.objects.filter(check_name="gateway stripe").values_list("state", flat=True)) == {"cleared"}


def test_a_changed_amount(paid):
    charge, refund = Charge.objects.get(), Refund.objects.get()
    paid.ask(intent(), {"amount": 5_001})
    assert said() == [f"charge:{charge.id} is $50.00 here and $50.01 at stripe."]
    pass_time(minutes=1)
    paid.ask(intent(), {"amount": 5_000})
    paid.ask(f"/v1/refunds/{GatewayRef.objects.get(key=f'refund:{refund.id}').ref}", {"amount": 1_999})
    assert said() == [f"refund:{refund.id} is $20.00 here and $19.99 at stripe."]


def test_doubled(paid):
    key = f"charge:{Charge.objects.get().id}"
    first = paid.ask(intent())
    wanted = {"amount": 5_000, "currency": "usd", "customer": first["customer"], "payment_method": first["payment_method"]}
    paid.ask("/v1/payment_intents", {**wanted, "metadata": {"hirehall_key": key}, "confirm": True})
    assert said() == [f"stripe has {key} 2 times, $100.00 together."]


def test_a_payment_that_never_was(paid):
    paid.ask(intent(), method="DELETE")
    assert said() == [f"We asked for charge:{Charge.objects.get().id} of $50.00 (settled); stripe does not know it."]
