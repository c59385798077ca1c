"""Pages of documents: the list, one document to read on any screen and as PDF, and the party's details."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.money.documents import queries
from hirehall.money.documents.actions.details import keep_details
from hirehall.money.documents.files import pdf_file
from hirehall.money.documents.forms import DetailsForm, ListForm
from hirehall.money.documents.papers import paper_of
from hirehall.money.documents.words import KINDS
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_party


@acting()
def show_list(request: HttpRequest) -> HttpResponse:
    """Every document of the party, by kind and year."""
    form = ListForm(request.GET or None, years=queries.list_years_for(request.actor))
    form.is_valid()
    given = form.cleaned_data if form.is_bound else {}
    found = queries.list_documents_for(request.actor, given.get("kind") or "", given.get("year"))
    query = request.GET.copy()
    query.pop("page", None)
    return http.page(
        request,
        "documents/list.html",
        form=form,
        rows=http.paginate(request, found),
        kinds=KINDS,
        query=query.urlencode(),
        has_details=queries.find_details(request.actor.party_id) is not None,
    )


@acting()
def show_document(request: HttpRequest, document_id: str) -> HttpResponse:
    """A document as a page, for screens on which A4 is small."""
    document = queries.get_document_for(request.actor, document_id)
    return http.page(request, "documents/document.html", document=document, paper=paper_of(document))


@acting()
def document_pdf(request: HttpRequest, document_id: str) -> HttpResponse:
    """The same as PDF."""
    document = queries.get_document_for(request.actor, document_id)
    return pdf_file(paper_of(document), document.issued_at, document.label)


@acting()
def details(request: HttpRequest) -> HttpResponse:
    """How the party stands on documents from now on."""
    actor = request.actor
    kept = queries.find_details(actor.party_id)
    party = get_party(actor.party_id)
    first = {"legal_name": party.name, "country": party.country}
    if kept:
        first = {
            "legal_name": kept.legal_name,
            "address": "\n".join(kept.address),
            "country": kept.country,
            "tax_number": kept.tax_number,
        }
    form = DetailsForm(*http.sent(request), initial=first)
    if request.method == "POST" and form.is_valid():

        def keep() -> str:
            keep_details(actor, **form.cleaned_data)
            messages.success(request, _("Your details are kept. They stand on every document from now on."))
            return reverse("documents:list")

        outcome = http.submit(request, keep)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "documents/details.html", status=status, form=form)
