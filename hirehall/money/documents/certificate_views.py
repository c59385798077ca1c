"""Pages of certificates of earnings: making one, its PDF, and the public page that checks a code."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.money.documents import queries
from hirehall.money.documents.actions.certificates import make_certificate
from hirehall.money.documents.files import pdf_file
from hirehall.money.documents.forms import CertificateForm, CheckForm
from hirehall.money.documents.papers import check_address, paper_of_certificate
from hirehall.money.documents.rules import code_text
from hirehall.people.accounts.acting import acting, open_to_all


@acting("freelancer")
def certificates(request: HttpRequest) -> HttpResponse:
    """What was certified, and a form for another period."""
    form = CertificateForm(*http.sent(request))
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            make_certificate(request.actor, form.cleaned_data["since"], form.cleaned_data["until"])
            return reverse("documents:certificates")

        outcome = http.submit(request, make)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return http.page(
        request,
        "documents/certificates.html",
        status=http.UNPROCESSABLE if form.errors else 200,
        form=form,
        rows=http.paginate(request, queries.list_certificates_for(request.actor)),
        code_text=code_text,
        check_address=check_address(),
    )


@acting("freelancer")
def certificate_pdf(request: HttpRequest, certificate_id: str) -> HttpResponse:
    """The paper."""
    found = queries.get_certificate_for(request.actor, certificate_id)
    return pdf_file(paper_of_certificate(found), found.issued_at, f"certificate-{found.since}-{found.until}")


@open_to_all
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a code is genuine. It says only yes or no to what its reader has on paper already."""
    form = CheckForm(request.GET or None)
    found, agrees = None, None
    if form.is_bound and form.is_valid():
        found = queries.find_certificate(form.cleaned_data["code"])
        agrees = form.says(found.facts["earned"]) if found else None
    return http.page(request, "documents/verify.html", form=form, found=found, agrees=agrees)
