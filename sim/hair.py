"""Hair, beards and head scarves of drawn faces. Behind the head first, then in front of it. Pure."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from sim.canvas import Canvas, Colour, Point, curve, darker, lighter, ring

if TYPE_CHECKING:
    from sim.faces import Head

WOMEN = ("long", "wavy", "bob", "bun", "tail", "pixie", "curls", "braids", "fringe")
MEN = ("crop", "part", "quiff", "buzz", "bald", "curly", "receding", "crop", "shoulder")
WOMEN_DARK = ("afro", "braids", "bun", "curls", "buzz", "pixie")
MEN_DARK = ("buzz", "buzz", "bald", "short afro", "curly", "crop")
# Hair from crown to hairline: how much larger than the head, and the hairline from left to right in shares of the head.
CAPS: dict[str, tuple[float, str]] = {
    "buzz": (1.02, "-.93 -.34, -.62 -.66, 0 -.74, .62 -.66, .93 -.34"),
    "receding": (1.04, "-.99 -.02, -.9 -.34, -.66 -.62, -.3 -.8, 0 -.76, .3 -.8, .66 -.62, .9 -.34, .99 -.02"),
    "crop": (1.08, "-.99 -.02, -.86 -.36, -.55 -.5, -.1 -.62, .4 -.52, .86 -.4, .99 -.02"),
    "pixie": (1.08, "-.99 -.02, -.86 -.36, -.55 -.5, -.1 -.62, .4 -.52, .86 -.4, .99 -.02"),
    "part": (1.1, "-.99 0, -.9 -.42, -.4 -.6, .5 -.5, .8 -.7, .88 -.4, .99 0"),
    "quiff": (1.05, "-.98 -.05, -.86 -.44, -.5 -.66, .5 -.66, .86 -.44, .98 -.05"),
    "curly": (1.06, "-.97 -.1, -.84 -.45, 0 -.62, .84 -.45, .97 -.1"),
    "short afro": (1.06, "-.97 -.1, -.84 -.45, 0 -.62, .84 -.45, .97 -.1"),
    "fringe": (1.12, "-1.02 .3, -.9 -.1, -.8 -.32, 0 -.38, .8 -.32, .9 -.1, 1.02 .3"),
    "bob": (1.12, "-1.02 .3, -.9 -.1, -.8 -.32, 0 -.38, .8 -.32, .9 -.1, 1.02 .3"),
    "afro": (1.1, "-1 -.12, -.84 -.46, 0 -.62, .84 -.46, 1 -.12"),
    "bun": (1.08, "-.99 .02, -.9 -.36, -.5 -.66, 0 -.72, .5 -.66, .9 -.36, .99 .02"),
    "tail": (1.08, "-.99 .02, -.9 -.36, -.5 -.66, 0 -.72, .5 -.66, .9 -.36, .99 .02"),
    "long": (1.12, "-1.03 .34, -.92 -.12, -.66 -.48, 0 -.84, .66 -.48, .92 -.12, 1.03 .34"),
    "wavy": (1.12, "-1.03 .34, -.92 -.12, -.66 -.48, .22 -.84, .66 -.48, .92 -.12, 1.03 .34"),
    "braids": (1.12, "-1.03 .34, -.92 -.12, -.66 -.48, 0 -.84, .66 -.48, .92 -.12, 1.03 .34"),
    "shoulder": (1.12, "-1.03 .34, -.92 -.12, -.66 -.48, -.22 -.84, .66 -.48, .92 -.12, 1.03 .34"),
}
# Half of the hair that hangs down behind: points in (share of the width, pixels below the eyes).
FALLS: dict[str, list[Point]] = {
    "long": [(0, -130), (1.2, -55), (1.3, 80), (1.22, 200), (0.4, 224)],
    "fringe": [(0, -130), (1.2, -55), (1.3, 80), (1.22, 200), (0.4, 224)],
    "bob": [(0, -128), (1.22, -45), (1.28, 60), (1.05, 118), (0.3, 108)],
    "shoulder": [(0, -126), (1.18, -45), (1.2, 60), (1.02, 130), (0.3, 120)],
}
SHINING = ("part", "crop", "long", "wavy", "bun", "tail", "fringe", "bob")


def choose(rng: Random, looks: str, tone: int, years: int) -> str:
    """A style that fits: more afros and braids with dark skin, thin hair only with years."""
    if tone >= 6:
        return rng.choice(WOMEN_DARK if looks == "woman" else MEN_DARK)
    styles = WOMEN if looks == "woman" else MEN
    return rng.choice([style for style in styles if style != "receding" or years >= 8])


def draw_behind(rng: Random, canvas: Canvas, head: "Head", style: str, scarf: Colour) -> None:
    """What falls behind the neck and shoulders."""
    if style in FALLS:
        half = curve([(head.x - share * head.across, head.y + below) for share, below in FALLS[style]])
        canvas.shape([*half, *_mirrored(half, head.x)], darker(head.hair, 0.12))
    elif style == "scarf":
        canvas.oval(head.x, head.y + 14, head.across * 1.24, head.down * 1.22, darker(scarf, 0.25))
    elif style in BEHIND:
        BEHIND[style](rng, canvas, head, darker(head.hair, 0.12))


def draw_front(rng: Random, canvas: Canvas, head: "Head", style: str, scarf: Colour) -> None:
    """What lies on the head and forehead."""
    if style == "scarf":
        _scarf(canvas, head, scarf)
        return
    if style == "bald":
        spot = (head.x - head.across * 0.3, head.y - head.down + 40)
        canvas.stroke(ring(spot, (22, 14), 190, 280, 8), lighter(head.skin, 0.25), 5)
    if style in CAPS:
        _cap(canvas, head, style, flipped=rng.random() < 0.5)
    if style in FRONT:
        FRONT[style](rng, canvas, head)
    if style in SHINING:
        shine = ring(
            (head.x - head.across * 0.25, head.y - head.down * 0.62),
            (head.across * 0.55, head.down * 0.32),
            205,
            262,
            14,
        )
        canvas.stroke(shine, lighter(head.hair, 0.13), 6)


def _cap(canvas: Canvas, head: "Head", style: str, *, flipped: bool) -> None:
    grown, text = CAPS[style]
    line = [(float(across), float(down)) for across, down in (point.split() for point in text.split(", "))]
    if flipped:
        line = [(-across, down) for across, down in reversed(line)]
    points = curve([(head.x + across * head.across, head.y + down * head.down) for across, down in line], 8)
    left = 180 - max(-20.0, min(30.0, line[0][1] * 60))
    right = 360 + max(-20.0, min(30.0, line[-1][1] * 60))
    canvas.shape([*head.outline(grown, left, right), *reversed(points)], head.hair)


def _wavy(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    for side in (-1, 1):
        for step in range(7):
            canvas.oval(head.x + side * head.across * (1.02 + 0.1 * (step % 2)), head.y - 40 + step * 38, 42, 38, tone)
    canvas.oval(head.x, head.y - 10, head.across * 1.18, head.down * 1.1, tone)


def _bun(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    canvas.oval(head.x + rng.choice((-18, 0, 18)), head.y - head.down * 1.2, 42, 38, head.hair)


def _tail(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    side, x, y = rng.choice((-1, 1)) * head.across, head.x, head.y
    points = [
        (x + side * 0.45, y - head.down),
        (x + side * 1.5, y - 40),
        (x + side * 1.42, y + 110),
        (x + side * 1.05, y + 190),
        (x + side * 1.02, y + 20),
    ]
    canvas.shape(curve([*points, (x, y - head.down * 0.7)]), tone)


def _curls(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    _ringlets(rng, canvas, head, tone, 1.16, 34, (130, 410))
    _ringlets(rng, canvas, head, head.hair, 1.04, 38, (150, 390))


def _afro(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    middle = (head.x, head.y - head.down * 0.38)
    canvas.oval(*middle, head.across * 1.6, head.down * 1.08, head.hair)
    for place in ring(middle, (head.across * 1.52, head.down * 1.0), 150, 390, 22):
        canvas.oval(*place, 22, 22, head.hair)


def _braids(rng: Random, canvas: Canvas, head: "Head", tone: Colour) -> None:
    for side in (-1, 1):
        for step in range(8):
            x = head.x + side * (head.across * 1.02 + 4 * (step % 2))
            canvas.oval(x, head.y + 10 + step * 26, 21, 17, tone if step % 2 else head.hair)


def _front_pixie(rng: Random, canvas: Canvas, head: "Head") -> None:
    shares = ((-0.95, -0.18), (-0.5, -0.78), (0.55, -0.86), (0.1, -0.34), (-0.6, -0.28))
    canvas.shape(
        curve([(head.x + a * head.across, head.y + d * head.down) for a, d in shares]), lighter(head.hair, 0.05)
    )


def _front_quiff(rng: Random, canvas: Canvas, head: "Head") -> None:
    shares = ((-0.9, -0.55), (-0.75, -1.2), (0, -1.38), (0.82, -1.18), (0.9, -0.55), (0.3, -0.68), (-0.4, -0.6))
    canvas.shape(
        curve([(head.x + a * head.across, head.y + d * head.down) for a, d in shares]), lighter(head.hair, 0.04)
    )


def _front_curly(rng: Random, canvas: Canvas, head: "Head", size: float = 25) -> None:
    for place in head.outline(1.06, 196, 344)[::3]:
        canvas.oval(*place, size, size, head.hair)
    for step in range(-3, 4):
        canvas.oval(
            head.x + step * head.across * 0.25, head.y - head.down * 0.68 + (step % 2) * 10, size, size * 0.8, head.hair
        )


def _front_short_afro(rng: Random, canvas: Canvas, head: "Head") -> None:
    _front_curly(rng, canvas, head, 17)


def _front_curls(rng: Random, canvas: Canvas, head: "Head") -> None:
    _ringlets(rng, canvas, head, head.hair, 1.0, 30, (200, 340))
    for step in range(-3, 4):
        canvas.oval(head.x + step * head.across * 0.26, head.y - head.down * 0.72 + abs(step) * 6, 27, 24, head.hair)


BEHIND: dict[str, Callable[[Random, Canvas, "Head", Colour], None]] = {
    "wavy": _wavy, "bun": _bun, "tail": _tail, "curls": _curls, "afro": _afro, "braids": _braids,
}  # fmt: skip
FRONT: dict[str, Callable[[Random, Canvas, "Head"], None]] = {
    "pixie": _front_pixie, "quiff": _front_quiff, "curly": _front_curly, "short afro": _front_short_afro, "curls": _front_curls,
}  # fmt: skip


def _ringlets(
    rng: Random, canvas: Canvas, head: "Head", tone: Colour, grown: float, size: float, span: tuple[int, int]
) -> None:
    for place in head.outline(grown, *span)[::3]:
        canvas.oval(place[0] + rng.uniform(-5, 5), place[1] + rng.uniform(-5, 5), size, size, tone)


def _scarf(canvas: Canvas, head: "Head", cloth: Colour) -> None:
    x, y, across = head.x, head.y, head.across
    fold = darker(cloth, 0.16)
    canvas.shape([*head.outline(1.22, 150, 390), *reversed(head.outline(0.93, 150, 390))], cloth)
    half = curve([(x - across * 1.1, y + 40), (x - across * 1.25, y + 150), (x - across * 0.9, y + 230), (x, y + 262)])
    canvas.shape([*half, *_mirrored(half, x), *reversed(head.outline(0.95, 150, 30))], cloth)
    canvas.stroke(curve([(x - across * 0.9, y + 96), (x - 20, y + 168), (x + across * 0.95, y + 190)]), fold, 5)
    canvas.stroke(head.outline(1.02, 200, 330), fold, 4)
    canvas.stroke(curve([(x - across, y + 130), (x - 30, y + 214), (x + across * 0.7, y + 240)]), fold, 4)


def draw_beard(rng: Random, canvas: Canvas, head: "Head") -> None:
    """A full beard, a short one, or a moustache; always around the mouth, never over it."""
    tone, mouth = darker(head.hair, 0.05), head.y + head.down * 0.59
    kind = rng.randrange(3)
    if kind == 2:
        for side in (-1, 1):
            reach = ((0, -20), (20, -24), (34, -10), (16, -13), (0, -14))
            canvas.shape(curve([(head.x + side * a, mouth + d) for a, d in reach], 8), tone)
        return
    if kind == 1:
        red, green, blue = (round(a * 0.78 + b * 0.22) for a, b in zip(head.skin, tone, strict=True))
        tone = (red, green, blue)
    edge = head.across * 0.85
    inner = [
        (head.x - edge, head.y + 26),
        (head.x - 45, mouth - 25),
        (head.x, mouth - 21),
        (head.x + 45, mouth - 25),
        (head.x + edge, head.y + 26),
    ]
    canvas.shape([*head.outline(1.03 if kind == 0 else 1.0, 10, 170), *curve(inner)], tone)
    canvas.shape(ring((head.x, mouth + 1), (29, 13)), head.skin)
    canvas.stroke(ring((head.x, mouth - 8), (21, 12), 25, 155, 12), (156, 74, 70), 5)


def _mirrored(points: list[Point], x: float) -> list[Point]:
    return [(2 * x - px, py) for px, py in reversed(points)]
