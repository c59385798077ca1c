"""Writes of the index: after events, and all of it anew."""

from collections.abc import Iterator

from hirehall.guide.search import sources
from hirehall.guide.search.engines.postgres import PostgresEngine
from hirehall.guide.search.port import SearchEngine
from hirehall.kernel.atomic import action
from hirehall.kernel.events import Event
from hirehall.market.profiles import queries as profiles

BATCH = 500
engine: SearchEngine = PostgresEngine()


@action
def index_talents(party_ids: list[str]) -> None:
    """Bring the documents of some parties up to date; one without a published profile is forgotten."""
    facts = sources.read_talents(party_ids)
    engine.index_talents(facts)
    for gone in set(party_ids) - {one.party_id for one in facts}:
        engine.forget_talent(gone)


def index_talent(event: Event) -> None:
    """Reaction: whoever the event is about looks different now."""
    index_talents([event.data.get("freelancer") or event.subject_id])


def rebuild_index() -> Iterator[int]:
    """Index everything anew, in batches; yields how many were done, for a progress bar."""
    ids = profiles.list_published_ids()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        index_talents(batch)
        yield len(batch)
