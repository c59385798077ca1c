"""The code base obeys every lint, and every lint catches what it is for."""

import re

import pytest

from tests.tidy import lints
from tests.tidy.facts import recorded_events, wired_events
from tests.tidy.lints import LINTS
from tests.tidy.source import Source, sources

FILES = sources()

ACTIONS = "hirehall/market/jobs/actions.py"
MODELS = "hirehall/market/jobs/models.py"
RULES = "hirehall/money/ledger/rules.py"
VIEWS = "hirehall/market/jobs/list_views.py"
# lint -> what it must catch, and what it must let pass: (path, text).
PLANTED = {
    "foreign_models": (
        [
            (ACTIONS, "from hirehall.money.ledger.models import Transfer\nTransfer()"),
            (ACTIONS, "from hirehall.money.ledger import models\nmodels.Transfer()"),
            (ACTIONS, "import hirehall.money.ledger.models as rows\nrows.Transfer()"),
            (ACTIONS, "from hirehall.money.ledger.models.rows import Transfer\nTransfer()"),
            (ACTIONS, "from hirehall.people.accounts.models import Party\nParty()"),
            (ACTIONS, "apps.get_model('ledger', 'Transfer')"),
            (VIEWS, "from hirehall.money.payments.gateways.models import SandboxEvent\nSandboxEvent()"),
        ],
        [
            (ACTIONS, "from hirehall.market.jobs.models import Job\nJob()"),
            (ACTIONS, "from hirehall.people.accounts.models import Party\ndef f(party: Party) -> Party: ..."),
            ("hirehall/market/jobs/queries.py", "from hirehall.people.accounts.models import Party\nParty()"),
        ],
    ),
    "inside_order": (
        [
            ("hirehall/market/jobs/queries.py", "from hirehall.market.jobs.actions.posts import post_job"),
            (ACTIONS, "from hirehall.market.jobs import list_views"),
            (RULES, "from hirehall.money.ledger.models import Transfer"),
        ],
        [(VIEWS, "from hirehall.market.jobs.actions.posts import post_job"), (ACTIONS, "from hirehall.market.jobs import rules")],
    ),
    "impure_rules": (
        [
            (RULES, "from django.conf import settings"),
            (RULES, "from hirehall.kernel import clock"),
            (RULES, "from hirehall.kernel.files import open_file"),
            (RULES, "import random"),
        ],
        [(RULES, "from hirehall.kernel.errors import Refused\nfrom datetime import timedelta")],
    ),
    "upward_keys": (
        [
            (MODELS, "x = models.ForeignKey('contracts.Contract', related_name='+')"),
            (MODELS, "x = models.ForeignKey(to='contracts.Contract', related_name='+')"),
            (MODELS, "x = models.ManyToManyField('contracts.Contract', related_name='+')"),
            (MODELS, "x = OneToOneField('contracts.Contract', related_name='+')"),
            (MODELS, "x = models.ForeignKey('accounts.Party')"),
            ("hirehall/market/jobs/models/posts.py", "x = models.ForeignKey('contracts.Contract', related_name='+')"),
        ],
        [(MODELS, "x = models.ForeignKey('accounts.Party', related_name='+')"), (MODELS, "x = models.ForeignKey('jobs.Job')")],
    ),
    "signals": (
        [
            (ACTIONS, "from django.db.models.signals import post_save"),
            (ACTIONS, "from django.contrib.auth.signals import user_logged_in"),
            (ACTIONS, "from allauth.account import signals"),
            (ACTIONS, "from django.dispatch import receiver"),
            (ACTIONS, "models.signals.post_save.connect(f)"),
        ],
        [(ACTIONS, "import django.db.models\nimport signal")],
    ),
    "overridden_save": (
        [
            (MODELS, "class A:\n def save(self): ..."),
            ("hirehall/market/jobs/models/posts.py", "class A:\n async def asave(self): ..."),
            ("hirehall/market/jobs/cards.py", "class A(models.Model):\n def delete(self): ..."),
        ],
        [(MODELS, "class A:\n def title(self): ..."), ("hirehall/market/jobs/forms.py", "class A(Form):\n def clean(self): ...")],
    ),
    "other_clocks": (
        [
            (ACTIONS, "a = datetime.now(UTC)"),
            (ACTIONS, "a = dt.now(UTC)"),
            (ACTIONS, "a = timezone.localdate()"),
            (ACTIONS, "from django.utils.timezone import now"),
            (ACTIONS, "from time import time"),
            (ACTIONS, "a = time.time_ns()"),
            (ACTIONS, "from django.db.models.functions import Now"),
            (ACTIONS, "a = 'SELECT id FROM x WHERE at < now()'"),
            (MODELS, "a = models.DateTimeField(default=timezone.now)"),
            (MODELS, "a = models.DateTimeField(auto_now_add=True)"),
            ("sim/market.py", "a = date.today()"),
        ],
        [(ACTIONS, "a = clock.now() - time.monotonic()"), (ACTIONS, "a = 'Select what is due now (all of it)'")],
    ),
    "floats_near_money": (
        [
            (RULES, "fee = amount * 0.1"),
            (RULES, "fee /= 10"),
            (RULES, "from math import sqrt"),
            (RULES, "fee = float(text)"),
            ("hirehall/work/contracts/rules.py", "fee = amount_minor * 0.1"),
            ("hirehall/web/home.py", "fee = earned_minor / 100"),
        ],
        [
            (RULES, "fee = amount // 10"),
            ("hirehall/work/contracts/rules.py", "share = done / total"),
            ("hirehall/work/contracts/rules.py", "fee = amount_minor // 10"),
        ],
    ),
    "local_imports": (
        [(ACTIONS, "def f():\n import os"), (ACTIONS, "def f():\n importlib.import_module('os')")],
        [(ACTIONS, "import os\ndef f(): ...")],
    ),
    "banned_file_names": (
        [
            ("hirehall/market/jobs/utils.py", ""),
            ("hirehall/market/jobs/util.py", ""),
            ("hirehall/market/jobs/common/prices.py", ""),
        ],
        [("hirehall/market/jobs/prices.py", "")],
    ),
    "missing_docstrings": ([(ACTIONS, "a = 1")], [(ACTIONS, '"""Here."""\na = 1')]),
    "too_long": (
        [
            (ACTIONS, "def f():\n" + " a = 1\n" * 40),
            (ACTIONS, "a = 1\n" * 301),
            ("hirehall/web/samples.py", "def talent():\n" + " a = 1\n" * 41),
        ],
        [(ACTIONS, "def f():\n" + " a = 1\n" * 39), ("hirehall/web/samples.py", "def talent():\n" + " a = 1\n" * 40)],
    ),
    "unfinished": ([(ACTIONS, "# TO" + "DO later")], [(ACTIONS, "# TO" + "DO #12 later")]),
    "rows_in_edges": (
        [
            (VIEWS, "Job.objects.get()"),
            ("hirehall/market/jobs/api/posts.py", "Job._base_manager.get()"),
            ("hirehall/market/jobs/forms.py", "Job.objects.get()"),
            ("hirehall/market/jobs/reactions.py", "Job.objects.get()"),
            ("hirehall/web/home.py", "connection.cursor()"),
        ],
        [("hirehall/market/jobs/queries.py", "Job.objects.get()")],
    ),
}


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_the_code_base_obeys(lint):
    found = [f"{source.path}:{line}: {said}" for source in FILES for line, said in lint(source)]
    assert not found, f"{lint.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_each_lint_catches_a_planted_offence_and_lets_the_right_form_pass(lint):
    bad, good = PLANTED[lint.__name__]
    assert [one for one in bad if not list(lint(Source(*one)))] == []
    assert [one for one in good if list(lint(Source(*one)))] == []


def test_what_is_too_long_may_only_shrink():
    """A listed length is the length of today: who shortens something lowers its mark, and nothing is over the hard limit."""
    lines = {source.path: source.text.count("\n") for source in FILES}
    longest: dict[tuple[str, str], int] = {}
    for source in FILES:
        for _, name, length in lints.functions(source):
            longest[source.path, name] = max(length, longest.get((source.path, name), 0))
    assert {path: lines.get(path) for path in lints.LONG_FILES} == lints.LONG_FILES
    assert {at: longest.get(at) for at in lints.LONG_FUNCTIONS} == lints.LONG_FUNCTIONS
    assert max(lints.LONG_FILES.values()) <= lints.FILE_HARD
    assert max(lints.LONG_FUNCTIONS.values()) <= lints.FUNCTION_HARD


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
