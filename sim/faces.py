"""Draws portraits of people who do not exist: a head with hair, clothes and a background, different for each seed. Pure."""

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from PIL import Image

from sim import hair
from sim.canvas import SCALE, Canvas, Colour, Point, blend, colour, curve, darker, lighter, ring

SIZE, FRAME = 512, 420


def _tones(text: str) -> tuple[Colour, ...]:
    return tuple(colour(tone) for tone in text.split())


SKIN = _tones("#f7d9c4 #f3ccb0 #eebd9a #e3aa82 #d4986c #c18457 #a76c44 #8d5836 #71452a #573421")
HAIR_DARK = _tones("#1d1a1f #2a211f #3a2a22 #4a3427 #17181d")
HAIR_ANY = HAIR_DARK + _tones("#6b4a2f #8a5a35 #b07a41 #d0a764 #a34e2b #7c3b22 #8b8b8f #c9c7c4")
GROUNDS = _tones(
    "#f2c14e #e8998d #9ad1d4 #b8c9a3 #c9b6e4 #f6b89e #7fb7be #e6d3b3 #a4b8d8 #d9a5b3 #8fbc94 "
    "#f0d9a0 #c4d7e0 #e2b16a #b0a8b9 #94b0da"
)
CLOTHES = _tones(
    "#2f4858 #33658a #86486b #c1554b #3e5c4a #e0a458 #4a4e69 #f1ede4 #1f2a37 #7d8f69 #b56576 "
    "#355070 #6d597a #d8d4cc #5b7a8c #a23b3b"
)
# Countries in which some women cover their hair, and the share that does so here.
COVERED = {
    "BD": 0.35,
    "PK": 0.4,
    "EG": 0.5,
    "MA": 0.4,
    "ID": 0.45,
    "NG": 0.15,
    "KE": 0.1,
    "TR": 0.2,
    "GB": 0.04,
    "DE": 0.04,
}
WHITE, INK = (255, 252, 248), (38, 30, 34)


@dataclass
class Head:
    """Measures of one face; the middle of the head is at `x`, `y`."""

    x: float
    y: float
    across: float
    down: float
    jaw: float
    skin: Colour
    hair: Colour

    def outline(self, grown: float = 1.0, start: float = 0, end: float = 360) -> list[Point]:
        """The edge of the head, narrower towards the chin."""
        found = []
        for step in range(61):
            angle = pi / 180 * (start + (end - start) * step / 60)
            narrow = 1 - self.jaw * max(0.0, sin(angle)) ** 2.2
            found.append((self.x + self.across * grown * cos(angle) * narrow, self.y + self.down * grown * sin(angle)))
        return found


def draw_face(rng: Random, looks: str, skin_range: tuple[int, int], country: str, years: int) -> Image.Image:
    """A portrait of 512 pixels; `looks` is 'woman' or 'man', `years` in the trade let hair turn grey."""
    tone = rng.randint(*skin_range)
    head = Head(
        x=256 + rng.uniform(-6, 6), y=222 + rng.uniform(-6, 6), across=rng.uniform(84, 96), down=rng.uniform(106, 120),
        jaw=rng.uniform(0.12, 0.2) if looks == "woman" else rng.uniform(0.06, 0.16), skin=SKIN[tone], hair=_hair_colour(rng, tone, years),
    )  # fmt: skip
    canvas = Canvas(SIZE, SIZE, rng.choice(GROUNDS))
    _ground(rng, canvas)
    covered = looks == "woman" and rng.random() < COVERED.get(country, 0)
    style = "scarf" if covered else hair.choose(rng, looks, tone, years)
    cloth, scarf = rng.sample(CLOTHES, 2)
    hair.draw_behind(rng, canvas, head, style, scarf)
    _neck_and_clothes(rng, canvas, head, cloth, covered=covered)
    canvas.oval(head.x - head.across * 0.98, head.y + 12, 17, 24, darker(head.skin, 0.06))
    canvas.oval(head.x + head.across * 0.98, head.y + 12, 17, 24, darker(head.skin, 0.06))
    canvas.shape(head.outline(), head.skin)
    _features(rng, canvas, head, looks, years)
    if looks == "man" and rng.random() < 0.45:
        hair.draw_beard(rng, canvas, head)
    hair.draw_front(rng, canvas, head, style, scarf)
    if rng.random() < 0.3:
        _glasses(rng, canvas, head)
    if looks == "woman" and not covered and rng.random() < 0.4:
        for side in (-1, 1):
            canvas.oval(
                head.x + side * head.across * 0.99, head.y + 44, 7, 7, rng.choice(((222, 184, 92), (235, 235, 235)))
            )
    # The head fills the square, so that it is still a face at 48 pixels.
    left, top = head.x - FRAME / 2, head.y - FRAME * 0.46
    place = [round(edge * SCALE) for edge in (left, top, left + FRAME, top + FRAME)]
    return canvas.image.resize((SIZE, SIZE), Image.Resampling.BILINEAR, box=tuple(place))


