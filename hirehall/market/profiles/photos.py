"""Cutting a photo: a square of 512 pixels for the page and one of 96 for lists, as WebP without metadata."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from hirehall.kernel.contents import one_at_a_time
from hirehall.kernel.errors import Refused

LARGE, SMALL = 512, 96
# The camera's note that it was held sideways, and its values that swap width and height.
ORIENTATION, TURNED = 0x0112, range(5, 9)


@dataclass(frozen=True)
class Crop:
    """The square to keep, in pixels of the picture as it is shown (turned by its camera's note)."""

    x: int
    y: int
    size: int


def cut_photo(content: bytes, crop: Crop | None, min_pixels: int) -> tuple[bytes, bytes]:
    """The two squares; without a crop the middle. Refused when what is kept would be a blur.

    One photo is drawn at a time, and no more of it than the square needs: it may have fifty million pixels.
    """
    with one_at_a_time, Image.open(io.BytesIO(content)) as opened:
        is_turned = opened.getexif().get(ORIENTATION, 1) in TURNED
        width, height = opened.size[::-1] if is_turned else opened.size
        if min(width, height) < min_pixels:
            raise Refused(
                "photo:small", "This picture is %(width)s × %(height)s pixels; each side needs at least %(least)s.",
                field="photo", values={"width": width, "height": height, "least": min_pixels},
            )  # fmt: skip
        box = _box((width, height), crop, min_pixels)
        side = box[2] - box[0]
        opened.draft("RGB", tuple(max(1, 2 * LARGE * length // side) for length in opened.size))
        try:
            picture = ImageOps.exif_transpose(opened)
        except (OSError, SyntaxError, ValueError) as error:
            raise Refused("file:broken", "This picture is not whole. Save it again, or choose another.", field="photo") from error
        across, down = picture.width / width, picture.height / height
        drawn = tuple(min(edge * scale, most) for edge, scale, most in zip(box, (across, down) * 2, picture.size * 2, strict=True))
        return _as_webp(picture, drawn, LARGE), _as_webp(picture, drawn, SMALL)


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


def _as_webp(picture: Image.Image, box: tuple[float, ...], side: int) -> bytes:
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA")
    square = picture.resize((side, side), Image.Resampling.LANCZOS, box, reducing_gap=3)
    # Transparency has no place in a portrait: it is laid on white.
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square if square.mode == "RGBA" else None)
    out = io.BytesIO()
    paper.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
