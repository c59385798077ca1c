"""Web and worker are killed as by a power cut at every write and every job of the hire story.

A table that the work in hand needs is locked from outside, so that it stands still in the middle; then the process
is killed. Or it is killed when everything was stored and no answer was read, or at any moment. Afterwards it starts
again and the same requests are sent again with the same keys: nothing is lost, nothing happened twice.
"""

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.flows.mortal import Market
from tests.support.database import VAR


@pytest.fixture(scope="module")
def market():
    folder = VAR / "tests" / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    running = Market(folder, "flow_kills")
    running.prepare()
    yield running
    running.drop()


def expected_facts(market: Market) -> Counter:
    return Counter(fact for call in market.calls for fact in call["facts"])


def kill_the_web(market: Market) -> None:
    """Inside of every write, at any moment, and when all is stored but no answer was read."""
    before, digest, everything = market.facts(), market.digest(), range(len(market.calls))
    with ThreadPoolExecutor(len(market.calls)) as pool:
        for part in (everything[::2], everything[1::2]):
            market.start_web()
            with market.held("kernel_event"):
                for number in part:
                    pool.submit(market.call, number)
                market.wait_until_blocked(len(part))
                market.kill("web")
            market.wait_until_alone()
            assert market.digest() == digest, "something of a killed write is left"

        market.start_web()
        market.call_all(pool)
        market.wait_until("SELECT count(*) FROM kernel_once WHERE status IS NOT NULL", 4)
        market.kill("web")
        market.wait_until_alone()

        market.start_web()
        market.call_all(pool)
        market.wait_until("SELECT count(*) FROM kernel_once WHERE status IS NOT NULL", len(market.calls))
        market.kill("web")
        market.wait_until_alone()
    market.start_web()
    told = [market.call(number) for number in everything]
    assert [(a.status_code, a.text) for a in told if a.status_code >= 300] == []
    assert [market.call(number).content for number in everything] == [a.content for a in told]
    happened = market.facts() - before
    assert {name: happened[name] for name in expected_facts(market)} == expected_facts(market)


LEAVES = ("payments.send_payout",)
ASKED = ("payments.send_charge", "payments.send_refund", "payments.send_payout")
TOLD = ("payments.deliver_sandbox_event settled", "payments.deliver_sandbox_event paid")
HEARD = ("events.deliver mark_funded", "mail.send")
DUE = ("contracts.release_due", "memberships.renew")
RENEWED = ("events.deliver note_paid", "events.deliver note_failed")
SCHEDULED = ("payments.run_schedules",)
CLEARED = ("payments.clear_holds",)


def kill_the_worker(market: Market) -> None:
    """Before and after each commit of what it does: asking the payment company, passing on its word, and the timers."""
    # A payout dies before it is marked as leaving, and between that and the call.
    market.kill_inside(LEAVES, "payments_withdrawal")
    assert market.ask("SELECT count(*) FROM payments_sandboxobject o JOIN payments_withdrawal w ON o.key = 'withdrawal:' || w.id WHERE w.sent_at IS NULL") == [(0,)]
    market.kill_inside(ASKED, "payments_sandboxobject")
    market.kill_after(ASKED, "payments_sandboxobject")
    # The web stands still with messages in hand for whose answer the worker waits; both die.
    market.kill_inside(TOLD, "payments_webhookreceipt", web=True)
    # The web has taken them in and answered, and the worker does not write that down any more.
    market.kill_inside(TOLD, "payments_sandboxevent")
    market.kill_after(TOLD, "payments_sandboxevent")
    market.kill_inside(HEARD, "contracts_milestone", "kernel_sentmail")
    market.kill_after(HEARD, "contracts_milestone", "kernel_sentmail")
    market.kill_both_at("payments_withdrawal")
    market.finish_jobs()
    market.set_timers_off(days=14)
    # The nightly batch of schedules, as it sets money aside and when it has.
    market.kill_inside(SCHEDULED, "payments_withdrawal")
    market.kill_after(SCHEDULED, "payments_withdrawal")
    market.kill_inside(DUE, "contracts_milestone", "memberships_month")
    market.kill_after(DUE, "contracts_milestone", "memberships_month")
    market.kill_inside(RENEWED, "memberships_month", chosen=False)
    market.kill_after(RENEWED, "memberships_month")
    market.finish_jobs()
    market.set_timers_off(days=5)
    market.kill_inside(CLEARED, "ledger_transfer")
    market.kill_after(CLEARED, "ledger_transfer")
    market.finish_jobs()
    for _ in range(2):
        market.set_timers_off(days=1)
        market.finish_jobs()


