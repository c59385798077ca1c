"""Portfolio pictures of things to hold or look at: boards, maps, posters, marks, scenes, books, plans. Pure."""

from math import sin
from textwrap import shorten

from sim.canvas import blend, curve, darker, lighter, ring
from sim.pieces import Piece


def draw_board(p: Piece) -> None:
    """A circuit board, or boxes with connections."""
    c, rng = p.canvas, p.rng
    green = darker(blend(p.third, (24, 84, 66), 0.6), 0.2)
    c.fade(lighter(green, 0.1), green)
    copper = lighter(green, 0.22)
    for _ in range(26):
        x, y = rng.randrange(40, 760, 24), rng.randrange(40, 560, 24)
        path = [(x, y)]
        for _ in range(3):
            dx, dy = rng.choice(((72, 0), (-72, 0), (0, 72), (0, -72), (48, 48), (-48, 48)))
            path.append((path[-1][0] + dx, path[-1][1] + dy))
        c.stroke(path, copper, 5)
        c.oval(*path[-1], 8, 8, lighter(p.second, 0.2))
        c.oval(*path[-1], 3.5, 3.5, green)
    for _ in range(6):
        x, y, wide, high = (
            rng.randrange(60, 580, 40),
            rng.randrange(60, 400, 40),
            rng.choice((90, 130, 170)),
            rng.choice((70, 110)),
        )
        for pin in range(0, wide - 12, 18):
            c.box(x + 8 + pin, y - 9, 8, high + 18, (214, 210, 196), 2)
        c.box(x, y, wide, high, (34, 38, 44), 6)
        c.oval(x + 14, y + 14, 5, 5, (86, 92, 98))
        c.box(x + 28, y + high / 2 - 4, wide * 0.5, 7, (120, 126, 130), 3)


def draw_map(p: Piece) -> None:
    """A map with water, roads and values."""
    c, rng = p.canvas, p.rng
    land = lighter(p.third, 0.7)
    c.fade(land, darker(land, 0.04))
    shore = [
        (-20, rng.randint(300, 560)),
        *[(x, rng.randint(300, 540)) for x in (150, 320, 500, 660)],
        (840, rng.randint(280, 560)),
    ]
    c.shape([*curve(shore), (840, 640), (-20, 640)], blend((150, 196, 214), p.first, 0.12))
    for _ in range(8):
        x, y = rng.uniform(0, 800), rng.uniform(0, 320)
        c.shape(
            curve([(x, y), (x + 90, y - 30), (x + 130, y + 40), (x + 40, y + 90), (x - 20, y + 50), (x, y)]),
            blend(land, (120, 160, 96), 0.3),
        )
    for _ in range(7):
        start = (rng.choice((-10, rng.uniform(0, 800))), rng.uniform(0, 300))
        line = curve(
            [
                start,
                (start[0] + rng.uniform(100, 260), start[1] + rng.uniform(-70, 90)),
                (start[0] + rng.uniform(300, 520), start[1] + rng.uniform(-90, 120)),
            ]
        )
        c.stroke(line, darker(land, 0.16), 11)
        c.stroke(line, (255, 255, 255), 7)
    for _ in range(26):
        x, y, size = rng.uniform(40, 760), rng.uniform(40, 420), rng.uniform(5, 24)
        c.oval(x, y, size, size, lighter(p.first, 0.3))
        c.oval(x, y, size * 0.6, size * 0.6, p.first)
    c.box(30, 30, 280, 96, (255, 255, 255), 12)
    p.heading(48, 42, 250, 20, most=2)
    for place, tone in enumerate((p.first, p.second, p.third)):
        c.box(48 + place * 80, 102, 60, 9, tone, 4)


def draw_poster(p: Piece) -> None:
    """A poster on a wall: large forms and the title."""
    c, rng = p.canvas, p.rng
    c.fade(darker(p.ground, 0.06), darker(p.ground, 0.16))
    c.box(208, 34, 400, 544, darker(p.ground, 0.3), 2)
    paper = rng.choice((p.first, p.second, p.third, p.ground))
    c.box(200, 26, 400, 544, paper, 2)
    inks = [tone for tone in (p.first, p.second, p.third, p.ink, lighter(p.ground, 0.5)) if tone != paper]
    match rng.randrange(4):
        case 0:
            for step in range(6):
                c.oval(400, 250, 170 - step * 28, 170 - step * 28, inks[step % len(inks)])
        case 1:
            for row in range(4):
                for column in range(4):
                    x, y, tone = 232 + column * 86, 60 + row * 86, rng.choice(inks)
                    c.shape(
                        ring((x + 39, y + 39), (39, 39), rng.choice((0, 90, 180, 270)), rng.choice((450, 540)), 20),
                        tone,
                    )
        case 2:
            for step in range(5):
                wave = [(200 + x * 40, 120 + step * 62 + 26 * sin(x * 0.9 + step)) for x in range(11)]
                c.shape([*curve(wave), (600, 420), (200, 420)], inks[step % len(inks)])
        case _:
            c.oval(400, 200, 118, 118, inks[0])
            c.shape([(200, 420), (330, 220), (420, 330), (500, 250), (600, 420)], inks[1])
            c.shape([(200, 420), (270, 330), (360, 420)], inks[2])
    low = paper if paper != p.ink else p.ground
    c.box(200, 420, 400, 150, low, 2)
    bright = sum(low) > 400
    p.heading(226, 440, 350, 30, p.ink if bright else p.ground, 3)


