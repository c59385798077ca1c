"""Cutting a photo: a square of 512 pixels for the page and one of 96 for lists, as WebP without metadata."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from hirehall.kernel.errors import Refused

LARGE, SMALL = 512, 96


@dataclass(frozen=True)
class Crop:
    """The square to keep, in pixels of the picture as it is shown (turned by its camera's note)."""

    x: int
    y: int
    size: int


def cut_photo(content: bytes, crop: Crop | None, min_pixels: int) -> tuple[bytes, bytes]:
    """The two squares; without a crop the middle. Refused when what is kept would be a blur."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened)
        # A palette or transparency has no place in a portrait: it is laid on white.
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture).convert("RGB")
    if min(picture.size) < min_pixels:
        raise Refused(
            "photo:small",
            "This picture is %(width)s × %(height)s pixels; each side needs at least %(least)s.", values={"width": picture.width, "height": picture.height, "least": min_pixels},
            field="photo",
        )
    square = picture.crop(_box(picture.size, crop, min_pixels))
    return _as_webp(square, LARGE), _as_webp(square, SMALL)


def _box(size: tuple[int, int], crop: Crop | None, min_pixels: int) -> tuple[int, int, int, int]:
    """The crop moved and shrunk into the picture; never smaller than what stays sharp."""
    width, height = size
    if crop is None:
        side = min(size)
        x, y = (width - side) // 2, (height - side) // 2
    else:
        side = max(min_pixels, min(crop.size, width, height))
        x = max(0, min(crop.x, width - side))
        y = max(0, min(crop.y, height - side))
    return (x, y, x + side, y + side)


def _as_webp(square: Image.Image, side: int) -> bytes:
    out = io.BytesIO()
    square.resize((side, side), Image.Resampling.LANCZOS).save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
