"""Brings a running market to where two hundred parts of milestones can be released; run as a module, prints them as JSON."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hirehall.work.contracts.actions.milestones import fund_milestone  # noqa: E402
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms  # noqa: E402
from tests.support.cast import call_as, make_cast  # noqa: E402
from tests.support.contracts import make_contract  # noqa: E402
from tests.support.jobs import run_jobs  # noqa: E402

MILESTONES, PARTS, PART_MINOR = 20, 10, 100


def make_releases() -> dict:
    """The client's token, and every call: an address and a body."""
    cast = make_cast()
    run_jobs()
    parts = tuple(MilestoneTerms(f"Part {n}", PARTS * PART_MINOR) for n in range(1, MILESTONES + 1))
    _, milestones = make_contract(cast.cyd, cast.ada, OfferTerms("A long work", "Twenty parts.", parts))
    for milestone in milestones[1:]:
        fund_milestone(cast.cyd, milestone.id)
    run_jobs()
    paths = [f"/contracts/milestones/{milestone.id}/approve" for milestone in milestones for _ in range(PARTS)]
    return {"token": call_as(cast.cyd), "calls": [[path, {"amount_minor": PART_MINOR}] for path in paths]}


if __name__ == "__main__":
    call_command("remember_policy")
    sys.stdout.write("\n" + json.dumps(make_releases()))
