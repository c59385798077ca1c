"""The geometry of our charts: round scales, points of a line, arcs of a ring. Plain numbers in, numbers out.

Charts are drawn by the macros of components/charts.html as SVG without scripts or inline styles; positions
across are percentages, so that a chart fits every width and its letters keep their size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """The values at which grid lines stand, from zero to the top."""

    top: float
    ticks: tuple[float, ...]

    def share(self, value: float | None) -> float:
        """A value as a percentage of the height."""
        return round(100 * (value or 0) / self.top, 2) if self.top else 0.0


@dataclass(frozen=True)
class Slice:
    """One arc of a ring: its length and its start, in percent of the round."""

    label: str
    value: float
    share: float
    start: float


def scale(values: Sequence[float | None], steps: int = 4) -> Scale:
    """A scale with round numbers that holds all values: 37 leads to 0, 10, 20, 30, 40."""
    highest = max([value for value in values if value] or [0])
    if highest <= 0:
        return Scale(1, (0,))
    rough = highest / steps
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough - 1e-9)
    count = math.ceil(highest / step - 1e-9)
    ticks = tuple(int(step * i) if float(step * i).is_integer() else step * i for i in range(count + 1))
    return Scale(step * count, ticks)


def points(values: Sequence[float | None], top: float) -> list[tuple[float, float]]:
    """The points of a line in a box of 100 by 100; what is missing is left out."""
    last = max(len(values) - 1, 1)
    return [
        (round(100 * i / last, 2), round(100 - 100 * value / (top or 1), 2))
        for i, value in enumerate(values)
        if value is not None
    ]


def path(values: Sequence[float | None], top: float) -> str:
    """The line as the `d` of an SVG path."""
    return " ".join(f"{'M' if i == 0 else 'L'}{x} {y}" for i, (x, y) in enumerate(points(values, top)))


def area(values: Sequence[float | None], top: float) -> str:
    """The ground under the line as the `d` of an SVG path."""
    found = points(values, top)
    if not found:
        return ""
    return f"{path(values, top)} L{found[-1][0]} 100 L{found[0][0]} 100 Z"


def slices(series: Sequence[tuple[str, float]]) -> list[Slice]:
    """The arcs of a ring or the parts of a bar, one after the other, together 100 percent."""
    whole = sum(value for _, value in series)
    found, start = [], 0.0
    for label, value in series:
        share = 100 * value / whole if whole else 0.0
        found.append(Slice(label, value, round(share, 2), round(start, 2)))
        start += share
    return found
