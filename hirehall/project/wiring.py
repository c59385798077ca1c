"""Every event and its reactions, every guard of files, and every check of the books, on one screen.

A reaction is a function of a higher room that takes the event; it runs in a job of its own, once.
An event is a fact: nobody waits for a reaction, and none may refuse. A guard says who may open the stored
files of one purpose; files without a guard stay closed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hirehall.guide.search import reactions as search
from hirehall.kernel import events, files, policy
from hirehall.kernel.events import Reaction
from hirehall.kernel.files import Guard
from hirehall.market.jobs import queries as jobs
from hirehall.market.jobs.actions import clients
from hirehall.market.profiles import queries as profiles
from hirehall.market.profiles.actions import records
from hirehall.market.profiles.policy import numbers as profile_numbers
from hirehall.market.proposals import queries as proposals
from hirehall.market.proposals.actions import returning
from hirehall.money.books import checks
from hirehall.money.books import reactions as books
from hirehall.money.books.checks import Check
from hirehall.money.connects import reactions as connects
from hirehall.money.connects.policy import numbers as connect_numbers
from hirehall.money.documents import reactions as documents
from hirehall.money.memberships import reactions as memberships
from hirehall.money.memberships.policy import numbers as membership_numbers
from hirehall.money.payments import payout_reactions as payouts
from hirehall.money.payments import reactions as payments
from hirehall.money.payments import recovery_reactions as owed
from hirehall.money.payments.actions import chargebacks, recovery
from hirehall.money.payments.policy import check_main
from hirehall.money.payments.policy import numbers as payment_numbers
from hirehall.people.messages import queries as messages
from hirehall.trust.reputation.actions import giving
from hirehall.work.contracts import escrow_check
from hirehall.work.contracts import extra_queries as extras
from hirehall.work.contracts import queries as contracts
from hirehall.work.contracts.actions import bonuses, endings, expenses, milestones, pausing
from hirehall.work.disputes import queries as disputes

REACTIONS: Mapping[str, Sequence[Reaction]] = {
    "adjustment:approved": [books.tell_adjustment],
    "charge:dispute_lost": [chargebacks.book_chargeback],
    "charge:dispute_won": [chargebacks.book_chargeback],
    "charge:disputed": [chargebacks.book_chargeback],
    "charge:failed": [
        connects.note_failure, memberships.note_failed, payments.tell_failed_charge, recovery.note_debt_failure,
        milestones.mark_unfunded, pausing.pause_contract, bonuses.fail_bonus, expenses.reopen_expense,
    ],
    "charge:needs_action": [payments.tell_unconfirmed_charge],
    "charge:settled": [
        connects.hand_over, memberships.note_paid, recovery.note_debt_payment, milestones.mark_funded,
        pausing.resume_contract, bonuses.pay_bonus, expenses.pay_expense, documents.issue_documents,
    ],
    "chargeback:frozen": [owed.tell_chargeback, pausing.match_contested],
    "chargeback:lost": [
        owed.tell_chargeback, pausing.match_contested, bonuses.fail_bonus, expenses.reopen_expense, documents.issue_documents,
    ],
    "chargeback:won": [owed.tell_chargeback, pausing.match_contested, bonuses.pay_bonus, expenses.pay_expense],
    "conversion:accepted": [documents.issue_documents],
    "contract:ended": [records.count_end, clients.count_end, giving.open_window, search.index_talent, search.index_client],
    "contract:started": [records.count_start, clients.count_hire, search.index_talent, search.index_client],
    "debt:opened": [owed.tell_debt],
    "debt:paid": [owed.tell_debt_paid],
    "debt:transfer_recorded": [documents.issue_documents],
    "debt:unpaid": [owed.tell_debt],
    "escrow:released": [
        records.count_pay, clients.count_spending, search.index_talent, search.index_client, documents.issue_documents,
    ],
    "feedback:changed": [records.change_feedback, clients.change_feedback, search.index_talent, search.index_client],
    "feedback:published": [records.count_feedback, clients.count_feedback, search.index_talent, search.index_client],
    "job:changed": [records.note_demand, search.index_job],
    "job:closed": [records.drop_demand, returning.end_with_job, search.index_job, search.index_client],
    "job:posted": [records.note_demand, clients.count_post, search.index_client],
    "job:filled": [clients.count_filled, search.index_job, search.index_client],
    "job:viewed": [search.index_job],
    "method:expired": [payments.tell_expired_card, clients.note_verified, search.index_client],
    "method:expiring": [payments.tell_ending_card],
    "method:removed": [clients.note_verified, search.index_client],
    "method:verified": [clients.note_verified, search.index_client],
    "milestone:approved": [endings.close_when_settled],
    "milestone:funded": [pausing.match_after_funding],
    "milestone:released": [endings.close_when_settled],
    "party:opened": [connects.welcome],
    "party:renamed": [search.index_talent, search.index_client],
    "payout_method:added": [payouts.tell_payout_method],
    "payout_method:stopped": [payouts.tell_stopped_method],
    "profile:changed": [search.index_talent],
    "profile:published": [search.index_talent],
    "proposal:messaged": [search.index_job],
    "proposal:submitted": [search.index_job],
    "proposal:withdrawn": [search.index_job],
    "refund:paid": [documents.issue_documents],
    "release:refunded": [
        records.uncount_pay, clients.uncount_spending, search.index_talent, search.index_client, documents.issue_documents,
    ],
    "release:taken_back": [
        records.uncount_pay, clients.uncount_spending, search.index_talent, search.index_client, documents.issue_documents,
    ],
    "schedule:paused": [payouts.tell_paused],
    "withdrawal:failed": [payouts.tell_withdrawal],
    "withdrawal:held": [payouts.tell_held],
    "withdrawal:let_go": [payouts.tell_let_go],
    "withdrawal:paid": [payouts.tell_withdrawal, documents.issue_documents],
    "withdrawal:refused": [payouts.tell_withdrawal],
    "withdrawal:returned": [payouts.tell_withdrawal, documents.issue_documents],
    "withdrawal:scheduled": [payouts.tell_scheduled],
}

GUARDS: Mapping[str, Guard] = {
    contracts.FILE_PURPOSE: contracts.may_open_file,
    disputes.FILE_PURPOSE: disputes.may_open_file,
    extras.RECEIPT: extras.may_open_receipt,
    jobs.FILE_PURPOSE: jobs.may_open_file,
    messages.FILE_PURPOSE: messages.may_open_file,
    profiles.CERTIFICATE: profiles.may_open_file,
    profiles.PHOTO: profiles.may_open_file,
    profiles.PORTFOLIO: profiles.may_open_file,
    proposals.FILE_PURPOSE: proposals.may_open_file,
}


# What each room keeps of money beside the ledger, compared with it every night and by `hirehall check books`.
BOOK_CHECKS: Mapping[str, Check] = {
    "escrow": escrow_check.list_wrong_escrow,
}


def start(policy_file: Path) -> None:
    """Called once when all apps are loaded."""
    policy.load(policy_file)
    check_main("payments", payment_numbers().unit)
    check_main("connects", connect_numbers().unit)
    check_main("memberships", membership_numbers().unit)
    check_main("profiles", profile_numbers().unit)
    events.wire(REACTIONS)
    checks.wire(BOOK_CHECKS)
    for purpose, may_open in GUARDS.items():
        files.guard(purpose, may_open)
