"""The code base obeys every lint, and every lint catches what it is for."""

import re

import pytest

from tests.tidy import lints
from tests.tidy.lints import LINTS, Source, recorded_events, sources, wired_events

FILES = sources()

ACTIONS = "hirehall/market/jobs/actions.py"
MODELS = "hirehall/market/jobs/models.py"
# lint -> (path, text) that it must catch, and one that it must let pass.
PLANTED = {
    "foreign_models": (
        (ACTIONS, "from hirehall.money.ledger.models import Transfer"),
        (ACTIONS, "from hirehall.market.jobs.models import Job"),
    ),
    "upward_keys": (
        (MODELS, "x = models.ForeignKey('contracts.Contract')"),
        (MODELS, "x = models.ForeignKey('accounts.Party')"),
    ),
    "signals": ((ACTIONS, "from django.db.models.signals import post_save"), (ACTIONS, "import django.db.models")),
    "overridden_save": ((MODELS, "class A:\n def save(self): ..."), (MODELS, "class A:\n def title(self): ...")),
    "other_clocks": ((ACTIONS, "a = datetime.now(UTC)"), (ACTIONS, "a = clock.now() - time.monotonic()")),
    "floats_near_money": (
        ("hirehall/money/ledger/rules.py", "fee = amount * 0.1"),
        ("hirehall/money/ledger/rules.py", "fee = amount // 10"),
    ),
    "local_imports": ((ACTIONS, "def f():\n import os"), (ACTIONS, "import os\ndef f(): ...")),
    "banned_file_names": (("hirehall/market/jobs/utils.py", ""), ("hirehall/market/jobs/prices.py", "")),
    "missing_docstrings": ((ACTIONS, "a = 1"), (ACTIONS, '"""Here."""\na = 1')),
    "too_long": ((ACTIONS, "def f():\n" + " a = 1\n" * 71), (ACTIONS, "def f():\n" + " a = 1\n" * 60)),
    "unfinished": ((ACTIONS, "# TO" + "DO later"), (ACTIONS, "# TO" + "DO #12 later")),
    "rows_in_edges": (
        ("hirehall/market/jobs/views.py", "Job.objects.get()"),
        ("hirehall/market/jobs/queries.py", "Job.objects.get()"),
    ),
}


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_the_code_base_obeys(lint):
    found = [f"{source.path}:{line}: {said}" for source in FILES for line, said in lint(source)]
    assert not found, f"{lint.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_each_lint_catches_a_planted_offence_and_lets_the_right_form_pass(lint):
    bad, good = PLANTED[lint.__name__]
    assert list(lint(Source(*bad)))
    assert not list(lint(Source(*good)))


def test_a_file_over_the_limit_is_caught():
    assert list(lints.too_long(Source(ACTIONS, "a = 1\n" * 501)))


def test_events_are_facts_with_a_subject():
    wrong = [f"{where} {name}" for name, where in recorded_events(FILES).items() if not re.fullmatch(r"[a-z_{}]+:[a-z_{}]+", name)]
    assert not wrong, wrong


def test_the_event_readers_see_a_planted_event():
    planted = [Source(ACTIONS, "events.record('job:posted' if a else f'job:{b}', job.id, actor)")]
    assert set(recorded_events(planted)) == {"job:posted", "job:{}"}


def test_reactions_are_to_events_that_somebody_records():
    recorded = recorded_events(FILES)
    shapes = [re.compile(re.escape(name).replace(r"\{\}", "[a-z_]+")) for name in recorded]
    unknown = [name for name in wired_events(FILES) if not any(shape.fullmatch(name) for shape in shapes)]
    assert not unknown, f"wiring.py reacts to events that no action records: {unknown}"
