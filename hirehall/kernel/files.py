"""Files: checked by content, stored under their hash's name, opened only through a room's guard.

The storage is Django's default one: a local folder, or S3 by configuration. What a file is for (its
purpose) names the guard that decides who may open it; a purpose without a guard is closed.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import clock, ids
from hirehall.kernel.atomic import on_undo
from hirehall.kernel.contents import DOCUMENTS, MEGABYTE, clean_name, sniff, why_not_store
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.kernel.models import StoredFile
from hirehall.kernel.pace import keep_pace

Guard = Callable[[Any, StoredFile], bool]
_guards: dict[str, Guard] = {}


def guard(purpose: str, may_open: Guard) -> None:
    """Name who may open files of a purpose; called once at start by project/wiring.py."""
    _guards[purpose] = may_open


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
    refuse(why_not_store(content, kinds, max_bytes, upload.name or ""))
    keep_pace("uploads_an_hour", owner_party_id)
    return store_bytes(owner_party_id, content, upload.name or "file", purpose, subject_id=subject_id)


def store_bytes(
    owner_party_id: str, content: bytes, name: str, purpose: str, *, subject_id: str = ""
) -> StoredFile:
    """Store content that was checked or made by us.

    The bytes are written before the row: a crash in between leaves an unused file, never a row without one. When
    the action is refused afterwards, they are deleted again.
    """
    kind = sniff(content) or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()
    file_id = ids.new_id()
    path = default_storage.save(f"{purpose}/{digest[:2]}/{file_id}", ContentFile(content))
    on_undo(lambda: default_storage.delete(path))
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
