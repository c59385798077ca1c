"""Inside a worker, too, a job is there when its transaction is, and gone when that is undone."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hirehall.kernel.mail import send_mail

MAIL = {"key": "outbox", "to": "ada@people.example", "template": "x", "language": "en", "context": {}}


class Undo(Exception):
    """Stops the transaction."""


def defer_and_undo():
    try:
        with transaction.atomic():
            send_mail.defer(**MAIL)
            assert ProcrastinateJob.objects.count() == 1
            raise Undo
    except Undo:
        return ProcrastinateJob.objects.count()


def defer_and_keep():
    with transaction.atomic():
        send_mail.defer(**MAIL)
    return ProcrastinateJob.objects.count()


def once(task):
    try:
        return task()
    finally:
        connection.close()


async def in_a_worker(task):
    async with app.open_async():
        return await sync_to_async(once)(task)


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("OPS-01")
@pytest.mark.parametrize(("task", "left"), [(defer_and_undo, 0), (defer_and_keep, 1)])
def test_what_a_job_defers_is_part_of_its_transaction(task, left):
    with app.replace_connector(app.connector.get_worker_connector()):
        assert asyncio.run(in_a_worker(task)) == left
