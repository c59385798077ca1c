"""Reads of documents: what a party may see of them, the facts that new ones are made of, certificates by code."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.money.documents.models import Certificate, Document, PartyDetails
from hirehall.money.documents.policy import numbers
from hirehall.money.documents.rules import Kind, clean_code
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_parties, get_party


def _seen_by(actor: Actor) -> QuerySet[Document]:
    """What was issued to the party, or in its name."""
    if actor.party_id is None:
        return Document.objects.none()
    return Document.objects.filter(Q(recipient_id=actor.party_id) | Q(issuer=actor.party_id))


def list_documents_for(actor: Actor, kind: str = "", year: int | None = None) -> QuerySet[Document]:
    """The party's documents, newest first."""
    found = _seen_by(actor)
    if kind in set(Kind):
        found = found.filter(kind=kind)
    if year:
        found = found.filter(year=year)
    return found.order_by("-id")


def list_years_for(actor: Actor) -> list[int]:
    """The years of the party's documents, the latest first."""
    return sorted(set(_seen_by(actor).order_by().values_list("year", flat=True).distinct()), reverse=True)


def get_document_for(actor: Actor, document_id: str) -> Document:
    found = _seen_by(actor).filter(pk=document_id).first()
    if found is None:
        raise NotFound("document")
    return found


def find_document(cause: str) -> Document | None:
    """The document of a cause, if it was issued."""
    return Document.objects.filter(cause=cause).first()


def find_details(party_id: str) -> PartyDetails | None:
    """How a party stands on documents, if it ever said."""
    return PartyDetails.objects.filter(pk=party_id).first()


@dataclass(frozen=True)
class Side:
    """One side of a document, as its facts keep it."""

    id: str
    name: str
    address: list[str]
    country: str
    tax_number: str


def market_side() -> Side:
    """The operator of the market."""
    said = numbers()
    return Side("", said.market_name, list(said.market_address), said.market_country, said.market_tax_number)


def sides_of(party_ids: list[str]) -> dict[str, Side]:
    """Parties as they stand on documents now; who never said anything is known by name and country."""
    told = PartyDetails.objects.in_bulk(party_ids)
    parties = get_parties(party_ids)
    return {
        party_id: Side(party_id, one.legal_name, one.address, one.country, one.tax_number)
        if (one := told.get(party_id))
        else Side(party_id, parties[party_id].name, [], parties[party_id].country, "")
        for party_id in party_ids
    }


def list_certificates_for(actor: Actor) -> QuerySet[Certificate]:
    """The party's certificates, newest first."""
    return Certificate.objects.filter(party_id=actor.party_id).order_by("-id")


def count_certificates_since(party_id: str, moment: datetime) -> int:
    return Certificate.objects.filter(party_id=party_id, issued_at__gte=moment).count()


def get_certificate_for(actor: Actor, certificate_id: str) -> Certificate:
    found = Certificate.objects.filter(pk=certificate_id, party_id=actor.party_id).first()
    if found is None:
        raise NotFound("certificate")
    return found


def find_certificate(code: str) -> Certificate | None:
    """A certificate by its code, for whoever has the paper."""
    return Certificate.objects.filter(code=clean_code(code)).first()


def get_time_zone(party_id: str) -> str:
    """Where a party's days begin."""
    return get_party(party_id).time_zone
