"""`manage.py demo`: fills an empty market, leaves any other alone, and writes down who can sign in."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from hirehall.kernel import clock
from hirehall.market.jobs.models import Job
from hirehall.people.accounts.models import User
from hirehall.project.management.commands.demo import last_midnight
from sim.market import PASSWORD
from sim.plans import Size, draw_plan


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    return tmp_path


@pytest.mark.django_db
def test_an_empty_market_is_filled_and_the_sign_ins_are_told(var, capsys):
    call_command("demo", "--if-empty", freelancers=4, clients=2, jobs=5, workers=1, until="2026-03-09")
    told = (var / "demo_sign_ins.txt").read_text(encoding="utf-8")
    for email in ("clara@hirehall.example", "tomas@hirehall.example"):
        assert email in told
        assert User.objects.get(email=email).check_password(PASSWORD)
    assert PASSWORD in told
    assert Job.objects.count() == 5
    assert not (var / "demo_unfinished").exists()


def test_a_demo_fills_only_an_empty_market(cast, var):
    with pytest.raises(CommandError, match="only an empty one"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert not (var / "demo_sign_ins.txt").exists()


def test_a_demo_that_was_interrupted_says_what_to_do(cast, var):
    (var / "demo_unfinished").touch()
    with pytest.raises(CommandError, match="interrupted"):
        call_command("demo", "--if-empty")


def test_every_hour_of_a_day_plays_the_same_year():
    plans = []
    for hour in (0, 9, 23):
        clock.freeze(datetime(2026, 3, 9, hour, 17, 5, tzinfo=UTC))
        plans.append(draw_plan(1, Size(12, 5, 20), last_midnight()))
    assert plans[0] == plans[1] == plans[2]
    assert last_midnight("2026-02-01") == datetime(2026, 2, 1, tzinfo=UTC)
