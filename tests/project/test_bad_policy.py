"""A wrong number in policy.toml: every way to start says file, key and reason in one sentence, and nothing of our code."""

import copy
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hirehall.kernel import policy
from hirehall.kernel.errors import BadPolicy
from tests.support.database import ROOT
from tests.support.ports import free_port

pytestmark = pytest.mark.feature("OPS-02")
GOOD = (ROOT / "policy.toml").read_text(encoding="utf-8")
WRONG: tuple[Any, ...] = ("x", "", -1, True, [], [None], {}, {"x": 1}, 10**30, float("nan"), float("inf"), 0.5, None, 0)
MANAGE = [sys.executable, "-W", "ignore", "-m", "hirehall.project.manage"]
GRANIAN = str(Path(sys.executable).with_name("granian"))
STARTS = {
    "a command": [*MANAGE, "check"],
    "the worker": [*MANAGE, "procrastinate", "worker"],
    "the web server": [GRANIAN, "--interface", "asgi", "--no-ws", "--log-level", "warning", "hirehall.project.asgi:application"],
    "make up": [sys.executable, "-W", "ignore", "-m", "hirehall.project.up"],
}


def start(words: list[str], folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "HIREHALL_POLICY": str(file), "HIREHALL_VAR": str(folder), "GRANIAN_PORT": str(free_port()), "HIREHALL_DEMO": "0",
    }  # fmt: skip
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
@pytest.mark.parametrize("name", STARTS)
def test_a_start_is_stopped_with_one_sentence(tmp_path, name):
    file = tmp_path / "policy.toml"
    line = next(line for line in GOOD.splitlines() if line.startswith("photo_min_pixels"))
    file.write_text(GOOD.replace(line, 'photo_min_pixels = "many"'), encoding="utf-8")
    done = start(STARTS[name], tmp_path / "var", file)
    said = done.stdout + done.stderr
    place = GOOD.splitlines().index(line) + 1
    assert f"{file}: profiles.photo_min_pixels (line {place}): must be a whole number, not 'many'." in said
    assert "Traceback" not in said and '.py"' not in said, said
    assert done.returncode == (os.EX_CONFIG if name in ("a command", "the worker") else 1), said


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "can't be read: No such file"), (b"\xff\xfe", "can't be read: it is no UTF-8"), (b"version = 1\n[a\n", "Expected ']'")],
)
def test_a_file_that_is_none_is_told(tmp_path, content, said):
    file = tmp_path / "policy.toml"
    if content is not None:
        file.write_bytes(content)
    done = start(STARTS["a command"], tmp_path / "var", file)
    assert (done.returncode, done.stdout) == (os.EX_CONFIG, "")
    assert said in done.stderr and str(file) in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


def places(table: Any, path: tuple = ()) -> Iterator[tuple]:
    """The way to every value in a table, lists and tables themselves included."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def test_no_wrong_value_breaks_the_check_itself():
    """Whatever stands in whatever place: it is taken, or refused in words."""
    tables, broken, tried = tomllib.loads(GOOD), [], 0
    for name, shape in policy._sections.items():
        for path in places(tables[name]):
            for wrong in WRONG:
                given = copy.deepcopy(tables[name])
                inner = given
                for key in path[:-1]:
                    inner = inner[key]
                inner[path[-1]] = wrong
                tried += 1
                try:
                    policy._build(shape, given, f"policy.toml: {name}", policy._line_finder(GOOD))
                except BadPolicy as error:
                    if name not in str(error) or "policy.toml" not in str(error):
                        broken.append(f"{name}.{path} = {wrong!r}: {error}")
                except Exception as error:
                    broken.append(f"{name}.{path} = {wrong!r}: {error!r}")
    assert "\n".join(broken) == ""
    assert tried > 2_000
