"""Makers and readers of documents for tests."""

import io

import pdfplumber

from hirehall.kernel.ids import new_id
from hirehall.money.documents.actions.issuing import Draft, draft_of, issue_document
from hirehall.money.documents.models import Document
from hirehall.money.documents.rules import ISSUES, Kind
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry


def text_of(pdf: bytes) -> str:
    """The text of a PDF as somebody who copies from it gets it."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def make_release(freelancer, client, amount: int, fee: int, unit: str, vat: int = 0) -> dict[str, str]:
    """A release with its fee in any unit, straight in the ledger; returns what its event would say."""
    hold, escrow_id = new_id(), new_id()
    memo = {
        "contract": "c" * 26,
        "contract_title": "Shop design",
        "milestone": "First draft",
        "client_name": client.name,
    }
    free, escrow = Address("available", client.party_id), Address("escrow", escrow_id, client.party_id)
    pending = Address("pending", freelancer.party_id)
    entries = [
        Entry(Address("gateway"), free, amount, unit, "charge", f"charge:{hold}", memo),
        Entry(free, escrow, amount, unit, "escrow_payment", f"paid:{hold}", memo),
        Entry(escrow, pending, amount, unit, "release", f"release:{hold}", memo),
        Entry(
            pending,
            Address("fee"),
            fee,
            unit,
            "service_fee",
            f"fee:{hold}",
            {**memo, "of_minor": amount, "basis_points": 1_000},
        ),
    ]
    if vat:
        entries.append(Entry(pending, Address("tax"), vat, unit, "vat_on_fee", f"vat:{hold}", memo))
    post(entries)
    return {"hold": hold, "freelancer": freelancer.party_id, "client": client.party_id}


def issue_all(event: str, subject_id: str, data: dict[str, str]) -> list[Document]:
    """What the reaction to an event issues."""
    return [issue_document(draft_of(issue, subject_id, data)) for issue in ISSUES[event]]


def make_draft(recipient: str, cause: str, amount: int = 100) -> Draft:
    """A receipt over one entry of its own."""
    ref = f"paid:{cause}"
    post([Entry(Address("gateway"), Address("available", recipient), amount, "USD", "charge", ref, {})])
    issue = next(iter(ISSUES["charge:settled"]))
    made = draft_of(issue, cause, {"party": recipient})
    assert made.kind == Kind.RECEIPT
    return made
