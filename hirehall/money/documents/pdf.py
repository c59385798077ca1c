"""A paper as PDF: set by typst from one template, tagged for screen readers, the same bytes for the same paper.

It takes some milliseconds, so nothing is stored: the facts are, and they never change. Our fonts carry Latin, Bengali
and Devanagari; letters of other scripts (a name in Greek, an address in Arabic) come from the machine's own fonts.
"""

import functools
import json
import threading
from datetime import datetime
from pathlib import Path

import typst
from django.utils.translation import get_language

from hirehall.money.documents.papers import Paper

ROOM = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


@functools.cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(ROOM.joinpath("fonts"))]
    )
    return typst.Compiler(str(ROOM.joinpath("typst", "paper.typ")), root=str(ROOM.joinpath("typst")), font_paths=fonts)


def set_paper(paper: Paper, made_at: datetime) -> bytes:
    """The PDF of a paper; `made_at` is the date in its properties."""
    given = {**paper, "language": (get_language() or "en").split("-")[0]}
    # The template's inputs belong to the compiler, so threads take turns.
    with _one_at_a_time:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"paper": json.dumps(given, ensure_ascii=False, default=str)},
            timestamp=int(made_at.timestamp()),
            pdf_standards=["a-2a"],
        )
    return bytes(made)
