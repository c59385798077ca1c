"""Files: checked by content, stored under their hash's name, opened only through a room's guard.

The storage is Django's default one: a local folder, or S3 by configuration. What a file is for (its
purpose) names the guard that decides who may open it; a purpose without a guard is closed.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from hirehall.kernel import clock, ids
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import StoredFile
from hirehall.kernel.pace import keep_pace

MEGABYTE = 1024 * 1024
IMAGES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
DOCUMENTS = IMAGES | {
    "application/pdf",
    "application/zip",
    "text/plain",
    "application/vnd.openxmlformats-officedocument",
}
# A picture of more pixels than this is a trap for the memory, whatever its file size.
LARGEST_PIXELS = 50_000_000

Guard = Callable[[Any, StoredFile], bool]
_guards: dict[str, Guard] = {}


def guard(purpose: str, may_open: Guard) -> None:
    """Name who may open files of a purpose; called once at start by project/wiring.py."""
    _guards[purpose] = may_open


def sniff(content: bytes) -> str | None:
    """The kind of a file by its first bytes and structure, never by its name; None when not known."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
            return Image.MIME.get(picture.format or "")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        pass
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text or re.match(r"\s*<", text) else "text/plain"


def _kind_of_zip(content: bytes) -> str | None:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" in names:
        return "application/vnd.openxmlformats-officedocument"
    return "application/zip"


def clean_name(name: str) -> str:
    """A file name that is safe on every system and in every header, with its ending kept."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]", "", name).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:20]}" if dot else name[:170] or "file"


def why_not_store(content: bytes, kinds: frozenset[str], max_bytes: int) -> Refused | None:
    """The reason to refuse an upload, or None."""
    if not content:
        return Refused("file:empty", "This file is empty.")
    if len(content) > max_bytes:
        return Refused("file:too_large", "This file is larger than %(most)s MB.", values={"most": max_bytes // MEGABYTE})
    kind = sniff(content)
    if kind not in kinds:
        return Refused("file:kind", "This kind of file can't be taken here; its content was checked, not its name.")
    if kind in IMAGES:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return Refused("file:too_many_pixels", "This picture has more than 50 million pixels.")
    return None


def store_upload(
    owner_party_id: str,
    upload: UploadedFile,
    purpose: str,
    *,
    subject_id: str = "",
    kinds: frozenset[str] = DOCUMENTS,
    max_bytes: int = 25 * MEGABYTE,
) -> StoredFile:
    """Check and store what a person uploaded; refuses by size and content."""
    if upload.size is not None and upload.size > max_bytes:
        raise Refused("file:too_large", "This file is larger than %(most)s MB.", values={"most": max_bytes // MEGABYTE})
    content = upload.read()
    refusal = why_not_store(content, kinds, max_bytes)
    if refusal:
        raise refusal
    keep_pace("uploads_an_hour", owner_party_id)
    return store_bytes(owner_party_id, content, upload.name or "file", purpose, subject_id=subject_id)


def store_bytes(
    owner_party_id: str, content: bytes, name: str, purpose: str, *, subject_id: str = ""
) -> StoredFile:
    """Store content that was checked or made by us.

    The bytes are written before the row: a crash in between leaves an unused file, never a row without one.
    """
    kind = sniff(content) or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()
    file_id = ids.new_id()
    path = default_storage.save(f"{purpose}/{digest[:2]}/{file_id}", ContentFile(content))
    return StoredFile.objects.create(
        id=file_id,
        owner_party_id=owner_party_id,
        purpose=purpose,
        subject_id=subject_id,
        name=clean_name(name),
        content_type=kind,
        size_bytes=len(content),
        sha256=digest,
        path=path,
        stored_at=clock.now(),
    )


def get_file_for(actor: Any, file_id: str) -> StoredFile:
    """The file if its purpose's guard lets the actor open it; NotFound otherwise."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    may_open = _guards.get(stored.purpose) if stored else None
    if stored is None or may_open is None or not may_open(actor, stored):
        raise NotFound("file")
    return stored


def read_bytes(stored: StoredFile) -> bytes:
    """The whole content; files are limited in size when they are stored."""
    with default_storage.open(stored.path) as source:
        return source.read()
