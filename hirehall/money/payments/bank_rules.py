"""How a bank account is written in each country: by IBAN where the country has them, by local numbers elsewhere. Pure.

A country that is in neither table is asked for the BIC of the bank and the number, which every bank understands.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hirehall.kernel.errors import Refused


@dataclass(frozen=True)
class Part:
    """One number of a local form: its name for programs, its label and example for people, and its shape."""

    name: str
    label: str
    example: str
    shape: str
    fits: Callable[[str], bool] = bool

    def accepts(self, typed: str) -> bool:
        return re.fullmatch(self.shape, typed) is not None and self.fits(typed)


def aba_fits(number: str) -> bool:
    """The check digit of a routing number of the United States.

    >>> aba_fits("021000021"), aba_fits("021000022")
    (True, False)
    """
    return sum(int(figure) * weight for figure, weight in zip(number, (3, 7, 1) * 3, strict=True)) % 10 == 0


ACCOUNT = "account"
_LONG = r"\d{6,18}"
LOCAL: Mapping[str, tuple[Part, ...]] = {
    "US": (
        Part("routing", "Routing number", "021000021", r"\d{9}", aba_fits),
        Part(ACCOUNT, "Account number", "123456789", r"\d{4,17}"),
    ),
    "GB": (
        Part("sort_code", "Sort code", "20-00-00", r"\d{6}"),
        Part(ACCOUNT, "Account number", "55779911", r"\d{8}"),
    ),
    "IN": (
        Part("ifsc", "IFSC code", "HDFC0001234", r"[A-Z]{4}0[A-Z0-9]{6}"),
        Part(ACCOUNT, "Account number", "50100123456789", r"\d{9,18}"),
    ),
    "BD": (
        Part("routing", "Routing number", "060260003", r"\d{9}"),
        Part(ACCOUNT, "Account number", "1101234567001", r"\d{7,17}"),
    ),
    "NG": (
        Part("bank_code", "Bank code", "058", r"\d{3,6}"),
        Part(ACCOUNT, "Account number (NUBAN)", "0123456789", r"\d{10}"),
    ),
    "KE": (
        Part("bank_code", "Bank code", "01", r"\d{2}"),
        Part("branch_code", "Branch code", "094", r"\d{3}"),
        Part(ACCOUNT, "Account number", "1234567890", r"\d{6,14}"),
    ),
    "PH": (
        Part("brstn", "Bank routing number (BRSTN)", "010530667", r"\d{9}"),
        Part(ACCOUNT, "Account number", "001234567890", r"\d{6,16}"),
    ),
    "CA": (
        Part("institution", "Institution number", "003", r"\d{3}"),
        Part("transit", "Transit number", "00010", r"\d{5}"),
        Part(ACCOUNT, "Account number", "1234567", r"\d{5,12}"),
    ),
    "AU": (
        Part("bsb", "BSB number", "062-000", r"\d{6}"),
        Part(ACCOUNT, "Account number", "12345678", r"\d{5,9}"),
    ),
}
ANYWHERE = (
    Part("bic", "BIC (SWIFT code) of the bank", "DEUTDEFF", r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"),
    Part(ACCOUNT, "Account number", "1234567890", r"[A-Z0-9]{4,34}"),
)

# Length of an IBAN by country: the register of ISO 13616.
IBAN_LENGTHS: Mapping[str, int] = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip


def uses_iban(country: str) -> bool:
    """True when people of a country write their account as an IBAN; the British know their sort code better."""
    return country in IBAN_LENGTHS and country not in LOCAL


def parts_of(country: str) -> tuple[Part, ...]:
    """The numbers that a bank of a country is asked for, where it has no IBAN."""
    return LOCAL.get(country, ANYWHERE)


def tidy(typed: str) -> str:
    """A number without the spaces and dashes that people set for reading."""
    return re.sub(r"[\s\-–.]", "", typed).upper()


def iban_fits(iban: str) -> bool:
    """The country, its length and the checksum (remainder 1 by 97) of an IBAN without spaces, in capitals."""
    if not (iban.isascii() and iban.isalnum() and IBAN_LENGTHS.get(iban[:2]) == len(iban) and iban[2:4].isdigit()):
        return False
    figures = "".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])
    return int(figures) % 97 == 1


def why_not_local(country: str, parts: Mapping[str, str]) -> Refused | None:
    """What is wrong with the numbers of a local account, told at the field it is about; they are tidied before."""
    if not re.fullmatch(r"[A-Z]{2}", country):
        return Refused("payout:country", "Choose the country of the bank.", field="country")
    for part in parts_of(country):
        if not part.accepts(parts.get(part.name, "")):
            return Refused(
                "payout:part", f"{part.label}: check the digits; one looks like {part.example}.", field=part.name
            )
    return None
