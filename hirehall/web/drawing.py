"""Our drawings: icons of static/img/icons.svg and the mark.

Icons: search work send contract chat money bell person people plus check close down right left arrow clock pin
shield sun moon auto save saved upload download file connect info warn stop lock home filter edit bin calendar
globe menu undo eye chart switch leave gear clip dots star mail key.
"""

import functools

from markupsafe import Markup

from hirehall.web.links import static

# In sizes and classes far fewer than this.
KEPT = 2048


@functools.lru_cache(KEPT)
def icon(name: str, size: int = 20, label: str = "", css: str = "") -> Markup:
    """A drawing by its name; without a label it is decoration."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="shrink-0 {}" width="{}" height="{}" {}><use href="{}#{}"/></svg>').format(
        css, size, size, spoken, static("img/icons.svg"), name
    )


def logo(size: int = 28) -> Markup:
    """Our mark, a hall's doorway with an H in it."""
    return Markup('<img src="{}" width="{}" height="{}" alt="">').format(static("img/mark.svg"), size, size)
