"""The front door of screening: what may not stand in a text, a file name or a link, and why.

Before a contract no text carries a way to meet elsewhere; after its start people talk as they
like. Payment past the house is refused at any time. See docs/policy/contact.md.
"""

from collections.abc import Callable, Sequence
from functools import partial

from hirehall.kernel.errors import Refused
from hirehall.people.screening.addresses import find_addresses
from hirehall.people.screening.findings import PAYMENT_KINDS, Finding, settle
from hirehall.people.screening.handles import find_handles
from hirehall.people.screening.mails import find_mails
from hirehall.people.screening.meetings import find_meetings
from hirehall.people.screening.obfuscation import fold
from hirehall.people.screening.payments_outside import find_payments
from hirehall.people.screening.phones import find_phones

CONTACT_FINDERS = (find_payments, find_mails, find_handles, find_meetings, find_phones, find_addresses)
QUOTED_LENGTH = 60
# Signs that stand for a blank in file names.
AS_BLANKS = str.maketrans("_+~", "   ")


def find_contacts(text: str) -> list[Finding]:
    """All that must not stand in a text before a contract: ordered, not overlapping."""
    folded = fold(text)
    return settle(one for find in CONTACT_FINDERS for one in find(folded))


def find_outside_payment(text: str) -> list[Finding]:
    """All that is never allowed, also between people who have a contract."""
    return settle(find_payments(fold(text)))


def why_not_send(text: str, *, contract_started: bool, field: str | None = None) -> Refused | None:
    """Payment outside weighs more than a contact, so it gives the code when a text has both."""
    found = find_outside_payment(text) if contract_started else find_contacts(text)
    return why_not_have(found, field)


def why_not_file_name(name: str, contract_started: bool) -> Refused | None:
    """A file name is read twice: as it is, and with the signs that stand for blanks."""
    stem = name.rpartition(".")[0] or name
    for reading in (name, stem.translate(AS_BLANKS)):
        found = find_outside_payment(reading) if contract_started else find_contacts(reading)
        as_named = [Finding(f.kind, f.start, f.end, name[f.start : f.end], f.reason) for f in found]
        if as_named:
            return why_not_have(as_named, "file")
    return None


def why_not_have(found: Sequence[Finding], field: str | None) -> Refused | None:
    if not found:
        return None
    details = [{"start": f.start, "end": f.end, "kind": f.kind, "text": f.text} for f in found]
    if any(f.kind in PAYMENT_KINDS for f in found):
        return Refused(
            "screening:outside_payment",
            "Take out %(found)s: all payment for work found here goes through the contract, which protects both sides.",
            field,
            {"found": partial(quote, found)},
            findings=details,
        )
    return Refused(
        "screening:contact_before_contract",
        "Take out %(found)s: contact details can be shared once a contract has started.",
        field,
        {"found": partial(quote, found)},
        findings=details,
    )


def quote(found: Sequence[Finding], translate: Callable[[str], str] = str) -> str:
    """`“917 555 0123” (phone number) and “t.me/ben” (messenger contact)`, each piece once."""
    pieces = list(dict.fromkeys(f"“{shorten(f.text)}” ({translate(f.reason)})" for f in found))
    return translate(" and ").join([*([", ".join(pieces[:-1])] if pieces[:-1] else []), pieces[-1]])


def shorten(text: str) -> str:
    """One line, and not longer than a person needs to find it again."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED_LENGTH else line[: QUOTED_LENGTH - 1] + "…"
