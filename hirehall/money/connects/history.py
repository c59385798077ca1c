"""The history of every Connect, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hirehall.money.connects.queries import list_history_for
from hirehall.money.ledger.entries import EntryList, Line
from hirehall.people.accounts.actors import Actor


@dataclass(frozen=True)
class Row:
    """One movement as a person reads it."""

    at: datetime
    title: str
    why: str
    change: int
    balance_after: int
    by_user_id: int | None


class Rows:
    """A sequence for the paginator: explains only the lines of the page."""

    def __init__(self, entries: EntryList):
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, wanted: slice) -> list[Row]:
        return [explain(line) for line in self._entries[wanted]]


def list_rows_for(actor: Actor) -> Rows:
    """The party's history, newest first, read page by page."""
    return Rows(list_history_for(actor))


def explain(line: Line) -> Row:
    """A movement of Connects in plain words; an unknown reason shows as it is."""
    reason = str(line.memo.get("reason", ""))
    titles = {
        "grant": _("Received"),
        "spend": _("Spent"),
        "return": _("Returned"),
        "expire": _("Expired"),
    }
    parts = [_words(reason)]
    if line.memo.get("job_title"):
        parts.append(f"“{line.memo['job_title']}”")
    if line.memo.get("price"):
        parts.append(_("for %(price)s") % {"price": line.memo["price"]})
    if line.memo.get("month"):
        parts.append(str(line.memo["month"]))
    return Row(
        at=line.at,
        title=titles.get(line.code, line.code),
        why=", ".join(part for part in parts if part),
        change=line.change,
        balance_after=line.balance_after,
        by_user_id=line.memo.get("by"),
    )


def _words(reason: str) -> str:
    return {
        "new_account": _("welcome to a new account"),
        "monthly": _("this month's Connects of your plan"),
        "plan": _("this month's Connects of your paid plan"),
        "bought": _("bought"),
        "proposal": _("a proposal"),
        "closed_without_hire": _("the job was closed without a hire"),
        "expired_without_hire": _("the job ended without a hire"),
        "removed": _("the job was removed"),
        "never_viewed": _("the client never opened any proposal"),
        "returned": _("returned"),
        "expired": _("their time was over"),
    }.get(reason, reason.replace("_", " "))
