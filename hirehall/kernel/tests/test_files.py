"""Files: judged by content, stored beside their row, closed without a guard."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hirehall.kernel import files
from hirehall.kernel.contents import IMAGES
from hirehall.kernel.errors import NotFound, Refused

PARTY = "p" * 26


def png(size=(4, 4)) -> bytes:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "image/png"), (b"%PDF-1.7 x", "application/pdf"), (b"plain words", "text/plain"),
        (zipped("a.txt"), "application/zip"),
        (zipped("[Content_Types].xml"), "application/vnd.openxmlformats-officedocument"),
        (b"<svg onload=x>", None), (b"MZ\x90\x00", None), (b"a\x00b", None), (b"PK\x03\x04broken", None),
        (png()[:20], None),
    ],
)  # fmt: skip
def test_a_kind_is_read_from_the_content(content, kind):
    assert files.sniff(content) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file:empty"), (b"x" * 101, "file:too_large"), (b"\xff\xfe\x00", "file:kind"),
    ],
)  # fmt: skip
def test_a_bad_upload_is_refused_with_the_reason(db, content, code):
    with pytest.raises(Refused) as caught:
        files.store_upload(PARTY, SimpleUploadedFile("a.png", content), "test", max_bytes=100)
    assert caught.value.code == code
    assert files.StoredFile.objects.count() == 0


def test_a_picture_of_too_many_pixels_is_a_trap(db):
    with pytest.raises(Refused) as caught:
        files.store_upload(PARTY, SimpleUploadedFile("a.png", png((9_000, 9_000))), "test", kinds=IMAGES)
    assert caught.value.code == "file:too_many_pixels"


def test_a_stored_file_opens_only_through_its_guard(db, monkeypatch):
    monkeypatch.setattr(files, "_guards", {})
    stored = files.store_upload(PARTY, SimpleUploadedFile("../../Brief<1>.txt", b"words"), "test", subject_id="s")
    assert (stored.name, stored.content_type, stored.size_bytes) == ("Brief1.txt", "text/plain", 5)
    with pytest.raises(NotFound):
        files.get_file_for("anyone", stored.id)
    files.guard("test", lambda actor, file: actor == "owner")
    with pytest.raises(NotFound):
        files.get_file_for("anyone", stored.id)
    assert files.read_bytes(files.get_file_for("owner", stored.id)) == b"words"
    with pytest.raises(NotFound):
        files.get_file_for("owner", "0" * 26)


@given(st.text())
def test_any_name_becomes_a_safe_one(name):
    safe = files.clean_name(name)
    assert safe and len(safe) <= 171
    assert not set(safe) & set('/\\<>:"|?*\x00\n\u202e')
