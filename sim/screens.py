"""Portfolio pictures of things on screens: pages, phones, reports, sheets, programs. Pure."""

from textwrap import shorten

from sim.canvas import curve, darker, lighter, ring
from sim.pieces import Piece


def draw_page(p: Piece) -> None:
    """A web page in a browser window."""
    c, rng = p.canvas, p.rng
    c.fade(lighter(p.first, 0.35), p.first)
    c.box(70, 56, 660, 600, darker(p.first, 0.28), 16)
    c.box(66, 50, 660, 600, (255, 255, 255), 16)
    for place, tone in enumerate((p.third, p.second, p.first)):
        c.oval(92 + place * 20, 72, 6, 6, tone)
    c.box(170, 62, 420, 20, p.ground, 10)
    c.box(96, 104, 70, 14, p.ink, 7)
    for place in range(4):
        c.box(440 + place * 66, 107, 44, 8, p.soft, 4)
    if rng.random() < 0.5:
        end = p.heading(96, 150, 300, 34)
        p.bars(96, end + 18, 270, 3)
        c.box(96, end + 82, 120, 34, p.first, 17)
        p.picture(412, 146, 284, 220, 14)
    else:
        p.picture(66, 134, 660, 190, 0)
        p.heading(96, 160, 520, 36, p.ink, 2)
        c.box(96, 262, 130, 34, p.second, 17)
    count = rng.choice((3, 4))
    wide = 600 / count
    for place in range(count):
        x = 96 + place * wide
        c.box(x, 396, wide - 18, 190, lighter(p.ground, 0.3), 12)
        p.picture(x + 10, 406, wide - 38, 84, 8)
        p.bars(x + 12, 506, wide - 46, 3, 15)


def draw_phones(p: Piece) -> None:
    """Two or three phones beside each other."""
    c, rng = p.canvas, p.rng
    c.fade(lighter(p.second, 0.5), p.second)
    c.oval(rng.randint(120, 640), 560, 360, 260, lighter(p.second, 0.25))
    count = rng.choice((2, 3))
    for place in range(count):
        x, y = 400 + (place - (count - 1) / 2) * 228 - 98, 66 + (place % 2) * 34
        c.box(x + 8, y + 12, 196, 424, darker(p.second, 0.3), 30)
        c.box(x, y, 196, 424, p.ink, 30)
        c.box(x + 9, y + 9, 178, 406, (255, 255, 255), 23)
        c.box(x + 74, y + 17, 48, 10, p.ink, 5)
        match (place + rng.randrange(2)) % 3:
            case 0:
                c.box(x + 9, y + 40, 178, 130, p.first, 0)
                p.heading(x + 24, y + 62, 150, 19, (255, 255, 255), 3)
                for row in range(4):
                    c.box(x + 22, y + 186 + row * 54, 38, 38, (p.third, p.second, p.first, p.soft)[row], 12)
                    p.bars(x + 72, y + 192 + row * 54, 96, 2, 15)
            case 1:
                p.bars(x + 24, y + 48, 90, 1, 22, p.ink)
                for turn, tone in ((360, p.ground), (rng.randint(150, 300), p.first)):
                    c.stroke(ring((x + 98, y + 158), (58, 58), -90, -90 + turn), tone, 16)
                c.words(x + 98, y + 158, str(rng.randint(12, 96)), 34, p.ink, "mm")
                for row in range(3):
                    c.box(x + 22, y + 246 + row * 48, 152, 38, p.ground, 12)
                    c.box(x + 34, y + 261 + row * 48, rng.randint(40, 120), 8, (p.third, p.second, p.first)[row], 4)
            case _:
                p.picture(x + 22, y + 46, 152, 118, 14)
                p.bars(x + 24, y + 180, 140, 4)
                c.box(x + 22, y + 258, 152, 40, p.first, 20)
                for column in range(3):
                    c.box(x + 22 + column * 53, y + 314, 46, 60, p.ground, 12)
        c.box(x + 66, y + 400, 64, 5, p.soft, 2)


