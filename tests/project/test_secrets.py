"""Secrets come from the environment and stand in no file of the repository; behind https every cookie is for https alone."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from hirehall.project.secret import secret_key
from tests.support.database import ROOT

# Keys as companies hand them out, and private keys; numbers of test cards and "only for tests" are none.
SECRETS = re.compile(
    r"sk_live_\w{8}|rk_live_\w{8}|whsec_\w{20}|AKIA[0-9A-Z]{16}|ghp_\w{30}|xox[bp]-\w{10}|-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/=]{40}"
)
ASKED = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "DEBUG", "SECRET_KEY"]


def settings_of(**environment: str) -> dict:
    """The settings of a process of its own."""
    code = f"import json; from hirehall.project import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HIREHALL_SECRET")}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=bare | environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_behind_https_cookies_are_for_https_alone(tmp_path):
    found = settings_of(HIREHALL_SITE_URL="https://market.example", HIREHALL_VAR=str(tmp_path), HIREHALL_SECRET_KEY="given")
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert (found["SECRET_KEY"], found["DEBUG"]) == ("given", False)
    assert not (tmp_path / "secret_key").exists()


def test_without_a_given_key_each_market_makes_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("HIREHALL_SECRET_KEY")
    one, again, other = secret_key(tmp_path / "a"), secret_key(tmp_path / "a"), secret_key(tmp_path / "b")
    assert one == again != other
    assert len(one) > 60
    assert stat.S_IMODE((tmp_path / "a" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["secret_key"]


def tracked() -> list[str]:
    """The files of the repository; without git, as in an archive of it, all but what is installed, built or a market's own."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.split("\n") if done.returncode == 0 else archived()


def archived() -> list[str]:
    """What an archive holds, without asking git."""
    found = []
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in (".git", ".venv", "node_modules", "var", "built", "__pycache__")]
        found += [str((Path(folder) / name).relative_to(ROOT)) for name in files]
    return found


def test_no_secret_stands_in_the_repository():
    found = []
    for name in filter(None, tracked()):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 1_000_000:
            found += [f"{name}: {hit[:12]}..." for hit in SECRETS.findall(path.read_text(errors="ignore"))]
    assert found == []
    assert {"Makefile", "hirehall/project/settings.py"} <= set(tracked()) & set(archived())
    assert not [name for name in tracked() if name.endswith((".pem", ".key", ".p12", ".env")) or "secret_key" in name]
