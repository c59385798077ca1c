"""The root of all addresses: each room's pages under its own name, the API under /api/."""

from django.urls import include, path, register_converter

from hirehall.kernel.ids import IdConverter

register_converter(IdConverter, "id")

urlpatterns = [
    path("", include("hirehall.web.urls")),
    path("api/v1/", include("hirehall.api.urls")),
    path("api/account/", include("allauth.headless.urls")),
    path("account/", include("hirehall.people.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("connects/", include("hirehall.money.connects.urls")),
    path("contracts/", include("hirehall.work.contracts.urls")),
    path("disputes/", include("hirehall.work.disputes.urls")),
    path("feedback/", include("hirehall.trust.reputation.urls")),
    path("find/", include("hirehall.guide.search.urls")),
    path("jobs/", include("hirehall.market.jobs.urls")),
    path("proposals/", include("hirehall.market.proposals.urls")),
    path("messages/", include("hirehall.people.messages.urls")),
    path("money/books/", include("hirehall.money.books.urls")),
    path("money/documents/", include("hirehall.money.documents.urls")),
    path("money/", include("hirehall.money.payments.urls")),
    path("plans/", include("hirehall.money.memberships.urls")),
    path("notices/", include("hirehall.people.notifications.urls")),
    path("profile/", include("hirehall.market.profiles.urls")),
]
handler400 = "hirehall.web.errors.bad_request"
handler404 = "hirehall.web.errors.not_found"
handler403 = "hirehall.web.errors.forbidden"
handler500 = "hirehall.web.errors.server_error"
