"""Posts that come from another system: each once, by its key."""

from hirehall.kernel.atomic import action
from hirehall.market.jobs import rules
from hirehall.market.jobs.actions.posts import check_post, post_job, price_for, with_unit
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.queries import is_imported
from hirehall.people.accounts.actors import Actor


@action
def import_post(actor: Actor, terms: rules.JobTerms, source_key: str) -> Job | None:
    """Post it; None when it was imported before."""
    if is_imported(source_key):
        return None
    return post_job(actor, terms, source_key=source_key)


def try_import(actor: Actor, terms: rules.JobTerms, source_key: str) -> int | None:
    """The same without writing: what a proposal would cost, or None when it was imported before."""
    if is_imported(source_key):
        return None
    terms = with_unit(actor, terms)
    check_post(actor, terms)
    return price_for(terms).connects
