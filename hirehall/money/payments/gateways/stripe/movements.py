"""What Stripe knows of a span of time, for reconciliation: payments, refunds, transfers and disputes, newest first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hirehall.money.payments.gateways.port import Movement
from hirehall.money.payments.gateways.stripe import amounts
from hirehall.money.payments.gateways.stripe.calls import api, asking, get, key_by_ref, key_of
from hirehall.money.payments.gateways.stripe.charges import intent_news, refund_news

PAGE = 100


def list_all(since: datetime, until: datetime) -> Iterator[Movement]:
    span = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    wanted = {"created": span, "limit": PAGE}
    with asking("the list of movements"):
        for made in api().payment_intents.list(wanted).auto_paging_iter():
            yield _movement(made, "charge", key_of(made), _state(intent_news(key_of(made), made)))
        for made in api().refunds.list(wanted).auto_paging_iter():
            yield _movement(made, "refund", key_of(made), _state(refund_news(key_of(made), made)))
        for made in api().transfers.list(wanted).auto_paging_iter():
            # What left our own account; a reversal brought it back.
            yield _movement(made, "payout", key_of(made), "failed" if get(made, "reversed", False) else "paid")
        for made in api().disputes.list(wanted).auto_paging_iter():
            key = key_by_ref(str(get(made, "payment_intent", "")))
            state = made["status"] if made["status"] in ("won", "lost") else "opened"
            yield _movement(made, "dispute", key, state)


def _state(news: Any) -> str:
    return news.state if news else "processing"


def _movement(made: Any, kind: str, key: str, state: str) -> Movement:
    amount, unit = amounts.from_stripe(made["amount"], made["currency"])
    return Movement(made["id"], key, kind, amount, unit, state, datetime.fromtimestamp(made["created"], UTC))