def _hair_colour(rng: Random, tone: int, years: int) -> Colour:
    if years > 10 and rng.random() < 0.35:
        return blend(rng.choice(HAIR_DARK), (205, 203, 200), rng.uniform(0.45, 0.95))
    return rng.choice(HAIR_DARK if tone >= 3 else HAIR_ANY)


def _ground(rng: Random, canvas: Canvas) -> None:
    """A quiet background: plain, a disc, a slope, a window, or stripes."""
    base = rng.choice(GROUNDS)
    canvas.fade(lighter(base, 0.25), base)
    tint, shade = lighter(base, 0.4), darker(base, 0.1)
    match rng.randrange(6):
        case 0:
            canvas.oval(256, 236, 205, 205, tint)
        case 1:
            canvas.shape([(0, rng.randint(200, 380)), (512, rng.randint(60, 260)), (512, 512), (0, 512)], shade)
        case 2:
            for place in range(0, 512, 86):
                canvas.box(place, 0, 40, 512, lighter(base, 0.16))
        case 3:
            side = rng.choice((20, 330))
            canvas.box(side, 40, 160, 230, tint, 8)
            canvas.box(side + 76, 40, 8, 230, base)
            canvas.box(side, 148, 160, 8, base)
        case 4:
            canvas.oval(rng.choice((80, 430)), 110, 80, 80, tint)
            canvas.shape(
                curve([(-20, 420), (120, 340), (280, 390), (430, 320), (540, 370), (540, 530), (-20, 530)]), shade
            )


def _neck_and_clothes(rng: Random, canvas: Canvas, head: Head, cloth: Colour, *, covered: bool) -> None:
    wide = rng.uniform(168, 196)
    top = head.y + head.down + 44
    shadow = darker(head.skin, 0.16)
    canvas.box(head.x - 42, head.y + head.down * 0.6, 84, 120, shadow, 30)
    body = curve(
        [(head.x - wide, 530), (head.x - wide + 10, top + 96), (head.x - wide + 60, top + 42), (head.x - 52, top + 8)]
    )
    canvas.shape([*body, *[(2 * head.x - x, y) for x, y in reversed(body)]], cloth)
    if covered:
        return
    inner = rng.choice((WHITE, lighter(cloth, 0.75), darker(cloth, 0.35)))
    match rng.randrange(6):
        case 0:  # A round neck.
            canvas.oval(head.x, top + 4, 56, 30, shadow)
            canvas.stroke(ring((head.x, top + 4), (58, 33), 10, 170), darker(cloth, 0.18), 7)
        case 1:  # An open collar.
            canvas.shape([(head.x - 50, top), (head.x + 50, top), (head.x, top + 92)], head.skin)
            for side in (-1, 1):
                canvas.shape(
                    [
                        (head.x + side * 54, top - 18),
                        (head.x + side * 84, top + 26),
                        (head.x + side * 26, top + 66),
                        (head.x, top + 92),
                    ],
                    lighter(cloth, 0.2),
                )
        case 2:  # A jacket over a shirt.
            canvas.shape([(head.x - 52, top), (head.x + 52, top), (head.x, top + 170)], inner)
            canvas.shape([(head.x - 30, top - 4), (head.x + 30, top - 4), (head.x, top + 40)], head.skin)
            for side in (-1, 1):
                canvas.shape(
                    [
                        (head.x + side * 52, top - 8),
                        (head.x + side * 96, top + 54),
                        (head.x + side * 66, top + 66),
                        (head.x + side * 78, top + 88),
                        (head.x, top + 186),
                    ],
                    darker(cloth, 0.18),
                )
        case 3:  # A high neck.
            canvas.box(head.x - 50, top - 40, 100, 66, lighter(cloth, 0.08), 18)
            canvas.stroke([(head.x - 46, top - 8), (head.x + 46, top - 8)], darker(cloth, 0.15), 3)
        case 4:  # Stripes.
            canvas.oval(head.x, top + 2, 54, 28, shadow)
            for down in range(54, 190, 34):
                canvas.stroke(
                    curve(
                        [
                            (head.x - wide + 26, top + down + 14),
                            (head.x, top + down + 26),
                            (head.x + wide - 26, top + down + 14),
                        ]
                    ),
                    lighter(cloth, 0.55),
                    9,
                )
        case _:  # A hood.
            canvas.shape(ring((head.x, top + 14), (96, 52)), darker(cloth, 0.14))
            canvas.oval(head.x, top + 4, 62, 34, shadow)
            for side in (-1, 1):
                canvas.stroke([(head.x + side * 26, top + 40), (head.x + side * 30, top + 100)], lighter(cloth, 0.6), 5)


