"""Writes of the photo (PRO-01): size, type and pixels are checked, the square is cut here."""

from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import files
from hirehall.kernel.atomic import action
from hirehall.kernel.contents import MEGABYTE, why_not_store
from hirehall.kernel.errors import Refused, refuse
from hirehall.market.profiles.actions.basics import note_change, start_profile
from hirehall.market.profiles.models import Profile
from hirehall.market.profiles.photos import Crop, cut_photo
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.queries import PHOTO
from hirehall.people.accounts.actors import Actor

KINDS = frozenset({"image/png", "image/jpeg", "image/webp"})


@action
def set_photo(actor: Actor, upload: UploadedFile, crop: Crop | None = None) -> Profile:
    """Show a portrait: the chosen square, or the middle of the picture."""
    profile = start_profile(actor)
    max_bytes = numbers().photo_max_megabytes * MEGABYTE
    if upload.size is not None and upload.size > max_bytes:
        raise Refused("file:too_large", "This file is larger than %(most)s MB.", values={"most": numbers().photo_max_megabytes}, field="photo")
    content = upload.read()
    refusal = why_not_store(content, KINDS, max_bytes, upload.name or "")
    refuse(refusal.at("photo") if refusal else None)
    large, small = cut_photo(content, crop, numbers().photo_min_pixels)
    profile.photo = files.store_bytes(profile.pk, large, "photo.webp", PHOTO, subject_id=profile.pk)
    profile.small_photo = files.store_bytes(profile.pk, small, "photo-small.webp", PHOTO, subject_id=profile.pk)
    note_change(actor, profile, "photo", "small_photo")
    return profile
