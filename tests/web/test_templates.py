"""Templates: all of them compile, the style guide shows every component, nothing asks for inline code."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.template import engines

from hirehall.web.jinja import _template_folders

WEB = Path(__file__).resolve().parents[2] / "hirehall" / "web" / "templates"
# Only these are Django's; see the comment in them.
DJANGO_OWN = "allauth/layouts/"
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*\ssrc=)|javascript:""")


def ours() -> list[str]:
    found = [str(path.relative_to(folder)) for folder in _template_folders() for path in sorted(folder.rglob("*.html"))]
    return [name for name in found if not name.startswith(DJANGO_OWN)]


@pytest.mark.parametrize("name", ours())
def test_it_compiles(name):
    assert engines["jinja2"].get_template(name)


@pytest.mark.parametrize("name", ours())
def test_nothing_inline_that_the_content_policy_would_stop(name):
    source = engines["jinja2"].env.loader.get_source(engines["jinja2"].env, name)[0]
    if "/emails/" not in name and not name.startswith("emails/"):
        assert not INLINE.search(re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)), name


def test_every_component_stands_on_the_style_guide(client, db):
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    guide = "".join(path.read_text() for path in (WEB / "styleguide").glob("*.html"))
    guide += (WEB / "styleguide.html").read_text() + "".join(p.read_text() for p in (WEB / "components").glob("*.html"))
    module = engines["jinja2"].get_template("components/ui.html").template.module
    macros = [name for name in vars(module) if callable(getattr(module, name)) and not name.startswith("_")]
    assert len(macros) > 50
    assert [name for name in macros if not re.search(rf"\b{name}\(", guide)] == []


@pytest.mark.parametrize(
    ("name", "status"), [("403", 403), ("404", 404), ("429", 429), ("500", 500), ("csrf", 403), ("refused", 422)]
)
def test_error_pages_say_a_way_on(client, db, name, status):
    answer = client.get(f"/styleguide/error/{name}/")
    assert answer.status_code == status
    text = answer.content.decode()
    assert 'id="main"' in text
    assert "btn btn-primary" in text.split('id="main"')[1]


def test_the_theme_is_kept_and_leads_back(client, db):
    answer = client.post("/theme/", {"theme": "dark", "next": "/styleguide/"})
    assert (answer.status_code, answer["Location"]) == (303, "/styleguide/")
    assert 'data-theme="hirehall-dark"' in client.get("/styleguide/").content.decode()
    assert client.post("/theme/", {"theme": "auto", "next": "https://elsewhere.example/"})["Location"] == "/"
    assert "data-theme=" not in client.get("/styleguide/").content.decode().split(">")[1]


@pytest.mark.feature("ACC-11")
def test_who_guesses_too_often_is_told_to_wait(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    cache.clear()
    for _try in range(3):
        answer = client.post("/account/password/reset/", {"email": "ada@people.example"})
    cache.clear()
    assert answer.status_code == 429
    assert "That was too often" in answer.content.decode()