@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.feature("PAY-01", "PAY-03", "PAY-04", "PAY-05", "CTR-01", "CTR-10", "CTR-11", "ACC-08", "PAY-08", "OPS-03")
def test_a_power_cut_loses_nothing_and_doubles_nothing(market):
    kill_the_web(market)
    kill_the_worker(market)
    check_the_end(market)


def check_the_end(market: Market) -> None:
    """One of everything, nothing left over, and books that balance."""
    market.run("tests.flows.stages", "check")
    # A job that is put off came before its data or met something half-done.
    assert "to retry" not in (market.folder / "worker.log").read_text(errors="replace")
    # The own job of a withdrawal that could be taken back stands at its moment by the driven clock, which the database does
    # not know; the timer of every ten minutes has sent it (check_the_payouts).
    left = """SELECT * FROM procrastinate_jobs WHERE status <> 'succeeded' AND queueing_lock IS NULL
        AND NOT (task_name = 'payments.send_payout' AND status = 'todo' AND scheduled_at > now())"""
    assert market.ask(left) == [], market.log("worker")
    assert market.ask("SELECT count(*) FROM contracts_contract GROUP BY offer_id HAVING count(*) > 1") == []
    ((settled, asked),) = market.ask("SELECT count(*) FILTER (WHERE state = 'settled'), count(*) FROM payments_charge WHERE purpose <> 'membership'")
    ((months,),) = market.ask("SELECT count(*) FROM payments_charge WHERE purpose = 'membership'")
    assert settled == asked == market.ask("SELECT count(*) FROM payments_sandboxobject WHERE kind = 'charge'")[0][0] - months
    check_the_plans(market)
    check_the_payouts(market)
    assert market.ask("SELECT count(*) FROM contracts_milestone WHERE state = 'submitted'") == [(0,)]
    assert market.ask("SELECT count(*) FROM payments_hold WHERE cleared_at IS NULL") == [(0,)]
    written = market.ask("SELECT count(*), count(DISTINCT key) FROM kernel_sentmail")[0]
    assert written[0] == written[1] == len(market.mails())
    assert market.ask("SELECT count(*) FROM talks_post WHERE text = 'When could you begin?'") == [(1,)]
    # Beside the writes inside of which the web died: the jobs that a dying worker had in hand, before and after their commit.
    kinds = (*ASKED, *TOLD, *HEARD, *DUE, *RENEWED, *SCHEDULED, *CLEARED)
    assert set(market.killed_in) == {f"{where} {kind}" for where in ("inside", "after") for kind in kinds}


def check_the_payouts(market: Market) -> None:
    """Each left once or not at all, and what the payment company paid is what the withdrawals say."""
    states = dict(market.ask("SELECT state, count(*) FROM payments_withdrawal GROUP BY state"))
    assert (states.pop("failed"), states.pop("undone")) == (1, 1)
    assert set(states) == {"paid"}
    assert market.ask("SELECT count(*) FROM payments_withdrawal WHERE schedule_id IS NOT NULL")[0][0] > 0
    there = "SELECT count(*), coalesce(sum(amount_minor), 0) FROM payments_sandboxobject WHERE kind = 'payout' AND state = 'paid'"
    here = "SELECT count(*), sum(amount_minor - fee_minor) FROM payments_withdrawal WHERE state = 'paid'"
    assert market.ask(there) == market.ask(here)


def check_the_plans(market: Market) -> None:
    """Ada's month was renewed once; Ben's card had nothing on it: each try failed once, and gave no Connects."""
    months = market.ask(
        "SELECT t.name, m.state, count(*), count(c.id), count(DISTINCT c.id) FROM memberships_month m"
        " JOIN memberships_membership s ON s.id = m.membership_id JOIN accounts_party t ON t.id = s.party_id"
        " LEFT JOIN payments_charge c ON c.subject_id = m.id AND c.purpose = 'membership' GROUP BY 1, 2"
    )
    found = {(name, state): tuple(counts) for name, state, *counts in months}
    assert found[("Ada Obi", "paid")] == (2, 2, 2)
    assert found[("Ben Roy", "paid")] == (1, 1, 1)
    failed = found[("Ben Roy", "failed")]
    assert failed[0] >= 2
    assert len(set(failed)) == 1
    assert set(found) == {("Ada Obi", "paid"), ("Ben Roy", "paid"), ("Ben Roy", "failed")}
    assert market.ask("SELECT count(*) FROM connects_lot WHERE ref LIKE 'plan:%'") == [(3,)]
