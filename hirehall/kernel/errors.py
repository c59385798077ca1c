"""Refusals: expected errors as values, with a stable code and a sentence that a person understands.

A rule returns `Refused` or None; the action hands it to `refuse`, which raises it, so the transaction is
undone; page and API show the same sentence, a page in its reader's language (`http.told`). The code is part of the
contract with programs and never changes.
"""

from collections.abc import Callable, Mapping
from typing import Any


class Refused(Exception):
    """Something was asked that the rules do not allow now.

    The text is fixed, so that it can be translated; %(name)s in it stands for one of the values. It is collected for
    translation where it is written as the second argument. A value that is a function is called with the translation,
    for words inside the sentence.
    """

    def __init__(
        self, code: str, text: str, field: str | None = None, values: Mapping[str, Any] | None = None, **details: Any
    ):
        self.code = code
        self.text = text
        self.field = field
        self.values = values
        self.details = details
        self.sentence = self.say(str)
        super().__init__(self.sentence)

    def say(self, translate: Callable[[str], str]) -> str:
        """The sentence by a translation of its text."""
        text = translate(self.text)
        if not self.values:
            return text
        return text % {name: value(translate) if callable(value) else value for name, value in self.values.items()}

    def at(self, field: str) -> "Refused":
        """The same about another field of a form."""
        return Refused(self.code, self.text, field, self.values, **self.details)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.code, self.sentence, self.field))

    def __repr__(self) -> str:
        return f"Refused({self.code!r}, {self.sentence!r})"

    def _key(self) -> tuple[str, str, str | None, dict[str, Any]]:
        return (self.code, self.sentence, self.field, self.details)


class NotFound(Exception):
    """There is no such thing, or not for this actor; the two are told apart for nobody."""

    def __init__(self, what: str = "page"):
        super().__init__(f"There is no such {what}, or it is not open to you.")
        self.what = what


class BadPolicy(Exception):
    """policy.toml holds something that the market cannot run with; the message names file, key and reason.

    It stands here because whoever starts the market catches it before there are any tables.
    """


def refuse(refusal: Refused | None) -> None:
    """Raise the refusal if a rule returned one."""
    if refusal is not None:
        raise refusal
