"""Every check of the books by its name, and running them. project/wiring.py adds those of the rooms above money."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from hirehall.money.books.actions.findings import keep_findings
from hirehall.money.books.balances import list_wrong_days
from hirehall.money.books.models import CheckRun
from hirehall.money.books.recount import list_wrong_parties
from hirehall.money.books.rules import Mismatch
from hirehall.money.connects.queries import list_wrong_lots
from hirehall.money.ledger.queries import list_wrong_balances, name_accounts, trial_balance
from hirehall.money.payments.queries import list_wrong_pending_by_unit

Check = Callable[[], Iterable[Mismatch]]


def _wrong_totals() -> Iterator[Mismatch]:
    """Everything that somebody has came in from somewhere: each unit's total is zero."""
    for books in trial_balance():
        if books.total:
            yield Mismatch("totals", "not_zero", "all accounts", books.unit, "0", str(books.total))


def _wrong_balances() -> Iterator[Mismatch]:
    """Every balance is the sum of its transfers."""
    wrong = list_wrong_balances()
    names = name_accounts([account_id for account_id, _, _ in wrong])
    for account_id, kept, computed in wrong:
        name, unit = names[account_id]
        yield Mismatch("balances", "wrong_balance", name, unit, str(computed), str(kept))


def _wrong_pending() -> Iterator[Mismatch]:
    """What waits for its security days is the sum of the holds that wait."""
    for party, unit, booked, waiting in list_wrong_pending_by_unit():
        yield Mismatch("pending", "wrong_pending", f"pending:{party}", unit, str(waiting), str(booked))


def _wrong_connects() -> Iterator[Mismatch]:
    """Connects in the ledger are those in the lots."""
    for party, booked, in_lots in list_wrong_lots():
        yield Mismatch("connects", "wrong_lots", f"connects:{party}", "CONNECT", str(in_lots), str(booked))


_checks: dict[str, Check] = {
    "totals": _wrong_totals,
    "balances": _wrong_balances,
    "days": list_wrong_days,
    "events": list_wrong_parties,
    "pending": _wrong_pending,
    "connects": _wrong_connects,
}


def wire(more: Mapping[str, Check]) -> None:
    """Take the checks of the rooms above; called once at start by the project."""
    _checks.update(more)


def names() -> tuple[str, ...]:
    return tuple(_checks)


def look(name: str) -> list[Mismatch]:
    """What a check finds, seen twice: what is only on its way between two reads is gone the second time."""
    check = _checks[name]
    first = {one.about for one in check()}
    return [one for one in check() if one.about in first] if first else []


def run_check(name: str) -> CheckRun:
    """Run one check and keep what it found."""
    return keep_findings(name, look(name))
