"""Writes of the index: some documents brought up to date, and all of it anew."""

from collections.abc import Iterator
from datetime import timedelta

from hirehall.guide.search import sources
from hirehall.guide.search.engines.current import engine
from hirehall.kernel import clock
from hirehall.kernel.atomic import action
from hirehall.market.jobs import queries as jobs
from hirehall.market.profiles import queries as profiles

BATCH = 500


@action
def index_talents(party_ids: list[str]) -> None:
    """Bring the documents of some parties up to date; one whose profile cannot be found is forgotten."""
    facts = sources.read_talents(party_ids)
    engine.index_talents(facts)
    for gone in set(party_ids) - {one.party_id for one in facts}:
        engine.forget_talent(gone)


@action
def index_jobs(job_ids: list[str]) -> None:
    """Bring the documents of some jobs up to date; one that takes no proposals now is forgotten."""
    facts = sources.read_jobs(job_ids)
    engine.index_jobs(facts)
    for gone in set(job_ids) - {one.job_id for one in facts}:
        engine.forget_job(gone)


def rebuild_index() -> Iterator[tuple[int, int]]:
    """Index everything anew in batches, and forget what is gone; yields how many are done of how many."""
    job_ids = sorted({*jobs.list_open_ids(), *engine.list_job_ids()})
    party_ids = sorted({*profiles.list_published_ids(), *engine.list_talent_ids()})
    whole, done = len(job_ids) + len(party_ids), 0
    yield done, whole
    for write, ids in ((index_jobs, job_ids), (index_talents, party_ids)):
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            write(batch)
            done += len(batch)
            yield done, whole


def refresh_active(minutes: int) -> None:
    """Bring those up to date who were here in the last minutes: nobody records an event for being here."""
    since = clock.now() - timedelta(minutes=minutes)
    ids = profiles.list_active_ids(since)
    for start in range(0, len(ids), BATCH):
        index_talents(ids[start : start + BATCH])
