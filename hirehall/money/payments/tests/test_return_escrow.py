"""Escrow goes back to the cards it came from."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import settlement
from hirehall.money.payments.actions import escrow
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.models import Charge, Refund
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.jobs import run_jobs
from tests.support.money import UNIT, check_books, make_card, make_escrow

ESCROW = "e" * 26


def give_back(cast, escrow_id, amount, ref="back"):
    return escrow.return_escrow(
        escrow_id=escrow_id, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=amount, unit=UNIT, ref=ref
    )


@pytest.mark.feature("PAY-04")
def test_unspent_escrow_goes_back_to_the_card(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    give_back(cast, escrow_id, 6_000)
    assert escrow_balance(escrow_id, UNIT) == 4_000
    assert ledger.balance("refund", cast.cyd.party_id, UNIT) == 6_000
    run_jobs()
    assert ledger.balance("refund", cast.cyd.party_id, UNIT) == 0
    assert ledger.balance("gateway", "", UNIT) == -4_000
    assert Refund.objects.get().state == "paid"
    assert balances_for(cast.cyd).available == 0
    check_books()


@pytest.mark.feature("PAY-04")
def test_the_newest_charge_is_refunded_first_and_never_more_than_it_was(cast):
    make_card(cast.cyd)
    for n, amount in enumerate((3_000, 5_000)):
        escrow.fund_escrow(
            cast.cyd,
            escrow_id=ESCROW,
            contract_id="c" * 26,
            client_id=cast.cyd.party_id,
            amount=amount,
            unit=UNIT,
            ref=f"fund {n}",
        )
        run_jobs()
    give_back(cast, ESCROW, 6_000)
    run_jobs()
    found = [(c.amount_minor, c.refunded_minor) for c in Charge.objects.order_by("id")]
    assert found == [(3_000, 1_000), (5_000, 5_000)]
    give_back(cast, ESCROW, 2_000, "rest")
    run_jobs()
    assert Charge.objects.order_by("id")[0].refunded_minor == 3_000
    check_books()


def test_twice_with_one_reference_returns_once(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    first = give_back(cast, escrow_id, 4_000)
    assert [r.id for r in give_back(cast, escrow_id, 4_000)] == [r.id for r in first]
    assert escrow_balance(escrow_id, UNIT) == 6_000


def test_more_than_is_there_is_refused(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    with pytest.raises(Refused) as caught:
        give_back(cast, escrow_id, 10_001)
    assert caught.value.code == "ledger:too_little"
    assert not Refund.objects.exists()
    check_books()


@pytest.mark.feature("PAY-04")
def test_what_the_card_does_not_take_back_stays_with_the_client(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    refund = give_back(cast, escrow_id, 10_000)[0]
    settlement.take_news("sandbox", News("evt", "refund", f"refund:{refund.id}", "failed", "card_closed"))
    assert balances_for(cast.cyd).available == 10_000
    settlement.take_news("sandbox", News("evt2", "refund", f"refund:{refund.id}", "paid"))
    assert balances_for(cast.cyd).available == 10_000
    check_books()
