"""Drawn portraits and portfolio pictures: the same seed draws the same, other seeds draw others, and all fill the square."""

from random import Random

import pytest
from PIL import Image

from sim.faces import SIZE, draw_face
from sim.histories import PICTURES
from sim.mockups import KINDS, draw_piece


def face(seed: int) -> Image.Image:
    looks = "woman" if seed % 2 else "man"
    return draw_face(Random(seed), looks, (seed % 8, seed % 8 + 2), ("US", "EG", "NG")[seed % 3], seed % 16)


def test_the_same_seed_draws_the_same_face():
    assert face(11).tobytes() == face(11).tobytes()


def test_sixty_faces_all_differ_clearly():
    small = [face(seed).resize((24, 24)).tobytes() for seed in range(60)]
    for place, one in enumerate(small):
        for other in small[:place]:
            assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one) > 3


def test_a_face_is_a_square_with_many_colours():
    picture = face(4)
    assert picture.size == (SIZE, SIZE)
    assert len(picture.getcolors(maxcolors=SIZE * SIZE)) > 50


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_piece_can_be_drawn(kind):
    picture = draw_piece(Random(3), kind, "Labels for a mustard mill")
    assert picture.size == (800, 600)
    assert len(picture.getcolors(maxcolors=800 * 600)) > 30
    assert picture.tobytes() == draw_piece(Random(3), kind, "Labels for a mustard mill").tobytes()
    assert picture.tobytes() != draw_piece(Random(4), kind, "Labels for a mustard mill").tobytes()


def test_every_category_names_kinds_that_exist():
    assert {kind for kinds in PICTURES.values() for kind in kinds} <= set(KINDS)
