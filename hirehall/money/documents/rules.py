"""Documents, decided: which event makes which document from which entries, how numbers look, what a tax number is. Pure.

The entries of a document are found by their references, which are a word and the id of the thing that caused them
(`release:<hold>`). A new code of the ledger that belongs on a document is one more word in ISSUES.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hirehall.kernel.errors import Refused


class Kind(StrEnum):
    """What a document is."""

    INVOICE = "invoice"  # by a freelancer to a client, written by the market on the freelancer's behalf
    FEE_INVOICE = "fee_invoice"  # by the market, for its fees
    RECEIPT = "receipt"  # by the market, for what was paid to it
    CREDIT_NOTE = "credit_note"  # takes back a part of an earlier document
    WITHDRAWAL = "withdrawal"  # confirms that money left
    CONVERSION = "conversion"  # confirms that money changed its currency

    @classmethod
    def choices_of(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.value.replace("_", " ")) for kind in cls]


MARKET = ""


@dataclass(frozen=True)
class Issue:
    """One document that an event makes. Issuer and recipient name parties in the event's data; MARKET is the market."""

    kind: Kind
    issuer: str
    recipient: str
    words: tuple[str, ...]
    subject: str = ""  # where the event's data has the id in the references; else its subject
    total: str = ""  # the word of the entry that says how much was paid in all
    corrects: tuple[Kind, str] | None = None  # the issuer's earlier documents: their kind, where the data has their subjects, or nowhere
    parts: str = ""  # where the data has several ids of which each is in references
    where: tuple[str, str] | None = None  # only when the event's data says so


# Fees on top of a payment: a reference names the fee, what VAT is on, and the charge.
CLIENT_FEES = ("client_fee:", "vat_on_fee:client_fee", "initiation_fee:", "vat_on_fee:initiation_fee")

# Issuers in one order, the market last, so that two events never wait for each other's numbers in a circle.
ISSUES: dict[str, tuple[Issue, ...]] = {
    "charge:settled": (Issue(Kind.RECEIPT, MARKET, "party", ("paid", *CLIENT_FEES), total="charge"),),
    "chargeback:lost": (
        Issue(Kind.CREDIT_NOTE, MARKET, "party", ("chargeback", "chargeback_paid"), corrects=(Kind.RECEIPT, "charge")),
    ),
    "conversion:accepted": (Issue(Kind.CONVERSION, MARKET, "party", ("conversion:%s:out",)),),
    "debt:transfer_recorded": (Issue(Kind.RECEIPT, MARKET, "party", ("debt_paid",), subject="transfer"),),
    "escrow:released": (
        Issue(Kind.INVOICE, "freelancer", "client", ("release",), subject="hold"),
        Issue(Kind.FEE_INVOICE, MARKET, "freelancer", ("fee", "vat"), subject="hold"),
    ),
    "refund:paid": (Issue(Kind.CREDIT_NOTE, MARKET, "party", ("refund_paid",), corrects=(Kind.RECEIPT, "charge")),),
    "release:refunded": (
        Issue(Kind.CREDIT_NOTE, "freelancer", "client", ("release_refund",), corrects=(Kind.INVOICE, "holds"), parts="parts"),
        Issue(
            Kind.CREDIT_NOTE, MARKET, "freelancer", ("service_fee", "vat_on_fee"), corrects=(Kind.FEE_INVOICE, "holds"), parts="parts"
        ),
    ),
    "release:taken_back": (
        Issue(Kind.CREDIT_NOTE, "freelancer", "client", ("back",), subject="ref", corrects=(Kind.INVOICE, "holds")),
        Issue(Kind.CREDIT_NOTE, MARKET, "freelancer", ("fee_back", "vat_back"), subject="ref", corrects=(Kind.FEE_INVOICE, "holds")),
    ),
    "withdrawal:paid": (
        Issue(Kind.WITHDRAWAL, MARKET, "party", ("payout",)),
        Issue(Kind.FEE_INVOICE, MARKET, "party", ("wfee", "wvat")),
    ),
    # The bank sent back what was paid: the fee that was invoiced is given back too.
    "withdrawal:returned": (
        Issue(Kind.CREDIT_NOTE, MARKET, "party", ("wback", "wvatback"), corrects=(Kind.FEE_INVOICE, ""), where=("was_paid", "yes")),
    ),
}
# Entries that are a tax on the others of the same document.
TAXES = frozenset({"vat_on_fee", "vat_on_fee_back"})


def references(issue: Issue, subject_ids: Sequence[str]) -> list[str]:
    """Under which references the ledger has the entries of a document."""
    return [word % one if "%s" in word else f"{word}:{one}" for one in subject_ids for word in issue.words]


def cause_of(kind: str, issuer: str, subject_id: str) -> str:
    """What makes a document the only one of its kind, so that an event can come twice."""
    return f"{kind}:{'party' if issuer else 'market'}:{subject_id}"


def number_text(prefix: str, year: int, number: int) -> str:
    """How a number is written: HH-2026-000042.

    >>> number_text("HH", 2026, 42)
    'HH-2026-000042'
    """
    return f"{prefix}-{year}-{number:06d}"


