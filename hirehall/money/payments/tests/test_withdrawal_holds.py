"""A withdrawal that looks like theft: held with its reason, answered, decided by a person, or let go in time."""

from dataclasses import replace

import pytest
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.payments import payout_queries
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.withdrawal_holds import (
    appeal_hold,
    decide_hold,
    hold_withdrawal,
    release_hold_in_time,
    release_overdue_holds,
)  # fmt: skip
from hirehall.money.payments.actions.withdrawals import take_back_withdrawal
from hirehall.money.payments.hold_rules import read_inputs
from hirehall.money.payments.hold_words import hold_words
from hirehall.money.payments.models import WithdrawalHold
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actions import note_password_change
from hirehall.people.notifications.queries import list_notices_for
from tests.support.at_once import at_once
from tests.support.cast import browse_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books, make_earnings, make_payout_method

WHY = "The account looks like one that we know from thieves."
ANSWER = "I bought a new phone and a new bank account with it."


@pytest.fixture
def held(cast):
    """Ada's first large withdrawal to an account that is three days old; a small one before it proves nothing."""
    make_earnings(cast.ada, cast.cyd, 250_000)
    method = make_payout_method(cast.ada)
    payouts.withdraw(cast.ada, method.id, 500)
    run_jobs()
    pass_time(minutes=1)
    withdrawal = payouts.withdraw(cast.ada, method.id, 200_000)
    run_jobs()
    return withdrawal


def refused(code: str, run) -> None:
    with pytest.raises(Refused) as caught:
        run()
    assert caught.value.code == code


@pytest.mark.feature("PAY-05")
def test_it_is_held_with_rule_inputs_and_reason_and_its_owner_reads_them(cast, held):
    hold = held.hold
    assert (held.state, hold.rule, hold.outcome) == ("held", "large_after_change", "open")
    assert hold.inputs["limit_minor"] == 200_000
    assert hold.inputs["changed"] == "account for withdrawals"
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (24_500, 200_000)
    told = list_notices_for(cast.ada)[0]
    assert "looked at by a person" in told.title
    assert hold.reason in told.body
    for_staff = list_notices_for(cast.sam)[0]
    assert "Ada Obi is held and waits for your decision" in for_staff.title and hold.reason not in for_staff.body
    check_books()


@pytest.mark.feature("PAY-05")
def test_many_small_ones_count_as_the_large_one_that_they_are(cast):
    make_earnings(cast.ada, cast.cyd, 600_000)
    method = make_payout_method(cast.ada)
    pass_time(days=20)
    note_password_change(cast.ada.user_id)
    pass_time(minutes=1)
    asked = [payouts.withdraw(cast.ada, method.id, 60_000) for _ in range(4)]
    run_jobs()
    assert [each.state for each in asked] == ["asked", "asked", "asked", "held"]
    hold = asked[-1].hold
    assert hold.reason.startswith("$600.00 after $1,800.00, together $2,400.00, is a large amount, and your password")
    # What was taken back does not count, and neither does what is held already.
    again = payouts.withdraw(cast.ada, method.id, 500)
    assert again.state == "asked"


