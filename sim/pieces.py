"""The canvas of portfolio pictures: a palette, and the small things that stand for text and photographs. Pure."""

from random import Random

from sim.canvas import Canvas, Colour, colour, darker, lighter

WIDTH, HEIGHT = 800, 600
# Ground, ink, and three accents that go together.
PALETTES = tuple(
    tuple(colour(tone) for tone in line.split())
    for line in """
        #f5efe6 #23303d #d1495b #edae49 #00798c
        #eef2f3 #1d2b3a #2a6f97 #f4a259 #8cb369
        #fbf3ee #3a2e39 #f15152 #1e555c #edb183
        #f0f4ef #22333b #5e8c61 #c6ac8f #e07a5f
        #f6f1fb #2b2140 #7b5ea7 #f2a65a #4bb3a5
        #fdf6e3 #28323c #cb4b16 #268bd2 #859900
        #edf6f9 #16324f #006d77 #e29578 #83c5be
        #f7f7f2 #2d2a32 #dd7373 #4c956c #fefee3
        #f1ece2 #33272a #7f5539 #b08968 #588157
        #eaf1fb #1b263b #3d5a80 #ee6c4d #98c1d9
        #fff4f0 #3d2c2e #c8553d #588b8b #ffd5c2
        #eef0f8 #252a4a #5465c9 #f28482 #84a59d
    """.strip().splitlines()
)


class Piece:
    """A canvas with a palette and the words that stand on it."""

    def __init__(self, rng: Random, title: str) -> None:
        self.rng, self.title = rng, title
        self.ground, self.ink, *accents = rng.choice(PALETTES)
        rng.shuffle(accents)
        self.first, self.second, self.third = accents
        self.canvas = Canvas(WIDTH, HEIGHT, self.ground)

    @property
    def soft(self) -> Colour:
        return darker(self.ground, 0.1)

    def bars(self, x: float, y: float, width: float, rows: int, gap: float = 16, tone: Colour | None = None) -> None:
        """Lines that stand for text."""
        for row in range(rows):
            share = self.rng.uniform(0.78, 1) if row < rows - 1 else self.rng.uniform(0.35, 0.7)
            self.canvas.box(x, y + row * gap, width * share, gap * 0.42, tone or self.soft, 3)

    def picture(self, x: float, y: float, width: float, height: float, radius: float = 10) -> None:
        """A small landscape that stands for a photograph."""
        sky, hill = lighter(self.third, 0.35), darker(self.third, 0.1)
        self.canvas.box(x, y, width, height, sky, radius)
        self.canvas.oval(
            x + width * self.rng.uniform(0.25, 0.75),
            y + height * 0.36,
            height * 0.13,
            height * 0.13,
            lighter(self.second, 0.3),
        )
        peak = self.rng.uniform(0.3, 0.7)
        self.canvas.shape(
            [
                (x + 2, y + height * 0.86),
                (x + width * peak, y + height * 0.42),
                (x + width - 2, y + height * 0.8),
                (x + width - 2, y + height - radius),
                (x + 2, y + height - radius),
            ],
            hill,
        )
        self.canvas.box(x, y + height * 0.78, width, height * 0.22, darker(hill, 0.18), radius)

    def heading(
        self, x: float, y: float, width: float, size: float, tone: Colour | None = None, most: int = 3
    ) -> float:
        """The title, broken into lines; returns where it ends."""
        per_line = max(6, int(width / (size * 0.56)))
        lines, line = [], ""
        for word in self.title.split():
            if line and len(line) + 1 + len(word) > per_line:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        for place, said in enumerate([*lines, line][:most]):
            self.canvas.words(x, y + place * size * 1.16, said, size, tone or self.ink)
        return y + min(most, len(lines) + 1) * size * 1.16
