"""Versions of an offer beside each other: the newest of one side, and what changed. Pure."""

from collections.abc import Sequence


def differences(before: dict, after: dict) -> list[tuple[str, object, object]]:
    """What changed between two versions of terms: (name, before, after)."""
    found: list[tuple[str, object, object]] = [
        (name, before[name], after[name]) for name in ("title", "scope", "deliverables", "revisions") if before[name] != after[name]
    ]
    old, new = before["milestones"], after["milestones"]
    for number in range(max(len(old), len(new))):
        was = old[number] if number < len(old) else None
        now = new[number] if number < len(new) else None
        if was != now:
            found.append((f"milestone {number + 1}", was, now))
    return found


def latest_by(versions: Sequence, party_id: str):
    """The newest version that a party made, or None."""
    return next((v for v in sorted(versions, key=lambda v: -v.number) if v.by_party_id == party_id), None)