@pytest.mark.feature("PAY-05")
def test_each_fact_that_led_to_a_hold_is_a_sentence(cast, held):
    words = hold_words(held.hold.rule, held.hold.looked_at)
    assert words[0] == "The withdrawal is of $2,000.00; with $5.00 that left shortly before it makes $2,005.00."
    assert words[1].startswith("The account it goes to was added on 15 March 2026")
    assert words[1].endswith("less than 7 days before.")
    assert words[2:] == ["A person looks at it from $2,000.00 on."]
    note_password_change(cast.ada.user_id)
    pass_time(minutes=1)
    take_back_withdrawal(cast.ada, held.id)
    second = payouts.withdraw(cast.ada, held.method_id, 200_000).hold
    assert any(each.startswith("Your password was changed on") for each in hold_words(second.rule, second.looked_at))
    facts = read_inputs({
        "amount_minor": 100_000, "unit": "USD", "limit_minor": 100_000, "days": 14,
        "opened_at": clock.now().isoformat(), "method_added_at": clock.now().isoformat(),
    })  # fmt: skip
    words = hold_words("new_account_takes_all", facts)
    assert (len(words), words[1]) == (5, "It is all that is available.")
    assert "counts as new for 14 days" in words[2]
    assert hold_words("by_staff", read_inputs({"amount_minor": 900, "unit": "USD"})) == ["The withdrawal is of $9.00."]
    browser = browse_as(cast.ada)
    page = browser.get(reverse("payments:withdrawal", args=[held.id])).content.decode()
    assert "What led to it" in page
    assert "with $5.00 that left shortly before" in page


@pytest.mark.feature("PAY-05")
def test_a_changed_password_holds_and_an_old_one_does_not(cast):
    make_earnings(cast.ada, cast.cyd, 600_000)
    method = make_payout_method(cast.ada)
    pass_time(days=20)
    assert payouts.withdraw(cast.ada, method.id, 200_000).state == "asked"
    run_jobs()
    note_password_change(cast.ada.user_id)
    pass_time(minutes=1)
    second = payouts.withdraw(cast.ada, method.id, 200_000)
    assert (second.state, second.hold.inputs["changed"]) == ("held", "password")


@pytest.mark.feature("PAY-05")
def test_the_owner_answers_and_staff_sees_that_first_and_lets_it_go(cast):
    for actor in (cast.ada, cast.ben):
        make_earnings(actor, cast.cyd, 250_000)
    accounts = [make_payout_method(actor, wait=False) for actor in (cast.ada, cast.ben)]
    pass_time(days=3)
    held, other = (payouts.withdraw(a, m.id, 200_000) for a, m in zip((cast.ada, cast.ben), accounts, strict=True))
    assert [h.withdrawal_id for h in payout_queries.list_open_holds()] == [held.id, other.id]
    second = WithdrawalHold.objects.get(withdrawal=other)
    appeal_hold(cast.ben, other.id, ANSWER)
    appeal_hold(cast.ben, other.id, ANSWER + " Thank you.")
    assert payout_queries.list_open_holds()[0].id == second.id
    decided = decide_hold(cast.sam, second.id, True, "The bank confirms the name.")
    assert (decided.outcome, decided.decided_by_id, decided.appeal) == ("released", cast.sam.user_id, ANSWER + " Thank you.")
    run_jobs()
    other.refresh_from_db()
    assert other.state == "paid"
    assert "goes on" in " ".join(n.title for n in list_notices_for(cast.ben))
    names = set(Event.objects.filter(subject_id=other.id).values_list("name", flat=True))
    assert {"withdrawal:held", "withdrawal:appealed", "withdrawal:let_go", "withdrawal:paid"} <= names
    check_books()


@pytest.mark.feature("PAY-05")
def test_a_refusal_gives_the_money_back_with_its_reason(cast, held):
    decide_hold(cast.sam, held.hold.id, False, WHY)
    run_jobs()
    held.refresh_from_db()
    assert (held.state, held.hold.decision) == ("refused", WHY)
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (224_500, 0)
    assert "refused after a review" in list_notices_for(cast.ada)[0].title
    for late in (lambda: decide_hold(cast.sam, held.hold.id, True, WHY), lambda: appeal_hold(cast.ada, held.id, ANSWER)):
        refused("hold:decided", late)
    check_books()


@pytest.mark.feature("PAY-05")
def test_when_nobody_decides_it_leaves_by_itself(cast, held):
    pass_time(days=6, hours=23)
    refused("hold:decided", lambda: release_hold_in_time(held.hold.id))
    held.refresh_from_db()
    assert held.state == "held"
    pass_time(hours=1)
    held.refresh_from_db()
    assert (held.state, held.hold.outcome) == ("paid", "expired")
    assert release_overdue_holds() == 0
    check_books()