def draw_logos(p: Piece) -> None:
    """A sheet of marks."""
    c, rng = p.canvas, p.rng
    marks = rng.sample(range(6), 6)
    for place in range(6):
        x, y = (place % 3) * 267, (place // 3) * 300
        back, front = rng.choice(
            ((p.ground, p.ink), (p.ink, p.ground), (p.first, p.ground), (p.second, p.ink), (p.third, p.ink))
        )
        c.box(x, y, 267, 300, back)
        mx, my = x + 133, y + 128
        match marks[place]:
            case 0:
                c.oval(mx, my, 56, 56, front)
                c.oval(mx + 20, my - 12, 44, 44, back)
            case 1:
                for turn in range(5):
                    spot = ring((mx, my), (38, 38), turn * 72, turn * 72 + 1, 1)[0]
                    c.oval(*spot, 24, 24, front)
                c.oval(mx, my, 16, 16, back)
            case 2:
                c.shape([(mx - 58, my + 50), (mx, my - 58), (mx + 58, my + 50)], front)
                c.shape([(mx - 24, my + 50), (mx, my + 2), (mx + 24, my + 50)], back)
            case 3:
                for row in range(3):
                    c.box(mx - 52 + row * 14, my - 46 + row * 34, 104 - row * 28, 22, front, 11)
            case 4:
                c.box(mx - 50, my - 50, 100, 100, front, 26)
                c.words(mx, my, p.title[:1].upper(), 66, back, "mm")
            case _:
                c.shape([*ring((mx, my), (58, 58), 180, 360), (mx, my + 58)], front)
                c.oval(mx, my - 6, 18, 18, back)
        c.box(mx - 46, y + 216, 92, 9, front, 4)
        c.box(mx - 28, y + 236, 56, 6, blend(front, back, 0.4), 3)


def draw_scene(p: Piece) -> None:
    """A landscape that stands for a photograph or film frame."""
    c, rng = p.canvas, p.rng
    warm, sky = (
        rng.choice(((255, 206, 160), (250, 176, 150), (244, 224, 190))),
        rng.choice(((70, 110, 160), (96, 84, 140), (120, 160, 180), (44, 62, 96))),
    )
    c.fade(sky, warm)
    x, y = rng.randint(160, 640), rng.randint(150, 300)
    for size, share in ((92, 0.35), (66, 0.55), (46, 0.85)):
        c.oval(x, y, size, size, blend(warm, (255, 250, 230), share))
    for layer in range(5):
        base, tone = 300 + layer * 62, blend(blend(sky, warm, 0.4), darker(p.third, 0.75), 0.18 + layer * 0.19)
        line = (
            [(-20.0, base + 0.0)]
            + [(place * 100.0, base - rng.uniform(0, 120 - layer * 16)) for place in range(9)]
            + [(820.0, float(base))]
        )
        c.shape([*curve(line), (820, 620), (-20, 620)], tone)
    if rng.random() < 0.5:
        for _ in range(9):
            bx, by = x + rng.uniform(-200, 200), y + rng.uniform(-90, 40)
            c.stroke([(bx - 9, by - 4), (bx, by), (bx + 9, by - 4)], darker(sky, 0.4), 2.5)
    if rng.random() < 0.4:
        c.box(0, 0, 800, 58, (16, 14, 18))
        c.box(0, 542, 800, 58, (16, 14, 18))


def draw_wave(p: Piece) -> None:
    """A sound, drawn as bars, with tracks below."""
    c, rng = p.canvas, p.rng
    dark = darker(p.ink, 0.1)
    c.fade(dark, darker(dark, 0.3))
    p.heading(60, 44, 660, 28, p.ground, 2)
    c.oval(92, 148, 26, 26, p.first)
    c.shape([(85, 136), (85, 160), (106, 148)], dark)
    phase = rng.uniform(0, 6)
    for step in range(64):
        high = 12 + 84 * abs(sin(step * 0.19 + phase) * sin(step * 0.057 + 1)) * rng.uniform(0.5, 1)
        c.box(60 + step * 10.7, 286 - high, 6, high * 2, p.first if step < 27 else lighter(dark, 0.22), 3)
    for row, tone in enumerate((p.first, p.second, p.third)):
        c.box(60, 430 + row * 46, 680, 34, lighter(dark, 0.07), 8)
        x = 60 + rng.randint(0, 60)
        while x < 680:
            wide = min(rng.randint(60, 190), 740 - x)
            c.box(x, 430 + row * 46, wide, 34, blend(dark, tone, 0.7), 8)
            x += wide + rng.randint(8, 50)


def draw_book(p: Piece) -> None:
    """A book standing in front of a plain wall."""
    c, rng = p.canvas, p.rng
    c.fade(lighter(p.third, 0.5), lighter(p.third, 0.25))
    c.box(0, 500, 800, 100, darker(p.third, 0.12))
    books = rng.choice((1, 2))
    for place in range(books):
        x, y = 240 + place * 210 - (60 if place else 0), 74 + place * 26
        c.box(x + 16, y + 22, 300, 420, darker(p.third, 0.3), 4)
        c.box(x + 10, y + 8, 300, 420, (246, 241, 230), 3)
        cover = (p.first, p.second)[place]
        c.box(x, y, 300, 424, cover, 4)
        c.box(x, y, 16, 424, darker(cover, 0.2), 4)
        if place == books - 1:
            p.heading(x + 44, y + 48, 230, 32, p.ground if sum(cover) < 480 else p.ink, 4)
        mx, my = x + 160, y + 300
        match rng.randrange(3):
            case 0:
                for step in range(4):
                    c.stroke(
                        ring((mx, my), (74 - step * 18, 74 - step * 18), 180, 360),
                        (p.second, p.third, p.ground, p.ink)[step],
                        9,
                    )
            case 1:
                c.oval(mx, my, 62, 62, p.third)
                c.shape([(mx - 62, my + 62), (mx - 10, my - 20), (mx + 62, my + 62)], p.ink)
            case _:
                for step in range(5):
                    c.stroke(
                        curve(
                            [(x + 50, my - 50 + step * 26), (mx, my - 70 + step * 26), (x + 264, my - 46 + step * 26)]
                        ),
                        (p.third, p.ground)[step % 2],
                        7,
                    )


def draw_article(p: Piece) -> None:
    """A page of text with a picture."""
    c, rng = p.canvas, p.rng
    c.fade(p.soft, darker(p.ground, 0.2))
    c.box(128, 44, 560, 600, darker(p.ground, 0.34), 3)
    c.box(120, 36, 560, 600, (255, 254, 250), 3)
    c.box(166, 74, 90, 10, p.first, 5)
    end = p.heading(166, 98, 470, 36, most=2)
    c.box(166, end + 14, 470, 2, p.ink)
    wide = rng.choice((470, 226))
    p.picture(166, end + 34, wide, 170, 4)
    if wide == 470:
        for column in range(2):
            p.bars(166 + column * 244, end + 224, 222, 12)
    else:
        p.bars(412, end + 36, 222, 11)
        p.bars(166, end + 224, 470, 10)


def draw_plan(p: Piece) -> None:
    """A floor plan or a part with measures."""
    c, rng = p.canvas, p.rng
    paper, line = (
        (p.ground, p.ink)
        if rng.random() < 0.5
        else (darker(blend(p.first, (24, 56, 96), 0.7), 0.1), lighter(p.ground, 0.3))
    )
    c.fade(paper, darker(paper, 0.05))
    for step in range(0, 800, 40):
        c.box(step, 0, 1, 600, blend(paper, line, 0.1))
        c.box(0, step, 800, 1, blend(paper, line, 0.1))
    if rng.random() < 0.6:
        left, top, right, bottom = 130, 100, 670, 480
        split, cross = rng.randint(300, 470), rng.randint(230, 350)
        walls = [
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
            [(split, top), (split, cross - 40)],
            [(split, cross + 30), (split, bottom)],
            [(left, cross), (split - 70, cross)],
            [(split, cross + 60), (right, cross + 60)],
        ]
        for wall in walls:
            c.stroke(wall, line, 11)
        c.stroke(ring((split - 70, cross), (66, 66), 270, 360, 16), line, 2)
        c.frame(left + 26, top + 24, 84, 62, line, 2.5, 8)
        c.frame(right - 150, bottom - 100, 120, 72, line, 2.5, 12)
        c.oval(right - 100, top + 86, 38, 38, blend(paper, p.second, 0.5))
        c.frame(left + 40, bottom - 90, 110, 58, line, 2.5, 4)
    else:
        for size in (170, 128, 56):
            c.stroke(ring((400, 290), (size, size)), line, 4)
        for turn in range(0, 360, rng.choice((45, 60, 72))):
            spot = ring((400, 290), (92, 92), turn, turn + 1, 1)[0]
            c.stroke(ring(spot, (15, 15)), line, 3)
        c.stroke([(170, 290), (630, 290)], blend(paper, line, 0.5), 1.5)
        c.stroke([(400, 70), (400, 510)], blend(paper, line, 0.5), 1.5)
    for x, y, length in ((130, 540, 540), (60, 100, 0)):
        if length:
            c.stroke([(x, y), (x + length, y)], line, 2)
            c.words(400, y - 24, f"{rng.randint(180, 980)}", 18, line, "ma")
    c.frame(548, 540, 220, 44, line, 2)
    c.words(560, 552, shorten(p.title, 26, placeholder=""), 15, line)
