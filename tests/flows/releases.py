"""Brings a running market to where two hundred parts of milestones can be released; run as a module, prints them as JSON."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms  # noqa: E402
from tests.support.cast import call_as, make_cast  # noqa: E402
from tests.support.contracts import make_contract  # noqa: E402
from tests.support.jobs import run_jobs  # noqa: E402

# Several contracts, so that releases do run beside each other: those of one wait for its lock.
CONTRACTS, PARTS, PART_MINOR = 4, 50, 100


def make_releases() -> dict:
    """The client's token, and every call: an address and a body, in turns for each contract."""
    cast = make_cast()
    run_jobs()
    terms = OfferTerms("A long work", "Fifty parts.", (MilestoneTerms("All", PARTS * PART_MINOR),))
    milestones = [make_contract(cast.cyd, cast.ada, terms)[1][0] for _ in range(CONTRACTS)]
    paths = [f"/contracts/milestones/{milestone.id}/approve" for _ in range(PARTS) for milestone in milestones]
    return {"token": call_as(cast.cyd), "calls": [[path, {"amount_minor": PART_MINOR}] for path in paths]}


if __name__ == "__main__":
    call_command("remember_policy")
    sys.stdout.write("\n" + json.dumps(make_releases()))
