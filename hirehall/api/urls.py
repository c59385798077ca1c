"""Addresses of the API, its description and its manual; each room's router is added here."""

from django.urls import path

from hirehall.api.root import api
from hirehall.guide.search.api import router as search
from hirehall.market.jobs.api import router as jobs
from hirehall.market.profiles.api import router as profiles
from hirehall.market.proposals.api import router as proposals
from hirehall.money.books.api import router as books
from hirehall.money.connects.api import router as connects
from hirehall.money.documents.api import router as documents
from hirehall.money.memberships.api import router as memberships
from hirehall.money.payments.api import router as payments
from hirehall.money.payments.conversion_api import router as conversions
from hirehall.money.payments.debts_api import router as debts
from hirehall.money.payments.payout_api import router as payouts
from hirehall.money.payments.tax_api import router as tax
from hirehall.money.payments.withdrawal_api import router as withdrawals
from hirehall.people.accounts.api import router as accounts
from hirehall.people.messages.api import router as messages
from hirehall.people.notifications.api import router as notices
from hirehall.trust.reputation.api import router as feedback
from hirehall.work.contracts.api import router as contracts
from hirehall.work.contracts.quiet_api import router as silence
from hirehall.work.disputes.api import router as disputes

api.add_router("", accounts)
api.add_router("/books", books)
api.add_router("/connects", connects)
api.add_router("/contracts", contracts)
api.add_router("/contracts", silence)
api.add_router("/disputes", disputes)
api.add_router("/documents", documents)
api.add_router("/feedback", feedback)
api.add_router("/jobs", jobs)
api.add_router("/proposals", proposals)
api.add_router("/messages", messages)
api.add_router("/money/debts", debts)
api.add_router("/memberships", memberships)
api.add_router("/money", payments)
api.add_router("/money", conversions)
api.add_router("/money", payouts)
api.add_router("/money", tax)
api.add_router("/money", withdrawals)
api.add_router("/notices", notices)
api.add_router("/profiles", profiles)
api.add_router("/search", search)

urlpatterns = [path("", api.urls)]
