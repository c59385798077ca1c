"""How bank accounts are written in each country, from bank_shapes.toml, where each table names its source."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("bank_shapes.toml")


@dataclass(frozen=True)
class Part:
    """One number of a local form: its name for programs, its label and example for people, and its shape."""

    name: str
    label: str
    example: str
    shape: str
    fits: Callable[[str], bool] = bool

    def accepts(self, typed: str) -> bool:
        return re.fullmatch(self.shape, typed, re.ASCII) is not None and self.fits(typed)


def aba_fits(number: str) -> bool:
    """The check digit of a routing number of the United States.

    >>> aba_fits("021000021"), aba_fits("021000022")
    (True, False)
    """
    return sum(int(figure) * weight for figure, weight in zip(number, (3, 7, 1) * 3, strict=True)) % 10 == 0


CHECKS: Mapping[str, Callable[[str], bool]] = {"": bool, "aba": aba_fits}
SIGNS = {"n": r"\d", "a": "[A-Z]", "c": "[A-Z0-9]"}


def pattern_of(structure: str) -> str:
    """The pattern of what the register of IBANs writes as 4!a6!n: four letters, six figures.

    >>> pattern_of("4!a6!n")
    '[A-Z]{4}\\\\d{6}'
    """
    return "".join(f"{SIGNS[kind]}{{{count}}}" for count, kind in re.findall(r"(\d+)!([nac])", structure))


def _parts(table: Mapping[str, Any]) -> tuple[Part, ...]:
    """The numbers of one table of the file."""
    return tuple(
        Part(each["name"], each["label"], each["example"], each["shape"], CHECKS[each.get("check", "")])
        for each in table["parts"]
    )


_tables = tomllib.loads(FILE.read_text("utf-8"))
# Country -> what of its IBANs comes after the country and the check digits.
IBANS: Mapping[str, str] = {country: pattern_of(shape) for country, shape in _tables["iban"]["shapes"].items()}
LOCAL: Mapping[str, tuple[Part, ...]] = {country: _parts(table) for country, table in _tables["local"].items()}
ANYWHERE = _parts(_tables["anywhere"])