def _features(rng: Random, canvas: Canvas, head: Head, looks: str, years: int) -> None:
    """Eyes, brows, nose, mouth, cheeks."""
    apart, level = rng.uniform(33, 39), head.y + rng.uniform(4, 12)
    brow = darker(head.hair, 0.15) if sum(head.hair) < 480 else darker(head.hair, 0.35)
    lift, heavy = rng.uniform(28, 34), 7.5 if looks == "man" else 5.5
    iris = (
        rng.choice(((52, 36, 30), (52, 36, 30), (74, 52, 36), (70, 98, 106), (74, 92, 62)))
        if head.skin in SKIN[:3]
        else (42, 28, 24)
    )
    tall = rng.uniform(9, 11.5)
    for side in (-1, 1):
        x = head.x + side * apart
        canvas.oval(x, level, 13.5, tall, WHITE)
        canvas.oval(x + 0.5, level, 8.2, min(tall, 8.8), iris)
        canvas.oval(x + 3, level - 3, 2.6, 2.6, WHITE)
        canvas.stroke(ring((x, level + 1), (14.5, tall + 1.5), 196, 344, 14), INK, 4.2 if looks == "woman" else 3)
        arch = rng.uniform(-1, 1.5)
        canvas.stroke(
            curve(
                [
                    (x - 18, level - lift + 4 + side * arch),
                    (x, level - lift - 3),
                    (x + 18, level - lift + 4 - side * arch),
                ],
                8,
            ),
            brow,
            heavy,
        )
    nose = head.y + head.down * rng.uniform(0.3, 0.36)
    canvas.stroke(
        curve([(head.x - 3, nose - 26), (head.x - rng.uniform(8, 12), nose + 2), (head.x + 5, nose + 6)], 8),
        darker(head.skin, 0.2),
        4,
    )
    blush = blend(head.skin, (226, 96, 88), 0.2)
    for side in (-1, 1):
        canvas.oval(head.x + side * head.across * 0.58, nose + 12, 16, 10, blush)
    _mouth(rng, canvas, head, looks, head.y + head.down * rng.uniform(0.56, 0.62))
    if years > 12:
        for side in (-1, 1):
            canvas.stroke(
                ring((head.x + side * (apart + 4), level + 6), (17, 12), 40, 120, 8), darker(head.skin, 0.1), 2
            )


def _mouth(rng: Random, canvas: Canvas, head: Head, looks: str, y: float) -> None:
    lip = blend(darker(head.skin, 0.22), (190, 60, 70), rng.uniform(0.35, 0.65) if looks == "woman" else 0.2)
    wide = rng.uniform(24, 32)
    match rng.randrange(3):
        case 0:
            canvas.shape([*ring((head.x, y - 4), (wide, 20), 0, 180, 24)], darker(lip, 0.25))
            canvas.shape(
                [
                    (head.x - wide + 5, y - 4),
                    (head.x + wide - 5, y - 4),
                    (head.x + wide - 9, y + 3),
                    (head.x - wide + 9, y + 3),
                ],
                WHITE,
            )
        case 1:
            canvas.stroke(ring((head.x, y - 10), (wide, 16), 25, 155, 18), lip, 6)
        case _:
            tilt = rng.uniform(-3, 3)
            canvas.stroke(
                curve([(head.x - wide + 4, y - 2 + tilt), (head.x, y + 6), (head.x + wide - 4, y - 2 - tilt)], 8),
                lip,
                6,
            )


def _glasses(rng: Random, canvas: Canvas, head: Head) -> None:
    rim = rng.choice(((40, 36, 40), (92, 58, 38), (150, 112, 60), (70, 84, 108)))
    level, thick = head.y + 8, rng.choice((3.5, 5))
    for side in (-1, 1):
        x = head.x + side * 37
        canvas.frame(x - 29, level - 23, 58, 48, rim, thick, ROUND[rim])
        canvas.stroke([(x + side * 29, level - 6), (head.x + side * head.across * 0.99, level - 2)], rim, thick - 1)
    canvas.stroke(curve([(head.x - 8, level - 4), (head.x, level - 8), (head.x + 8, level - 4)], 6), rim, thick)


# How round glasses of a colour are: thin metal is round, plastic is not.
ROUND = {(40, 36, 40): 14, (92, 58, 38): 20, (150, 112, 60): 24, (70, 84, 108): 10}
