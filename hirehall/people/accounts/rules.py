"""Who may do what for a party. Pure."""

from datetime import timedelta

from hirehall.kernel.errors import Refused

# "Last active" is shown in steps, so one write in this time is enough.
ACTIVE_STEP = timedelta(minutes=10)

# What an API token can be allowed: read everything of its party, or write by area.
SCOPES = frozenset({"read", "profile", "jobs", "proposals", "contracts", "messages", "money"})

# What each role may do for its party; everything is closed unless it stands here.
POWERS: dict[str, frozenset[str]] = {
    "owner": frozenset({"hire", "bid", "pay", "withdraw", "talk", "manage", "view"}),
    "manager": frozenset({"hire", "bid", "talk", "manage", "view"}),
    "hirer": frozenset({"hire", "talk", "view"}),
    "finance": frozenset({"pay", "withdraw", "view"}),
    "member": frozenset({"talk", "view"}),
    "viewer": frozenset({"view"}),
    "system": frozenset({"hire", "bid", "pay", "withdraw", "talk", "manage", "view"}),
}


def may(role: str, power: str) -> bool:
    """True when a role carries a power: hire, bid, pay, withdraw, talk, manage or view."""
    return power in POWERS.get(role, frozenset())


def why_not_act(role: str, power: str, standing: str) -> Refused | None:
    """The reason why somebody may not use a power for the party they act for."""
    if not may(role, power):
        return Refused("party:role", "Your role here does not allow this; ask the owner of the account.")
    if standing == "suspended" and power in ("hire", "bid"):
        return Refused("party:suspended", "This account is suspended; open work and earnings stay yours.")
    return None


def why_not_name(name: str) -> Refused | None:
    """A name must be something people can be called by."""
    if not name.strip():
        return Refused("party:name_missing", "Type a name.", field="name")
    if len(name) > 100:
        return Refused("party:name_long", "A name has at most 100 characters.", field="name")
    return None
