"""Reads of the ledger: balances, the books, and the proofs that they are right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from hirehall.kernel.together import Figure, ask
from hirehall.kernel.units import CONNECT
from hirehall.money.ledger.models import Account, Transfer


def balance_of(kind: str, owner_id: str, unit: str) -> Figure:
    """What an account holds, all its parts together; 0 for one that was never used."""
    held = "SELECT coalesce(sum(balance), 0)::bigint FROM ledger_account WHERE kind = %s AND owner_id = %s AND unit = %s"
    return Figure(held, (kind, owner_id, unit))


def balance(kind: str, owner_id: str, unit: str) -> int:
    return ask(balance_of(kind, owner_id, unit))[0]


def balances(kind: str, owner_ids: Iterable[str], unit: str) -> dict[str, int]:
    """Several owners' balances of one kind in one query."""
    found = Account.objects.filter(kind=kind, owner_id__in=list(owner_ids), unit=unit)
    return dict(found.values_list("owner_id").annotate(total=Sum("balance")))


def has_transfer(ref: str) -> bool:
    """True when something was posted under a reference."""
    return Transfer.objects.filter(ref=ref).exists()


def held_by_kind(holder_id: str, unit: str) -> dict[str, int]:
    """What a holder has in each kind of account: {"available": 9000, "pending": 4500}."""
    found = Account.objects.filter(holder_id=holder_id, unit=unit).exclude(holder_id="")
    return dict(found.values_list("kind").annotate(total=Sum("balance")))


def held_by_unit(holder_id: str, also: str = "") -> dict[str, dict[str, int]]:
    """What a holder has in every unit that was ever used, by kind; `also` adds a kind that shows in no statement."""
    mine = Q(holder_id=holder_id) | Q(kind=also, owner_id=holder_id)
    found: dict[str, dict[str, int]] = {}
    rows = Account.objects.filter(mine).exclude(holder_id="", owner_id="").exclude(unit=CONNECT)
    for unit, kind, total in rows.values_list("unit", "kind").annotate(total=Sum("balance")):
        found.setdefault(unit, {})[kind] = total
    return found


@dataclass(frozen=True)
class TrialBalance:
    """All balances of one unit by kind; their total is zero or the books are wrong."""

    unit: str
    by_kind: list[tuple[str, int, int]]  # kind, accounts, balance
    total: int


def trial_balance() -> list[TrialBalance]:
    """The books on one page, one part for each unit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, kind, count(*), sum(balance)::bigint FROM ledger_account GROUP BY unit, kind ORDER BY unit, kind"
        )
        rows = cursor.fetchall()
    found = []
    for unit in sorted({row[0] for row in rows}):
        kinds = [(kind, count, held) for of, kind, count, held in rows if of == unit]
        found.append(TrialBalance(unit, kinds, sum(held for _, _, held in kinds)))
    return found


def list_wrong_balances() -> list[tuple[int, int, int]]:
    """Recompute every balance from the transfers: (account, balance kept, balance computed) where they differ."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moves AS (
                SELECT source_id AS id, -amount AS change FROM ledger_transfer
                UNION ALL SELECT target_id, amount FROM ledger_transfer
            ), computed AS (SELECT id, sum(change)::bigint AS balance FROM moves GROUP BY id)
            SELECT a.id, a.balance, coalesce(c.balance, 0) FROM ledger_account a LEFT JOIN computed c USING (id)
            WHERE a.balance <> coalesce(c.balance, 0) ORDER BY a.id
            """
        )
        return cursor.fetchall()


def balances_of_kind(kind: str) -> dict[tuple[str, str], int]:
    """Every (owner, unit) of a kind with its balance, for checks over the whole market."""
    found = Account.objects.filter(kind=kind).values_list("owner_id", "unit").annotate(total=Sum("balance"))
    return {(owner, unit): total for owner, unit, total in found}


def name_accounts(account_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Accounts as people name them, with their unit: ("pending:<party>", "USD"); a split one with its part."""
    found = Account.objects.filter(pk__in=list(account_ids)).values_list("pk", "kind", "owner_id", "part", "unit")
    return {pk: (f"{kind}:{owner}" if owner else f"{kind}[{part}]", unit) for pk, kind, owner, part, unit in found}


@dataclass(frozen=True)
class Posted:
    """A transfer as documents and checks of other rooms read it."""

    code: str
    amount: int
    unit: str
    ref: str
    memo: dict[str, Any]
    at: datetime


def list_posted(refs: Iterable[str]) -> list[Posted]:
    """What was posted under some references, in the order it happened."""
    found = Transfer.objects.filter(ref__in=list(refs)).order_by("id")
    return [Posted(t.code, t.amount, t.unit, t.ref, t.memo, t.at) for t in found]


def list_units_of(holder_id: str) -> list[str]:
    """The units in which a holder ever had something."""
    return sorted(set(Account.objects.filter(holder_id=holder_id).exclude(holder_id="").values_list("unit", flat=True).distinct()))
