"""Files in a bucket: the same rooms, guards and pages, with a real S3 server on loopback behind them."""

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer

from hirehall.kernel.models import StoredFile
from hirehall.project.settings import s3_storage
from hirehall.work.contracts.actions.milestones import submit_work
from tests.support.cast import browse_as
from tests.support.contracts import make_contract

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def bucket(settings, monkeypatch):
    for name, value in (("ACCESS_KEY_ID", "key"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client("s3", endpoint_url=address)
    client.create_bucket(Bucket="hall")
    settings.STORAGES = {**settings.STORAGES, "default": s3_storage("hall", address)}
    yield lambda: [one["Key"] for one in client.list_objects_v2(Bucket="hall").get("Contents", [])]
    server.stop()


def test_a_file_lies_in_the_bucket_and_opens_through_its_guard_alone(bucket, cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    assert bucket() == []
    submit_work(cast.ada, first.id, "Here it is.", [SimpleUploadedFile("plan.txt", b"All of the plan.", "text/plain")])
    stored = StoredFile.objects.get(purpose="submission")
    assert bucket() == [stored.path]
    answer = browse_as(cast.cyd).get(f"/file/{stored.pk}/")
    assert (answer.status_code, answer.content) == (200, b"All of the plan.")
    for stranger in (cast.ben, cast.dot):
        assert browse_as(stranger).get(f"/file/{stored.pk}/").status_code == 404
