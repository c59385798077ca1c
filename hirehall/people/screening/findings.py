"""One thing found in a text, and how several finds are put in order.

A finding points into the text as it was typed, so a page can mark it where it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What may never stand in a text, also after a contract has started (docs/policy/contact.md).
PAYMENT_KINDS = frozenset({"payment_link", "outside_payment"})

# When two finds overlap, the one further to the left in this list stays.
KINDS = (
    "payment_link",
    "email",
    "messenger",
    "meeting",
    "social",
    "phone",
    "outside_payment",
    "address",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` is `typed[start:end]`; `reason` is a short noun phrase a person understands."""

    kind: str
    start: int
    end: int
    text: str
    reason: str


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """Order by place and drop what overlaps something stronger."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (KINDS.index(f.kind), f.start, -f.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def mark(text: str, findings: Sequence[Finding]) -> list[tuple[str, Finding | None]]:
    """Cut a text into segments for a template: each with its finding, or None when it is fine."""
    segments: list[tuple[str, Finding | None]] = []
    at = 0
    for one in settle(findings):
        if one.start > at:
            segments.append((text[at : one.start], None))
        segments.append((text[one.start : one.end], one))
        at = one.end
    if at < len(text):
        segments.append((text[at:], None))
    return segments
