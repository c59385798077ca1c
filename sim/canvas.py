"""What drawn faces and mock-ups share: colours, soft curves and a canvas twice the size of the picture. Pure."""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]
# Drawn at this many times the size and shrunk at the end, so that edges are smooth.
SCALE = 2


def colour(text: str) -> Colour:
    """'#a0b1c2' as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """One colour with a share of another in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(one: Colour, share: float) -> Colour:
    return blend(one, (20, 16, 30), share)


def lighter(one: Colour, share: float) -> Colour:
    return blend(one, (255, 255, 255), share)


def curve(points: list[Point], steps: int = 12) -> list[Point]:
    """A smooth line through all points (Catmull-Rom)."""
    line: list[Point] = []
    ends = [points[0], *points, points[-1]]
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )  # type: ignore[arg-type]
            )
    return [*line, points[-1]]


def ring(centre: Point, radius: Point, start: float = 0.0, end: float = 360.0, steps: int = 48) -> list[Point]:
    """Points of an ellipse between two angles in degrees, 0 at the right, 90 below."""
    return [
        (centre[0] + radius[0] * cos(angle), centre[1] + radius[1] * sin(angle))
        for angle in (pi / 180 * (start + (end - start) * step / steps) for step in range(steps + 1))
    ]


class Canvas:
    """A picture under way; all lengths are those of the finished picture."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = width, height

    @staticmethod
    def _grow(points: list[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def shape(self, points: list[Point], fill: Colour) -> None:
        self.draw.polygon(self._grow(points), fill=fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """An ellipse by its middle and half sizes."""
        self.draw.ellipse([v * SCALE for v in (x - across, y - down, x + across, y + down)], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0) -> None:
        place = [v * SCALE for v in (x, y, x + max(width, 0), y + max(height, 0))]
        self.draw.rounded_rectangle(place, radius * SCALE, fill=fill)

    def frame(
        self, x: float, y: float, width: float, height: float, stroke: Colour, thick: float = 2, radius: float = 0
    ) -> None:
        place = [v * SCALE for v in (x, y, x + width, y + height)]
        self.draw.rounded_rectangle(place, radius * SCALE, outline=stroke, width=round(thick * SCALE))

    def stroke(self, points: list[Point], fill: Colour, thick: float) -> None:
        """A line with round ends."""
        self.draw.line(self._grow(points), fill=fill, width=round(thick * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, thick / 2, thick / 2, fill)

    def words(self, x: float, y: float, text: str, size: float, fill: Colour, anchor: str = "la") -> None:
        self.draw.text((x * SCALE, y * SCALE), text, fill=fill, font=font(round(size * SCALE)), anchor=anchor)

    def fade(self, upper: Colour, lower: Colour) -> None:
        """Fill everything from one colour above to another below."""
        steps = self.image.height // 4
        strip = Image.new("RGB", (1, steps))
        strip.putdata([blend(upper, lower, step / (steps - 1)) for step in range(steps)])
        self.image.paste(strip.resize(self.image.size, Image.Resampling.NEAREST))

    def finish(self) -> Image.Image:
        """The picture in its own size."""
        return self.image.reduce(SCALE)


_fonts: dict[int, ImageFont.FreeTypeFont] = {}


def font(size: int) -> ImageFont.FreeTypeFont:
    """The typeface that comes with Pillow, once for each size."""
    if size not in _fonts:
        _fonts[size] = ImageFont.load_default(size)  # type: ignore[assignment]
    return _fonts[size]


def scatter(rng: Random, count: int, width: float, height: float) -> list[Point]:
    """Points spread over an area."""
    return [(rng.uniform(0, width), rng.uniform(0, height)) for _ in range(count)]
