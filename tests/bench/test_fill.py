"""A small filled market shows what it should on every page that is measured."""

import pytest

from bench.web.fill import PROPOSALS_A_JOB, fill
from bench.web.size import pages
from hirehall.market.jobs.models import Job
from hirehall.market.proposals.models import Proposal
from hirehall.people.accounts.models import Party, User
from hirehall.people.accounts.queries import find_actor
from tests.support.cast import browse_as


@pytest.mark.django_db
def test_each_measured_page_shows_what_was_filled():
    fill(60)
    assert Party.objects.count() == Job.objects.count() == 60
    assert Proposal.objects.count() == 60 * PROPOSALS_A_JOB
    actors = {
        kind: find_actor(User.objects.get(email=f"p{number}@bench.example"), None)
        for kind, number in (("client", 0), ("freelancer", 1))
    }
    for name, (who, path, expected) in pages(actors["client"], actors["freelancer"]).items():
        answer = browse_as(actors[who]).get(path)
        assert answer.status_code == 200, name
        assert expected in answer.content.decode(), name


@pytest.mark.django_db
def test_pages_go_out_compressed_and_pictures_as_they_are(client):
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/")
