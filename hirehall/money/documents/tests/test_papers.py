"""What stands on paper equals the ledger to the smallest part, in every unit and language, and is always the same."""

import pytest
from django.utils import translation

from hirehall.kernel.money import format_money
from hirehall.money.documents.papers import paper_of
from hirehall.money.documents.pdf import set_paper
from hirehall.money.ledger.queries import list_posted
from hirehall.money.payments.causes import reader_locale
from tests.support.documents import issue_all, make_release, text_of


def bare(text: str) -> str:
    """Without the kinds of spaces that typesetting puts in."""
    return "".join(text.split())


@pytest.mark.feature("PAY-06")
@pytest.mark.parametrize("language", ["en", "bn", "hi"])
@pytest.mark.parametrize(
    ("unit", "amount", "fee", "vat"),
    [("USD", 123_456_789, 12_345_679, 2_345_679), ("JPY", 98_765, 9_877, 988), ("KWD", 1_234_567, 123_457, 18_519)],
)
def test_the_amounts_of_a_pdf_are_those_of_the_ledger(cast, language, unit, amount, fee, vat):
    told = make_release(cast.ada, cast.cyd, amount, fee, unit, vat)
    invoice, fees = issue_all("escrow:released", "e", told)
    with translation.override(language):
        for document, refs in ((invoice, ["release"]), (fees, ["fee", "vat"])):
            posted = list_posted([f"{word}:{told['hold']}" for word in refs])
            said = bare(text_of(set_paper(paper_of(document), document.issued_at)))
            for transfer in posted:
                assert bare(format_money(transfer.amount, unit, reader_locale())) in said
            assert bare(format_money(sum(t.amount for t in posted), unit, reader_locale())) in said
            assert bare(document.label) in said
            assert "\ufffd" not in said


@pytest.mark.feature("PAY-06")
def test_the_same_facts_give_the_same_bytes(cast):
    invoice, _ = issue_all("escrow:released", "e", make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD"))
    first = set_paper(paper_of(invoice), invoice.issued_at)
    invoice.refresh_from_db()
    assert set_paper(paper_of(invoice), invoice.issued_at) == first
    assert first.startswith(b"%PDF-")


def test_bengali_and_devanagari_have_their_letters(cast):
    invoice, _ = issue_all("escrow:released", "e", make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD"))
    paper = paper_of(invoice) | {"title": "চালান কাজ", "notes": ["भुगतान हो गया"]}
    made = set_paper(paper, invoice.issued_at)
    for font in (b"HindSiliguri", b"Hind-"):
        assert font in made
    said = text_of(made)
    assert "ল" in said
    assert "भ" in said


def test_notes_say_what_the_law_wants_to_read(cast):
    invoice, fees = issue_all("escrow:released", "e", make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD"))
    assert "Self-billed" in paper_of(invoice)["notes"][0]
    fees.facts |= {"reverse_charge": True, "corrects": {"id": "x", "label": "HH-1"}, "kept": 5}
    said = " ".join(paper_of(fees)["notes"])
    for words in ("Reverse charge", "HH-1", "stayed in the balance"):
        assert words in said