@pytest.mark.feature("PAY-05")
def test_staff_holds_what_has_not_left_once(cast):
    make_earnings(cast.ada, cast.cyd)
    method = make_payout_method(cast.ada)
    asked = payouts.withdraw(cast.ada, method.id, 900, undo=True)
    for nobody in (cast.ada, cast.cyd):
        with pytest.raises(NotFound):
            hold_withdrawal(nobody, asked.id, WHY)
    refused("hold:reason_missing", lambda: hold_withdrawal(cast.sam, asked.id, "No."))
    refused("hold:reason_long", lambda: hold_withdrawal(cast.sam, asked.id, "w" * 2_001))
    with pytest.raises(NotFound):
        hold_withdrawal(cast.sam, "0" * 26, WHY)
    hold = hold_withdrawal(cast.sam, asked.id, WHY)
    assert (hold.rule, hold.placed_by_id, hold.reason) == ("by_staff", cast.sam.user_id, WHY)
    pass_time(hours=1)
    refused("withdrawal:left", lambda: hold_withdrawal(cast.sam, asked.id, WHY))
    decide_hold(cast.sam, hold.id, True, "It was a mistake of ours.")
    refused("hold:twice", lambda: hold_withdrawal(cast.sam, asked.id, WHY))
    run_jobs()
    refused("withdrawal:left", lambda: hold_withdrawal(cast.sam, asked.id, WHY))
    asked.refresh_from_db()
    assert asked.state == "paid"


@pytest.mark.feature("PAY-05")
def test_who_may_answer_and_decide(cast, held):
    for other in (cast.ben, cast.cyd, cast.sam):
        with pytest.raises(NotFound):
            appeal_hold(other, held.id, ANSWER)
    for nobody in (cast.ada, cast.cyd):
        with pytest.raises(NotFound):
            decide_hold(nobody, held.hold.id, True, WHY)
    with pytest.raises(NotFound):
        decide_hold(cast.sam, "0" * 26, True, WHY)
    refused("party:role", lambda: appeal_hold(replace(cast.ada, role="viewer"), held.id, ANSWER))
    refused("hold:appeal_missing", lambda: appeal_hold(cast.ada, held.id, "Please"))
    refused("hold:appeal_long", lambda: appeal_hold(cast.ada, held.id, "w" * 2_001))
    free = payouts.withdraw(cast.ada, held.method_id, 900)
    refused("hold:none", lambda: appeal_hold(cast.ada, free.id, ANSWER))


@pytest.mark.feature("PAY-05")
def test_its_owner_can_take_a_held_one_back(cast, held):
    take_back_withdrawal(cast.ada, held.id)
    assert (WithdrawalHold.objects.get().outcome, balances_for(cast.ada).available) == ("undone", 224_500)
    refused("hold:decided", lambda: decide_hold(cast.sam, held.hold.id, True, WHY))
    pass_time(days=8)
    assert balances_for(cast.ada).available == 224_500
    check_books()


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_decided_taken_back_and_over_at_once_one_thing_happens(cast):
    make_earnings(cast.ada, cast.cyd, 250_000)
    held = payouts.withdraw(cast.ada, make_payout_method(cast.ada).id, 200_000)
    hold_id = held.hold.id
    runs = [
        lambda: decide_hold(cast.sam, hold_id, True, WHY),
        lambda: decide_hold(cast.sam, hold_id, False, WHY),
        lambda: take_back_withdrawal(cast.ada, held.id),
    ]
    answers = at_once(runs * 3)
    assert not [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refused)]
    run_jobs()
    held.refresh_from_db()
    back = {"paid": 25_000, "refused": 225_000, "undone": 225_000}
    assert balances_for(cast.ada).available == back[held.state]
    check_books()
