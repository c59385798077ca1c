"""The first visit of a page weighs less than 150 kB compressed, pictures aside (DESIGN.md, section 5)."""

import gzip
import re
from pathlib import Path

import pytest

from tests.support.cast import browse_as

STATIC = Path(__file__).resolve().parents[2] / "hirehall" / "web" / "static"
BUDGET = 150_000
CSS_BUDGET = 32_000
PAGES = ["/", "/styleguide/", "/account/signup/", "/messages/", "/notices/", "/find/work/", "/find/talent/"]


def weigh(text: bytes) -> int:
    return len(gzip.compress(text, 6))


def parts_of(page: str) -> set[str]:
    """Everything of ours that the page loads, with the modules that its scripts import."""
    found = set(re.findall(r'(?:src|href)="/static/([^"#]+\.(?:css|js|woff2))"', page))
    for name in sorted(found):
        if name.startswith("js/"):
            text = (STATIC / name).read_text()
            found |= {f"js/{other}" for other in re.findall(r'from "\./([\w.]+)"', text)}
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light(cast, path):
    client = browse_as(cast.ada if path in ("/messages/", "/notices/", "/") else None)
    page = client.get(path).content
    parts = parts_of(page.decode())
    assert {"built/app.css", "built/figtree.woff2", "built/htmx.min.js", "js/page.js", "js/forms.js"} <= parts
    weights = {
        part: (STATIC / part).stat().st_size if part.endswith("woff2") else weigh((STATIC / part).read_bytes())
        for part in parts
    }
    assert weigh(page) + sum(weights.values()) < BUDGET, weights


def test_the_style_sheet_holds_only_what_is_used():
    assert weigh((STATIC / "built" / "app.css").read_bytes()) < CSS_BUDGET
