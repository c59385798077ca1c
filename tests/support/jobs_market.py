"""Makers of jobs, built on actions."""

from dataclasses import replace

from hirehall.market.jobs.actions.posts import post_job
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.rules import JobTerms
from hirehall.people.accounts.actors import Actor

TERMS = JobTerms(
    title="Landing page for a small bakery",
    description="We bake bread in two shops and want one warm page with opening hours, a map and pictures we have.",
    category="web-development",
    kind="fixed",
    skills=("html", "css"),
    budget_minor=50_000,
    length="weeks",
    questions=("Which page of yours is like this?", "When could you start?"),
)


def make_job(client: Actor, **changes) -> Job:
    """A posted job, with changes to the usual terms."""
    return post_job(client, replace(TERMS, **changes))
