"""Every import contract of pyproject.toml breaks when somebody plants what it forbids, and a new room must join them."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tidy.source import ROOT

# The beginning of a contract's name -> file and line that must break it.
PLANTED = {
    "Floors": [("hirehall/kernel/mail.py", "from hirehall.people.accounts import queries")],
    "The people's floor": [("hirehall/people/accounts/queries.py", "from hirehall.people.screening import rules")],
    "The money floor": [("hirehall/money/ledger/queries.py", "from hirehall.money.payments import rules")],
    "The market floor": [("hirehall/market/profiles/queries.py", "from hirehall.market.jobs import rules")],
    "The floor of work": [("hirehall/work/hours/__init__.py", ""), ("hirehall/work/contracts/rules.py", "import hirehall.work.hours")],
    "The floor of trust": [("hirehall/trust/bribery/__init__.py", '"""A room that joined no contract."""')],
    "The floor of the guide": [("hirehall/guide/guessing/__init__.py", '"""A room that joined no contract."""')],
    "Inside a room": [("hirehall/market/jobs/queries.py", "from hirehall.market.jobs import views")],
    "Rules are pure": [("hirehall/market/jobs/rules.py", "from hirehall.kernel import files")],
    "The edges": [("hirehall/web/views.py", "from hirehall.money.payments.gateways.models import SandboxEvent")],
    "Two doors": [("hirehall/project/apps.py", "from hirehall.money.ledger.actions import post")],
}


def lint(folder: Path) -> dict[str, bool]:
    """Contract -> whether it is kept."""
    words = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120)
    told = done.stdout.split("Contracts: ")[0].replace("\n", " ")
    names = [one["name"] for one in tomllib.loads((folder / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]]
    found = {name: re.search(re.escape(name).replace("\\ ", r"\s+") + r"\s+(KEPT|BROKEN)", told) for name in names}
    assert all(found.values()), done.stdout + done.stderr
    return {name: match[1] == "KEPT" for name, match in found.items()}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "hirehall", folder / "hirehall", ignore=lambda at, names: [n for n in names if Path(at, n).is_file() and not n.endswith(".py")])
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_breaks_when_it_should(copy):
    assert all(lint(copy).values())
    for plants in PLANTED.values():
        for path, line in plants:
            at = copy / path
            at.parent.mkdir(exist_ok=True)
            at.write_text((at.read_text() if at.exists() else "") + line + "\n")
    kept = [name for name, is_kept in lint(copy).items() if is_kept]
    assert kept == []
    assert len(PLANTED) == len(lint(copy))
