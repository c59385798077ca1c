"""Timed work of the index: who was here lately, and each night all of it anew, should a change have been missed."""

from procrastinate.contrib.django import app as jobs

from hirehall.guide.search import actions

REFRESH_MINUTES = 30


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="search.refresh_active", queueing_lock="search.refresh_active")
def refresh_active(timestamp: int) -> None:
    actions.refresh_active(REFRESH_MINUTES)


@jobs.periodic(cron="40 3 * * *")
@jobs.task(name="search.rebuild", queueing_lock="search.rebuild")
def rebuild(timestamp: int) -> None:
    for _done in actions.rebuild_index():
        pass