def prefix_of(issuer_id: str, market_prefix: str) -> str:
    """The first part of an issuer's numbers: the market's own, or the end of a party's id."""
    return issuer_id[-6:].upper() if issuer_id else market_prefix


def why_reverse_charge(kind: str, issuer_country: str, recipient: dict, taxed: bool) -> bool:
    """True when the recipient of a fee invoice owes its tax at home: a business abroad, and no tax on the invoice."""
    abroad = bool(recipient["country"]) and recipient["country"] != issuer_country
    return kind == Kind.FEE_INVOICE and not taxed and abroad and bool(recipient["tax_number"])


@dataclass(frozen=True)
class DocumentsPolicy:
    """The table [documents] of policy.toml."""

    market_name: str
    market_address: tuple[str, ...]
    market_country: str
    market_tax_number: str
    market_prefix: str
    certificates_a_day: int


# Shapes of tax numbers by country, without spaces, dots and hyphens; a country that is not here has the general one.
TAX_NUMBERS = {
    "AT": r"(AT)?U\d{8}", "AU": r"\d{11}", "BD": r"\d{12,13}", "BE": r"(BE)?[01]\d{9}", "BG": r"(BG)?\d{9,10}",
    "CH": r"(CHE)?\d{9}(MWST|TVA|IVA)?", "CY": r"(CY)?\d{8}[A-Z]", "CZ": r"(CZ)?\d{8,10}", "DE": r"(DE)?\d{9}",
    "DK": r"(DK)?\d{8}", "EE": r"(EE)?\d{9}", "ES": r"(ES)?[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"(FI)?\d{8}",
    "FR": r"(FR)?[A-Z0-9]{2}\d{9}", "GB": r"(GB)?(\d{9}|\d{12})", "GR": r"(EL)?\d{9}", "HR": r"(HR)?\d{11}",
    "HU": r"(HU)?\d{8}", "IE": r"(IE)?\d[A-Z0-9]\d{5}[A-Z]{1,2}", "IN": r"\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]",
    "IT": r"(IT)?\d{11}", "LT": r"(LT)?(\d{9}|\d{12})", "LU": r"(LU)?\d{8}", "LV": r"(LV)?\d{11}", "MT": r"(MT)?\d{8}",
    "NG": r"\d{8,14}", "NL": r"(NL)?\d{9}B\d{2}", "NO": r"(NO)?\d{9}(MVA)?", "PL": r"(PL)?\d{10}", "PT": r"(PT)?\d{9}",
    "RO": r"(RO)?\d{2,10}", "SE": r"(SE)?\d{12}", "SI": r"(SI)?\d{8}", "SK": r"(SK)?\d{10}", "US": r"\d{9}",
}  # fmt: skip
GENERAL_TAX_NUMBER = r"[A-Z0-9]{4,20}"
LONGEST_LINE = 100
MOST_LINES = 5


@dataclass(frozen=True)
class Details:
    """How a party stands on documents."""

    legal_name: str
    address: tuple[str, ...]
    country: str
    tax_number: str


def clean_tax_number(typed: str) -> str:
    """A tax number without what people type between its parts."""
    return re.sub(r"[\s./\-]", "", typed).upper()


def why_not_details(given: Details, countries: frozenset[str]) -> Refused | None:
    """What is wrong with a party's details, told at the field it is about."""
    if not 2 <= len(given.legal_name) <= LONGEST_LINE:
        return Refused("details:name", "Type the name as it stands in official papers.", field="legal_name")
    if len(given.address) > MOST_LINES or any(len(line) > LONGEST_LINE for line in given.address):
        return Refused("details:address", "An address has at most 5 lines of 100 characters.", field="address")
    if given.country and given.country not in countries:
        return Refused("details:country", "Choose a country of the list.", field="country")
    if given.tax_number and not given.country:
        return Refused("details:country_missing", "Choose the country that gave the tax number.", field="country")
    shape = TAX_NUMBERS.get(given.country, GENERAL_TAX_NUMBER)
    if given.tax_number and not re.fullmatch(shape, given.tax_number):
        return Refused("details:tax_number", "This is not a tax number of that country; check it.", field="tax_number")
    return None


def why_not_certify(since: date, until: date, today: date, made_today: int, most: int) -> Refused | None:
    """The reason why a period cannot be certified."""
    if until < since:
        return Refused("certificate:order", "The last day lies before the first.", field="until")
    if until > today:
        return Refused(
            "certificate:future", "A certificate can only speak of days that are over or today.", field="until"
        )
    if made_today >= most:
        return Refused("certificate:too_many", "At most %(most)s certificates can be made in a day.", values={"most": most})
    return None


# Without letters that look like others; 16 of them are 80 bits, which nobody guesses.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def clean_code(typed: str) -> str:
    """A verification code as it is kept, whatever way it was copied from paper."""
    plain = re.sub(r"[\s\-]", "", typed).upper()
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")[:CODE_LENGTH]


def code_text(code: str) -> str:
    """A code in groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
