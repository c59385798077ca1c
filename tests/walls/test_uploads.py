"""Hostile files at every door that takes files: a sentence in return, nothing stored, nothing broken, little memory."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from hirehall.kernel import clock
from hirehall.kernel.files import StoredFile
from hirehall.market.proposals.actions.deciding import start_talk
from tests.support import hostile
from tests.support.cast import Cast, browse_as, call_as, make_cast
from tests.support.contracts import make_contract
from tests.support.database import ROOT
from tests.support.disputes import make_dispute, make_refused
from tests.support.hostile import NAMES, REFUSED, Upload
from tests.support.jobs_market import make_job
from tests.support.proposals import TERMS, make_proposal
from tests.walls.digest import undone

ONE_OF_EACH = (
    "an SVG with a script", "HTML named .png", "a PDF that is HTML too", "words named .exe", "words named .pdf", "a zip bomb",
    "a picture of 400 million pixels", "half a JPEG", "an empty file",
)  # fmt: skip
BORDER = "a-border-that-stands-in-no-file"
GOOD = {"document": Upload(b"plan.pdf", b"%PDF-1.7\nA plan."), "picture": Upload(b"me.png", hostile.picture())}


@dataclass(frozen=True)
class Door:
    """One place that takes a file: an address, the field of the file, the rest of the form, and what it takes."""

    who: str
    path: str
    field: str
    fields: dict[str, str] = field(default_factory=dict)
    takes: str = "document"

    def __str__(self) -> str:
        return f"{self.who} {self.path}"


def doors_of(cast) -> list[Door]:
    """Every door of pages and API; test_every_door_is_here holds the list complete."""
    room = start_talk(cast.cyd, make_proposal(cast.ada, make_job(cast.cyd)).id)
    job = make_job(cast.cyd)
    contract, (part, _) = make_contract(cast.cyd, cast.ada)
    refused, heard = make_refused(cast.cyd, cast.ada), make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    post = {"title": "A page for a shop", "description": "x y z " * 20, "category": "web-development", "kind": "fixed", "budget": "90", "level": "entry", "visibility": "public"}  # fmt: skip
    letter = {"letter": TERMS.letter, "price": "450", "answer_1": TERMS.answers[0], "answer_2": TERMS.answers[1]}
    bill = {"title": "A font", "reason": "The headline"}
    return [
        Door("ada", "/profile/part/photo/", "photo", takes="picture"),
        Door("ada", "/profile/list/piece/", "uploads", {"title": "A shop", "description": "A page for a shop."}),
        Door("ada", "/profile/list/certification/", "upload", {"name": "Python", "issuer": "A school", "issued_on_0": "1", "issued_on_1": "2020"}, takes="picture"),
        Door("ada", f"/messages/{room.id}/", "files", {"text": "Here it is."}),
        Door("ada", f"/messages/{room.id}/thread/", "files", {"text": "Here it is."}),
        Door("ada", f"/proposals/send/{job.id}/", "files", letter),
        Door("cyd", "/jobs/post/", "files", {**post, "do": "post"}),
        Door("cyd", f"/jobs/{job.id}/edit/", "files", post),
        Door("ada", f"/contracts/milestones/{part.id}/submit/", "files", {"message": "The first draft."}),
        Door("ada", f"/contracts/{contract.id}/expenses/new/", "receipt", {**bill, "amount": "9"}),
        Door("cyd", f"/disputes/contract/{refused.id}/", "files", {"escrow": "200", "text": "Half of it was never handed in."}),
        Door("ada", f"/disputes/{heard.id}/answer/", "files", {"escrow": "10", "text": "All of it was handed in."}),
        Door("cyd", f"/disputes/{heard.id}/evidence/", "files", {"text": "Half of it was never handed in."}),
        Door("ada", "/api/v1/profiles/me/photo", "photo", takes="picture"),
        Door("ada", f"/api/v1/contracts/milestones/{part.id}/work", "files", {"message": "The first draft."}),
        Door("ada", f"/api/v1/contracts/{contract.id}/expenses", "receipt", {**bill, "amount_minor": "900"}),
        Door("cyd", f"/api/v1/disputes/{heard.id}/evidence", "files", {"text": "Half of it was never handed in."}),
    ]  # fmt: skip


@dataclass(frozen=True)
class House:
    """Everybody, and every door."""

    cast: Cast
    doors: list[Door]
    moment: datetime

    @property
    def room(self) -> Door:
        return next(door for door in self.doors if door.path.startswith("/messages/"))


@pytest.fixture(scope="module")
def built(for_the_module) -> House:
    cast = make_cast()
    return House(cast, doors_of(cast), clock.now())


@pytest.fixture
def house(built, db, still_clock) -> House:
    clock.freeze(built.moment)
    return built


class Sender:
    """Sends files to doors, each person by browser or by program."""

    def __init__(self, cast):
        self.browsers = {who: browse_as(getattr(cast, who)) for who in ("ada", "cyd")}
        self.tokens = {who: call_as(getattr(cast, who)) for who in ("ada", "cyd")}

    def send(self, door: Door, *uploads: Upload):
        body = form_of(door.fields, door.field, uploads)
        kind = f"multipart/form-data; boundary={BORDER}"
        if door.path.startswith("/api/"):
            return Client().post(door.path, body, content_type=kind, headers=self.tokens[door.who])
        return self.browsers[door.who].post(door.path, body, content_type=kind)


def form_of(fields: dict[str, str], name: str, uploads: tuple[Upload, ...]) -> bytes:
    """A form with files whose names are sent to the byte; Django's own test client would clean them."""
    lines = [f'--{BORDER}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    for one in uploads:
        head = f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"; filename="'.encode()
        lines.append(head + one.name + b'"\r\nContent-Type: image/png\r\n\r\n' + one.content + b"\r\n")
    return b"".join(lines) + f"--{BORDER}--\r\n".encode()


def said(answer) -> str:
    """What a person reads in an answer."""
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def folder(tmp_path, settings):
    """An empty storage, in which every file that was written shows."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    with override_settings(STORAGES={**settings.STORAGES, "default": backend}):
        assert default_storage.location == str(tmp_path)
        yield tmp_path


def fault_of(door: Door, what: str, answer, sentence: str, folder: Path, before: int) -> str:
    if answer.status_code != 422:
        return f"{door}: {what} gives {answer.status_code}: {said(answer)[:200]}"
    if sentence not in said(answer):
        return f"{door}: {what} does not say “{sentence}”"
    if StoredFile.objects.count() != before or kept_files(folder):
        return f"{door}: {what} is refused and yet stored"
    return ""


def tried_at(door: Door) -> dict[str, tuple[Upload, str]]:
    """Everything at one page and one operation for documents and for portraits; at the other doors one of each sort."""
    if door.path.startswith(("/profile/part/photo/", "/messages/", "/api/v1/profiles/", "/api/v1/disputes/")):
        return REFUSED
    return {what: REFUSED[what] for what in ONE_OF_EACH}


def test_hostile_files_are_refused_at_every_door(house, folder):
    doors, sender, faults = house.doors, Sender(house.cast), []
    before = StoredFile.objects.count()
    for door in doors:
        with undone():
            good = sender.send(door, GOOD[door.takes])
            if good.status_code not in (200, 201, 303) or StoredFile.objects.count() == before:
                faults.append(f"{door}: a good file gives {good.status_code}: {said(good)[-900:]}")
        for path in kept_files(folder):
            path.unlink()
        for what, (upload, sentence) in tried_at(door).items():
            with undone():
                # Portraits and certificates have shorter lists of what they take.
                expected = sentence if door.takes == "document" or "pixels" in sentence or "empty" in sentence else ""
                faults.append(fault_of(door, what, sender.send(door, upload), expected, folder, before))
    assert "\n".join(filter(None, faults)) == ""


def test_one_bad_file_among_good_ones_leaves_none_of_them(house, folder):
    """Refused after others were written: those are deleted again, or a stranger could fill the disk for nothing."""
    sender, before = Sender(house.cast), StoredFile.objects.count()
    good, bad = GOOD["document"], Upload(b"a.svg", b"<svg/>")
    many = [door for door in house.doors if door.field in ("files", "uploads")]
    assert len(many) > 9
    for door in many:
        with undone():
            answer = sender.send(door, good, good, bad)
            assert fault_of(door, "two good ones and a bad one", answer, "its content was checked", folder, before) == ""


def test_a_file_that_is_too_large_is_refused_at_every_door(house, folder):
    sender, before, faults = Sender(house.cast), StoredFile.objects.count(), []
    large = Upload(b"large.pdf", b"%PDF-1.7\n" + bytes(25 * 1024 * 1024))
    for door in house.doors:
        with undone():
            faults.append(fault_of(door, "a large file", sender.send(door, large), "This file is larger than", folder, before))
    assert "\n".join(filter(None, faults)) == ""


def test_names_are_cleaned(house, folder):
    """No part of a path, nothing unseen, not endless; what is left is shown and sent back."""
    sender, browser, wrong = Sender(house.cast), browse_as(house.cast.cyd), []
    for name, clean in NAMES.items():
        with undone():
            answer = sender.send(house.room, Upload(name, b"Just words."))
            newest = StoredFile.objects.order_by("-id").first()
            if answer.status_code != 303 or newest.name != clean:
                wrong.append(f"{name[:40]!r} gives {answer.status_code} and {newest.name!r}")
                continue
            head = browser.get(f"/file/{newest.pk}/")["Content-Disposition"]
            if not head.startswith("attachment") or "\n" in head or ".." in head:
                wrong.append(f"{name[:40]!r} comes back as {head!r}")
        assert all(path.resolve().is_relative_to(folder) for path in kept_files(folder))
    assert wrong == []


@pytest.mark.parametrize("what", ["words", "a picture", "a GIF with a script behind it", "a PDF", "an archive"])
def test_what_is_stored_runs_nowhere(house, folder, what):
    """Shown or saved, but never run: no guessing of its kind, no script, no frame, no other origin."""
    upload = {
        "words": Upload(b"a.txt", b"Hello <script>alert(1)</script>"), "a picture": Upload(b"a.png", hostile.picture()),
        "a GIF with a script behind it": Upload(b"a.gif", hostile.gif_and_script()), "a PDF": GOOD["document"],
        "an archive": Upload(b"a.zip", hostile.packed({"a.html": b"<script>alert(1)</script>"})),
    }[what]  # fmt: skip
    assert Sender(house.cast).send(house.room, upload).status_code == 303
    answer = browse_as(house.cast.cyd).get(f"/file/{StoredFile.objects.latest('id').pk}/")
    shown = what in ("a picture", "a GIF with a script behind it")
    assert answer["Content-Type"] in ("text/plain", "application/pdf", "application/zip", "image/png", "image/gif")
    assert answer["Content-Type"].startswith("image/") == shown
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"].startswith("private")


BOUNDED = """
import resource, sys
sys.path.insert(0, {root!r})
resource.setrlimit(resource.RLIMIT_AS, ({most}, {most}))
from tests.support import hostile
from hirehall.kernel.contents import DOCUMENTS, why_not_store
from hirehall.market.profiles.photos import cut_photo
for what, (upload, _) in hostile.REFUSED.items():
    assert why_not_store(upload.content, DOCUMENTS, 26_214_400, upload.name.decode(errors="replace")), what
large = hostile.picture("PNG", (7_000, 7_000), "RGBA")
assert why_not_store(large, DOCUMENTS, 26_214_400, "a.png") is None
large = hostile.picture("JPEG", (7_000, 7_000))
assert why_not_store(large, DOCUMENTS, 26_214_400, "a.jpg") is None
cut_photo(large, None, 256)
"""


def test_bombs_need_little_memory():
    """In a process that may have no more: 700 MB with Python and all libraries in it."""
    code = BOUNDED.format(root=str(ROOT), most=700 * 1024 * 1024)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_every_door_is_here():
    """Whoever calls for a file in a form or an operation stands in doors_of."""
    found = set()
    for path in [*(ROOT / "hirehall").rglob("*forms.py"), *(ROOT / "hirehall").rglob("*api.py")]:
        if "tests" in path.parts:
            continue
        if "FileField(" in (text := path.read_text()) or "UploadedFile" in text or "ManyFilesField" in text:
            found.add(str(path.relative_to(ROOT / "hirehall")))
    assert found == {
        "people/messages/forms.py", "market/jobs/forms.py", "market/profiles/forms.py", "market/profiles/entry_forms.py",
        "market/profiles/api.py", "market/proposals/forms.py", "work/contracts/forms.py", "work/contracts/extra_forms.py",
        "work/contracts/api.py", "work/contracts/extra_api.py", "work/disputes/forms.py", "work/disputes/api.py",
    }, "Add its door to doors_of, then the file here."  # fmt: skip
