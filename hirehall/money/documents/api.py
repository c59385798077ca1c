"""API of documents. Amounts are whole minor units with their unit."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from hirehall.money.documents import queries, summaries
from hirehall.money.documents.actions.certificates import make_certificate as make_certificate_for
from hirehall.money.documents.actions.details import keep_details as keep_details_for
from hirehall.money.documents.files import pdf_file
from hirehall.money.documents.papers import paper_of, paper_of_certificate
from hirehall.people.accounts.scopes import needs

router = Router(tags=["documents"])


class DocumentOut(Schema):
    id: str
    kind: str
    label: str
    year: int
    number: int
    total: int
    unit: str
    issued_at: datetime

    @staticmethod
    def resolve_total(document) -> int:
        return document.total_minor


class FactsOut(DocumentOut):
    facts: dict[str, Any]


class DetailsIn(Schema):
    legal_name: str
    address: list[str] = []
    country: str = ""
    tax_number: str = ""


class DetailsOut(Schema):
    legal_name: str
    address: list[str]
    country: str
    tax_number: str


class SummaryOut(Schema):
    unit: str
    totals: dict[str, int]
    months: dict[str, dict[str, int]]
    others: dict[str, dict[str, int]]
    change: int

    @staticmethod
    def resolve_months(summary) -> dict[str, dict[str, int]]:
        return {f"{year}-{month:02d}": values for (year, month), values in sorted(summary.months.items())}


class CertificateIn(Schema):
    since: date
    until: date


class CertificateOut(Schema):
    id: str
    code: str
    since: date
    until: date
    facts: dict[str, Any]
    issued_at: datetime


@router.get("", response=list[DocumentOut])
@paginate
@needs("read")
def list_documents(request, kind: str = "", year: int | None = None):
    """The party's documents, newest first. `kind` is invoice, fee_invoice, receipt, credit_note or withdrawal."""
    return queries.list_documents_for(request.actor, kind, year if year and 0 < year < 10_000 else None)


@router.get("/details", response=DetailsOut)
@needs("read")
def show_details(request):
    """How the party stands on documents."""
    return queries.find_details(request.actor.party_id) or {
        "legal_name": "",
        "address": [],
        "country": "",
        "tax_number": "",
    }


@router.put("/details", response=DetailsOut)
@needs("money")
def keep_details(request, given: DetailsIn):
    """Change how the party stands on documents from now on."""
    return keep_details_for(request.actor, given.legal_name, "\n".join(given.address), given.country, given.tax_number)


@router.get("/summary", response=list[SummaryOut])
@needs("read")
def show_year(request, year: int = Query(..., ge=2000, le=9998)):
    """A year's figures, one summary for each unit: totals, months, other sides. What went is negative."""
    return summaries.year_for(request.actor, year)


@router.get("/certificates", response=list[CertificateOut])
@paginate
@needs("read", "freelancer")
def list_certificates(request):
    """The party's certificates of earnings, newest first."""
    return queries.list_certificates_for(request.actor)


@router.post("/certificates", response=CertificateOut)
@needs("money", "freelancer")
def make_certificate(request, given: CertificateIn):
    """Certify what was earned from one day to another."""
    return make_certificate_for(request.actor, given.since, given.until)


@router.get("/certificates/{certificate_id}/pdf")
@needs("read", "freelancer")
def certificate_pdf(request, certificate_id: str) -> HttpResponse:
    """The certificate as PDF."""
    found = queries.get_certificate_for(request.actor, certificate_id)
    return pdf_file(paper_of_certificate(found), found.issued_at, f"certificate-{found.since}-{found.until}")


@router.get("/{document_id}", response=FactsOut)
@needs("read")
def show_document(request, document_id: str):
    """A document with all its facts."""
    return queries.get_document_for(request.actor, document_id)


@router.get("/{document_id}/pdf")
@needs("read")
def document_pdf(request, document_id: str) -> HttpResponse:
    """The document as PDF."""
    document = queries.get_document_for(request.actor, document_id)
    return pdf_file(paper_of(document), document.issued_at, document.label)
