"""Whether what was typed can be a bank account of its country: an IBAN, or local numbers. Pure.

The shapes come from bank_shapes. A country that is in neither table is asked for the BIC of the bank and the number,
which every bank understands.
"""

import re
from collections.abc import Mapping

from hirehall.kernel.errors import Refused
from hirehall.money.payments.bank_shapes import ANYWHERE, IBANS, LOCAL, Part


def uses_iban(country: str) -> bool:
    """True when people of a country write their account as an IBAN; the British know their sort code better."""
    return country in IBANS and country not in LOCAL


def parts_of(country: str) -> tuple[Part, ...]:
    """The numbers that a bank of a country is asked for, where it has no IBAN."""
    return LOCAL.get(country, ANYWHERE)


def tidy(typed: str) -> str:
    """A number without the spaces and dashes that people set for reading."""
    return re.sub(r"[\s\-–.]", "", typed).upper()


def iban_fits(iban: str) -> bool:
    """The country's own shape and the checksum (remainder 1 by 97) of an IBAN without spaces, in capitals.

    >>> iban_fits("DE89370400440532013000"), iban_fits("DE89370400440532013001")
    (True, False)
    """
    shape = IBANS.get(iban[:2])
    if shape is None or not re.fullmatch(r"\d\d" + shape, iban[2:], re.ASCII):
        return False
    figures = "".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])
    # 00, 01 and 99 leave the same remainder as a right number and are never given.
    return int(figures) % 97 == 1 and "02" <= iban[2:4] <= "98"


def why_not_local(country: str, parts: Mapping[str, str]) -> Refused | None:
    """What is wrong with the numbers of a local account, told at the field it is about; they are tidied before."""
    if not re.fullmatch(r"[A-Z]{2}", country):
        return Refused("payout:country", "Choose the country of the bank.", field="country")
    for part in parts_of(country):
        if not part.accepts(parts.get(part.name, "")):
            return Refused("payout:part", "Check the digits; one looks like %(example)s.", values={"example": part.example}, field=part.name)
    return None