def draw_chart(p: Piece) -> None:
    """A report page with figures, a line and bars."""
    c, rng = p.canvas, p.rng
    p.heading(48, 34, 720, 28, most=1)
    p.bars(48, 78, 300, 1)
    for place in range(4):
        x = 48 + place * 179
        c.box(x, 106, 167, 86, (255, 255, 255), 12)
        c.words(
            x + 16,
            118,
            f"{rng.randint(11, 98)}{rng.choice(('', '', '%', 'k'))}",
            32,
            (p.first, p.second, p.third, p.ink)[place],
        )
        c.box(x + 16, 168, rng.randint(50, 100), 7, p.soft, 3)
    c.box(48, 210, 430, 340, (255, 255, 255), 14)
    for row in range(5):
        c.box(72, 250 + row * 58, 382, 1.5, p.soft)
    for tone, start in ((p.second, 470), (p.first, 420)):
        level, points = start, []
        for step in range(9):
            level = max(262, min(490, level - rng.uniform(-26, 46)))
            points.append((76 + step * 47, level))
        line = curve(points)
        if tone == p.first:
            c.shape([*line, (452, 500), (76, 500)], lighter(tone, 0.78))
        c.stroke(line, tone, 4)
        c.oval(*points[-1], 7, 7, tone)
    c.box(494, 210, 258, 340, (255, 255, 255), 14)
    if rng.random() < 0.5:
        for row in range(7):
            wide = rng.uniform(40, 150)
            c.box(514, 240 + row * 42, 46, 8, p.soft, 4)
            c.box(572, 234 + row * 42, wide, 20, (p.third, p.first, p.second)[row % 3], 5)
    else:
        turn = -90.0
        for tone, share in zip((p.first, p.second, p.third, p.soft), (0.4, 0.27, 0.2, 0.13), strict=True):
            c.stroke(ring((623, 340), (72, 72), turn, turn + 360 * share - 5), tone, 34)
            turn += 360 * share
        p.bars(530, 462, 180, 4)


def draw_table(p: Piece) -> None:
    """A sheet of rows with marks."""
    c, rng = p.canvas, p.rng
    c.fade(p.ground, darker(p.ground, 0.06))
    c.box(60, 50, 680, 500, (255, 255, 255), 16)
    c.box(60, 50, 680, 92, p.ink, 16)
    c.box(60, 110, 680, 32, p.ink)
    p.heading(88, 74, 640, 27, (255, 255, 255), 1)
    columns = (88, 250, 372, 494, 616)
    for row in range(10):
        y = 154 + row * 39
        if row % 2:
            c.box(60, y - 5, 680, 39, lighter(p.ground, 0.4))
        for place, x in enumerate(columns):
            if place == 3 and rng.random() < 0.7:
                c.box(
                    x, y + 4, rng.randint(52, 84), 20, lighter((p.first, p.second, p.third)[rng.randrange(3)], 0.45), 10
                )
            elif place == 4:
                c.box(x, y + 10, rng.randint(30, 100), 9, (p.first, p.second)[row % 2], 4)
            else:
                c.box(
                    x, y + 10, rng.randint(46, 104 if place else 130), 8, p.soft if place else lighter(p.ink, 0.35), 4
                )


def draw_code(p: Piece) -> None:
    """An editor with lines of a program."""
    c, rng = p.canvas, p.rng
    dark = darker(p.ink, 0.2)
    c.fade(p.first, darker(p.first, 0.35))
    c.box(62, 54, 676, 500, dark, 16)
    for place, tone in enumerate((p.first, p.second, p.third)):
        c.oval(88 + place * 20, 78, 6, 6, tone)
    c.words(400, 70, shorten(p.title, 46, placeholder=""), 15, lighter(dark, 0.55), "ma")
    c.box(62, 100, 128, 454, lighter(dark, 0.06))
    for row in range(11):
        c.box(
            82 + (row % 3 and 14), 124 + row * 34, rng.randint(40, 78), 8, lighter(dark, 0.25 if row != 3 else 0.6), 4
        )
    indent = 0
    for row in range(15):
        x = 216 + indent * 26
        c.box(200, 122 + row * 28, 10, 6, lighter(dark, 0.14), 2)
        for _ in range(rng.randint(1, 5)):
            wide = rng.randint(22, 92)
            if x + wide > 712:
                break
            c.box(
                x,
                120 + row * 28,
                wide,
                11,
                rng.choice((p.first, p.second, p.third, lighter(dark, 0.65), lighter(dark, 0.4))),
                5,
            )
            x += wide + 12
        indent = max(0, min(4, indent + rng.choice((-1, 0, 0, 1))))
