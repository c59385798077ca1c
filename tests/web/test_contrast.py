"""Every pair of words and ground that our components use is readable in both themes."""

import pytest

from tests.web.colours import blend, contrast, parse_oklch, read_themes, to_srgb

THEMES = read_themes()
ROLES = ("primary", "secondary", "accent", "neutral", "info", "success", "warning", "error")
INKS = ("primary", "secondary", "accent", "info", "success", "warning", "error", "base-content")
GROUNDS = ("base-100", "base-200")
# WCAG 2.2 AA: 4.5 for words, 3 for drawn shapes and the edges of controls.
WORDS, SHAPES = 4.5, 3.0
# The share of ink in `.quiet` and the edge of a text field in source.css.
QUIET, EDGE = 0.72, 0.50


def colour(theme: str, name: str):
    return to_srgb(parse_oklch(THEMES[theme][f"--{name}"]))


def soft(theme: str, ink: str):
    """The soft ground of an ink, as `.soft` computes it."""
    _, chroma, hue = parse_oklch(THEMES[theme][f"--color-{ink}"])
    lightness = float(THEMES[theme]["--soft-l"].rstrip("%")) / 100
    return to_srgb((lightness, min(chroma, float(THEMES[theme]["--soft-c"])), hue))


def test_there_is_a_light_and_a_dark_theme():
    assert set(THEMES) == {"hirehall", "hirehall-dark"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ROLES)
def test_words_on_filled_grounds(theme, role):
    assert contrast(colour(theme, f"color-{role}-content"), colour(theme, f"color-{role}")) >= WORDS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", INKS)
def test_coloured_words_on_sheets_and_soft_grounds(theme, ink):
    words = colour(theme, f"color-{ink}")
    for ground in GROUNDS:
        assert contrast(words, colour(theme, f"color-{ground}")) >= WORDS, ground
    assert contrast(words, soft(theme, ink)) >= WORDS
    assert contrast(colour(theme, "color-base-content"), soft(theme, ink)) >= WORDS


@pytest.mark.parametrize("theme", THEMES)
def test_quiet_words_and_edges_of_controls(theme):
    ink = colour(theme, "color-base-content")
    for ground in (*(colour(theme, f"color-{g}") for g in GROUNDS), soft(theme, "accent"), soft(theme, "success")):
        assert contrast(blend(ink, ground, QUIET), ground) >= WORDS
        assert contrast(blend(ink, ground, EDGE), ground) >= SHAPES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("number", range(1, 7))
def test_drawn_shapes_stand_out(theme, number):
    assert contrast(colour(theme, f"chart-{number}"), colour(theme, "color-base-100")) >= SHAPES


def test_the_measure_itself():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert to_srgb((1, 0, 0)) == pytest.approx((1, 1, 1), abs=1e-3)
