"""Draws pictures for portfolio pieces, different for each seed. Pure."""

from collections.abc import Callable
from random import Random

from PIL import Image

from sim import prints, screens
from sim.pieces import Piece

KINDS: dict[str, Callable[[Piece], None]] = {
    "page": screens.draw_page, "phones": screens.draw_phones, "chart": screens.draw_chart, "table": screens.draw_table, "code": screens.draw_code, "board": prints.draw_board, "map": prints.draw_map, "poster": prints.draw_poster,
    "logos": prints.draw_logos, "scene": prints.draw_scene, "wave": prints.draw_wave, "book": prints.draw_book, "article": prints.draw_article, "plan": prints.draw_plan,
}  # fmt: skip


def draw_piece(rng: Random, kind: str, title: str) -> Image.Image:
    """A picture of 800 by 600 for a portfolio piece."""
    piece = Piece(rng, title)
    KINDS[kind](piece)
    return piece.canvas.finish()
