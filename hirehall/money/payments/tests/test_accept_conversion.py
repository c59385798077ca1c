"""Rates, quotes and conversions: what they move, what is refused, twice, and many at once."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.ledger.models import Transfer
from hirehall.money.ledger.queries import balance, trial_balance
from hirehall.money.payments import rates
from hirehall.money.payments.actions.conversions import accept_conversion, choose_unit, quote_conversion, set_rate
from hirehall.money.payments.conversion import Ratio, read_rate
from hirehall.money.payments.models import Charge, Quote, Rate
from hirehall.money.payments.queries import balances_for, list_balances_for, preferred_unit
from hirehall.money.payments.statement import list_rows_for
from tests.support.at_once import at_once
from tests.support.cast import make_cast
from tests.support.money import check_books, make_earnings, make_escrow, make_rate

pytestmark = pytest.mark.feature("PAY-08")


@pytest.fixture
def rich(cast):
    """Ada has 90.00 USD, and there is a rate."""
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    return cast.ada


def held(actor) -> dict[str, int]:
    return {each.unit: each.available for each in list_balances_for(actor)}


def test_a_conversion_moves_both_units_through_the_markets_own_pots(cast, rich):
    quote = quote_conversion(rich, "USD", "JPY", 5_000)
    assert (quote.amount_minor, quote.result_minor, quote.margin_minor) == (5_000, 7_555, 38)
    assert held(rich) == {"USD": 9_000}, "a quote moves nothing"
    accept_conversion(rich, quote.id)
    assert held(rich) == {"USD": 4_000, "JPY": 7_555}
    assert (balance("exchange", "", "USD"), balance("exchange", "", "JPY")) == (5_000, -7_555)
    assert {books.unit: books.total for books in trial_balance()} == {"CONNECT": 0, "JPY": 0, "USD": 0}
    check_books()


def test_the_statement_says_the_rate_and_the_margin_in_both_units(cast, rich):
    accept_conversion(rich, quote_conversion(rich, "USD", "JPY", 5_000).id)
    out, into = list_rows_for(rich)[0:1][0], list_rows_for(rich, unit="JPY")[0:1][0]
    assert (out.title, out.change, out.balance_after, out.unit) == ("Converted to ¥7,555", -5_000, 4_000, "USD")
    assert (into.title, into.change, into.balance_after, into.unit) == ("Converted from $50.00", 7_555, 7_555, "JPY")
    assert out.why == into.why == "at 1 USD = 151.87 JPY, margin of 0.5 %: ¥38"


def test_without_an_amount_all_is_converted(cast, rich):
    quote = quote_conversion(rich, "USD", "JPY")
    accept_conversion(rich, quote.id)
    assert held(rich)["USD"] == 0
    assert quote.amount_minor == 9_000


def test_the_rate_of_a_quote_stays_whatever_the_market_does(cast, rich):
    quote = quote_conversion(rich, "USD", "JPY", 1_000)
    clock.advance(timedelta(minutes=5))
    make_rate("USD", "JPY", "10")
    accept_conversion(rich, quote.id)
    assert held(rich)["JPY"] == quote.result_minor == 1_511


def test_a_used_or_expired_quote_and_one_of_another_moves_nothing(cast, rich):
    used, late = quote_conversion(rich, "USD", "JPY", 1_000), quote_conversion(rich, "USD", "JPY", 1_000)
    accept_conversion(rich, used.id)
    clock.advance(timedelta(minutes=10))
    before = held(rich)
    for quote, code in [(used, "conversion:used"), (late, "conversion:expired")]:
        with pytest.raises(Refused) as caught:
            accept_conversion(rich, quote.id)
        assert caught.value.code == code
    for stranger in (cast.ben, cast.cyd, cast.sam):
        with pytest.raises(NotFound):
            accept_conversion(stranger, late.id)
        with pytest.raises(NotFound):
            rates.get_quote_for(stranger, late.id)
    assert held(rich) == before
    check_books()


def test_what_was_spent_meanwhile_cannot_be_converted(cast, rich):
    first, second = quote_conversion(rich, "USD", "JPY", 9_000), quote_conversion(rich, "USD", "JPY", 1)
    accept_conversion(rich, first.id)
    with pytest.raises(Refused) as caught:
        accept_conversion(rich, second.id)
    assert caught.value.code == "ledger:too_little"
    second.refresh_from_db()
    assert (second.accepted_at, held(rich)["USD"]) == (None, 0)


@pytest.mark.parametrize(
    ("one", "other", "amount", "code"),
    [
        ("USD", "JPY", 9_001, "conversion:too_much"), ("USD", "JPY", 0, "conversion:nothing"), ("USD", "JPY", -5, "conversion:nothing"),
        ("USD", "USD", 5, "conversion:same_unit"), ("USD", "CHF", 5, "conversion:unit"), ("USD", "GBP", 5, "conversion:no_rate"),
        ("EUR", "USD", 5, "conversion:too_much"), ("USD", "CONNECT", 5, "conversion:unit"), ("CONNECT", "USD", 5, "conversion:too_much"),
    ],
)  # fmt: skip
def test_what_cannot_be_quoted(cast, rich, one, other, amount, code):
    with pytest.raises(Refused) as caught:
        quote_conversion(rich, one, other, amount)
    assert caught.value.code == code
    assert not Quote.objects.exists()


def test_what_would_give_nothing_is_not_taken(cast, rich):
    make_rate("USD", "GBP", "0.5")
    with pytest.raises(Refused) as caught:
        quote_conversion(rich, "USD", "GBP", 1)
    assert (caught.value.code, caught.value.sentence) == ("conversion:too_small", "Less than £0.01 would come out; convert more.")


def test_only_those_who_may_withdraw_may_convert(cast, rich):
    quote = quote_conversion(rich, "USD", "JPY", 1_000)
    for role in ("manager", "member", "viewer"):
        for act in (partial(quote_conversion, unit_from="USD", unit_to="JPY"), partial(accept_conversion, quote_id=quote.id)):
            with pytest.raises(Refused) as caught:
                act(replace(rich, role=role))
            assert caught.value.code == "party:role"


def test_too_many_quotes_are_slowed_down(cast, rich):
    for _ in range(60):
        quote_conversion(rich, "USD", "JPY", 100)
    with pytest.raises(Refused) as caught:
        quote_conversion(rich, "USD", "JPY", 100)
    assert caught.value.code == "pace:too_fast"


def test_rates_work_both_ways_and_by_way_of_the_main_unit(db):
    now = clock.now()
    assert rates.find_ratio("USD", "JPY", now) is None
    make_rate("USD", "JPY", "150")
    make_rate("EUR", "USD", "1.25")
    assert rates.find_ratio("JPY", "USD", now) == Ratio(1, 150)
    assert rates.find_ratio("EUR", "JPY", now) == Ratio(375, 2)
    assert rates.find_ratio("JPY", "EUR", now) == Ratio(2, 375)
    clock.advance(timedelta(days=1))
    make_rate("JPY", "USD", "0.01")
    assert rates.find_ratio("USD", "JPY", clock.now()) == Ratio(100, 1), "the newest of both directions"
    assert rates.find_ratio("USD", "JPY", now) == Ratio(150, 1)
    assert [(row.unit_from, shown) for row, shown in rates.list_rates(clock.now())] == [("EUR", "1.25"), ("JPY", "0.01"), ("USD", "150")]


def test_a_rate_is_set_by_staff_with_its_source_and_never_changed(cast):
    row = set_rate(cast.sam, "USD", "JPY", read_rate("150"), source="Bank of Japan")
    assert set_rate(cast.sam, "USD", "JPY", read_rate("150"), source="Bank of Japan").id == row.id
    for change, code in [
        ({"rate": read_rate("151")}, "rate:since"), ({"source": " "}, "rate:source"), ({"unit_to": "CHF"}, "rate:unit"),
        ({"unit_to": "USD"}, "rate:same_unit"), ({"rate": Ratio(2**70, 1)}, "rate:size"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as caught:
            set_rate(cast.sam, **{"unit_from": "USD", "unit_to": "JPY", "rate": read_rate("150"), "source": "Bank of Japan", **change})
        assert caught.value.code == code
    for other in (cast.ada, cast.cyd):
        with pytest.raises(NotFound):
            set_rate(other, "USD", "JPY", read_rate("1"), source="me")
    assert Rate.objects.count() == 1


def test_a_charge_keeps_the_rate_of_its_moment(cast):
    make_rate("EUR", "USD", "1.25")
    make_escrow(cast.cyd, unit="EUR")
    make_rate("USD", "JPY", "150")
    make_escrow(cast.cyd)
    assert [charge.memo.get("main_rate") for charge in Charge.objects.order_by("id")] == ["5/4", None]
    assert Transfer.objects.get(code="charge", unit="EUR").memo["main_unit"] == "USD"


def test_a_client_chooses_the_unit_in_which_jobs_begin(cast):
    assert preferred_unit(cast.cyd.party_id) == "USD"
    choose_unit(cast.cyd, "JPY")
    choose_unit(cast.cyd, "EUR")
    assert preferred_unit(cast.cyd.party_id) == "EUR"
    with pytest.raises(Refused) as caught:
        choose_unit(cast.cyd, "CHF")
    assert caught.value.code == "unit:unknown"
    with pytest.raises(Refused) as caught:
        choose_unit(replace(cast.cyd, role="viewer"), "USD")
    assert caught.value.code == "party:role"


def test_balances_are_kept_apart_by_unit(cast):
    make_earnings(cast.ada, cast.cyd, 9_000, unit="JPY")
    make_earnings(cast.ada, cast.cyd, 5_000, unit="KWD", wait=False)
    make_escrow(cast.cyd, 700, unit="EUR")
    assert [(each.unit, each.available, each.pending) for each in list_balances_for(cast.ada)] == [("USD", 0, 0), ("JPY", 8_100, 0), ("KWD", 0, 4_500)]
    assert balances_for(cast.ada, "JPY").available == 8_100
    assert balances_for(cast.ada, "EUR").unit == "USD"
    assert [(each.unit, each.escrow) for each in list_balances_for(cast.cyd)] == [("USD", 0), ("EUR", 700), ("JPY", 0), ("KWD", 0)]
    check_books()


UNITS = st.sampled_from(["USD", "JPY", "KWD"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(UNITS, UNITS, st.integers(1, 9_000)), min_size=1, max_size=10))
def test_conversions_lose_nothing(rich, moves):
    """Whatever is converted into whatever: every unit's books stay zero, and nobody gains."""
    with transaction.atomic():
        make_rate("KWD", "USD", "3.2531")
        for one, other, amount in moves:
            with suppress(Refused):
                accept_conversion(rich, quote_conversion(rich, one, other, amount).id)
        pots = {unit: balance("exchange", "", unit) for unit in ("USD", "JPY", "KWD")}
        mine = held(rich)
        assert mine["USD"] + pots["USD"] == 9_000
        assert all(mine.get(unit, 0) + pots[unit] == 0 for unit in ("JPY", "KWD"))
        check_books()
        for unit in ("JPY", "KWD"):
            with suppress(Refused):
                accept_conversion(rich, quote_conversion(rich, unit, "USD").id)
        assert held(rich)["USD"] <= 9_000, "converting there and back never pays"
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_exactly_the_balance():
    cast = make_cast()
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    quotes = [quote_conversion(cast.ada, "USD", "JPY", 1_000) for _ in range(20)]
    outcomes = at_once([partial(accept_conversion, cast.ada, quote.id) for quote in quotes])
    codes = [getattr(one, "code", "done") for one in outcomes]
    assert sorted(codes) == ["done"] * 9 + ["ledger:too_little"] * 11
    assert held(cast.ada) == {"USD": 0, "JPY": 9 * 1_511}
    assert Quote.objects.filter(accepted_at__isnull=False).count() == 9
    check_books()


@pytest.mark.django_db(transaction=True)
def test_one_quote_accepted_by_many_at_once_is_used_once():
    cast = make_cast()
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    quote = quote_conversion(cast.ada, "USD", "JPY", 1_000)
    outcomes = at_once([partial(accept_conversion, cast.ada, quote.id)] * 8)
    assert sorted(getattr(one, "code", "done") for one in outcomes) == ["conversion:used"] * 7 + ["done"]
    assert held(cast.ada) == {"USD": 8_000, "JPY": 1_511}
    check_books()
