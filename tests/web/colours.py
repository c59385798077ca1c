"""Reads the themes of the style sheet and computes how readable one colour is on another (WCAG 2.2)."""

import math
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "hirehall" / "web" / "static" / "css" / "source.css"
Colour = tuple[float, float, float]


def read_themes() -> dict[str, dict[str, str]]:
    """Theme name -> its variables."""
    text = SOURCE.read_text(encoding="utf-8")
    blocks = re.findall(r'@plugin "daisyui/theme" \{(.*?)\n\}', text, re.DOTALL)
    return {re.search(r'name: "(.*?)"', block)[1]: dict(re.findall(r"(--[\w-]+): (.*?);", block)) for block in blocks}


def parse_oklch(text: str) -> Colour:
    """oklch(43% 0.085 212) as lightness from 0 to 1, chroma and hue."""
    lightness, chroma, hue = re.fullmatch(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", text).groups()
    return float(lightness) / 100, float(chroma), float(hue)


def to_srgb(colour: Colour) -> Colour:
    """Through Oklab to gamma-encoded sRGB, cut to what a screen can show."""
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(_encode(min(max(part, 0.0), 1.0)) for part in linear)


def _encode(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def blend(over: Colour, under: Colour, share: float) -> Colour:
    """A see-through colour on a ground; both in sRGB."""
    return tuple(share * o + (1 - share) * u for o, u in zip(over, under, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21; both in sRGB."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
