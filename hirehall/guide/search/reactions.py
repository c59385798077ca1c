"""What the index does after events: whatever a job, its client or a freelancer now looks like is written anew.

Each takes all it needs from the rows as they are when it runs, so running it late or twice does no harm.
"""

from hirehall.guide.search.actions import index_jobs, index_talents
from hirehall.kernel.events import Event
from hirehall.market.jobs import queries as jobs


def index_job(event: Event) -> None:
    """Reaction to what happens to a job or to its proposals."""
    job_id = event.data.get("job") or (event.subject_id if event.name.startswith("job:") else "")
    if job_id:
        index_jobs([job_id])


def index_client(event: Event) -> None:
    """Reaction to what changes a client's record: it stands on each of their open jobs."""
    data = event.data
    client = data.get("client") or data.get("party") or data.get("about") or event.subject_id
    index_jobs(jobs.list_open_ids(client))


def index_talent(event: Event) -> None:
    """Reaction to what changes how a freelancer looks."""
    index_talents([event.data.get("freelancer") or event.data.get("about") or event.subject_id])
