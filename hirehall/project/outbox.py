"""Jobs commit with the data in the worker too.

Out of the box procrastinate's worker defers through a connection of its own: a job that an action defers inside a job
could run before the action's rows are there, and would stay when the action is undone. Here whatever defers within a
job goes through Django's connection, as in the web; only the worker's own fetching and finishing stays apart.
"""

from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

ALIAS = "default"


class WorkerConnector(PsycopgConnector):
    """Fetches and finishes jobs by its own pool; what a job defers joins the job's transaction."""

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector(alias=ALIAS)


class OutboxConnector(DjangoConnector):
    """Django's connection, and a worker that keeps to it."""

    def get_worker_connector(self) -> PsycopgConnector:
        return WorkerConnector(kwargs=connector_params(ALIAS))


def tie_jobs_to_data(app: App) -> None:
    """Called by procrastinate once its app is made (PROCRASTINATE_ON_APP_READY)."""
    app.connector = OutboxConnector(alias=ALIAS)
    app.job_manager.connector = app.connector
