"""Onboarding: ten steps to a public profile, without JavaScript, left and resumed (ACC-01)."""

import pytest
from django.urls import reverse

from hirehall.market.profiles.queries import find_own, is_published
from tests.support.cast import browse_as
from tests.support.profiles import OVERVIEW, picture

STEPS = (
    ("category", {"category": "web-development"}),
    ("place", {"country": "NG", "time_zone": "Africa/Lagos"}),
    ("title", {"title": "Booking systems in Django for clinics"}),
    ("experience", {"kind": "employment", "company": "Kano Labs", "role": "Developer", "starts_on_0": "1", "starts_on_1": "2020"}),
    ("english", {"english": "fluent"}),
    ("overview", {"overview": OVERVIEW}),
    ("rate", {"rate": "45"}),
    ("hours", {"hours": "more_than_30"}),
)


@pytest.mark.feature("ACC-01")
def test_steps_lead_to_a_public_profile(cast):
    browser = browse_as(cast.ada)
    assert browser.get(reverse("web:welcome")).status_code == 200
    first = browser.get(reverse("profiles:setup"))
    assert first.url == reverse("profiles:setup_step", args=["category"])
    for step, values in STEPS:
        address = reverse("profiles:setup_step", args=[step])
        assert browser.get(address).status_code == 200
        answer = browser.post(address, values)
        assert answer.status_code == 303, answer.content.decode()[-3000:]
    # Skills were passed over, so the way comes back to them.
    assert browser.get(reverse("profiles:setup")).url == reverse("profiles:setup_step", args=["skills"])
    assert browser.get(reverse("profiles:setup_step", args=["skills"])).status_code == 200
    answer = browser.post(reverse("profiles:skills"), {"add": "Django", "do": "typed", "from": "setup"})
    assert answer.url == reverse("profiles:setup_step", args=["skills"])
    browser.post(reverse("profiles:setup_step", args=["photo"]), {"photo": picture()})
    assert browser.get(reverse("profiles:setup")).url == reverse("profiles:setup_done")
    assert browser.get(reverse("profiles:setup_done")).status_code == 200
    assert not is_published(cast.ada.party_id)
    browser.post(reverse("profiles:publish"))
    assert is_published(cast.ada.party_id)


@pytest.mark.feature("ACC-01")
def test_onboarding_is_resumed_on_another_day(cast):
    browse_as(cast.ada).post(reverse("profiles:setup_step", args=["category"]), {"category": "design"})
    later = browse_as(cast.ada)
    assert later.get(reverse("web:welcome"), follow=True).redirect_chain[-1][0] == reverse("profiles:setup_step", args=["skills"])


def test_refused_step_stays_with_what_was_typed(cast):
    browser = browse_as(cast.ada)
    page = browser.post(reverse("profiles:setup_step", args=["overview"]), {"overview": "Too short."})
    assert page.status_code == 422
    assert b"Too short." in page.content
    assert not find_own(cast.ada).overview


def test_publishing_too_early_says_what_is_missing(cast):
    browser = browse_as(cast.ada)
    page = browser.post(reverse("profiles:publish"), follow=True)
    assert b"Still missing" in page.content
    assert not is_published(cast.ada.party_id)
