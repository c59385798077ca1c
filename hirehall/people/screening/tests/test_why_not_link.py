"""Which links a profile may show, and that no disguise gets another host through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.people.screening.links import TRADE_HOSTS, why_not_link

pytestmark = pytest.mark.feature("PRO-15")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/bencarter",
        "https://www.github.com/bencarter",
        "HTTPS://GitHub.com/bencarter",
        " https://gitlab.com/bencarter/shop ",
        "https://stackoverflow.com/users/1234567/ben",
        "https://es.stackoverflow.com/users/1/ben",
        "https://math.stackexchange.com/users/1/ben",
        "https://www.behance.net/bencarter",
        "https://dribbble.com/bencarter",
        "https://github.com./bencarter",
        "https://sr.ht/~ben",
    ],
)
def test_a_trade_link_is_taken(url: str) -> None:
    assert why_not_link(url, TRADE_HOSTS) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "malformed"),
        ("github", "malformed"),
        ("github.com/ben", "malformed"),
        ("http://github.com/ben", "malformed"),
        ("javascript:alert(1)", "malformed"),
        ("https:///ben", "malformed"),
        ("https://github.com/ben carter", "malformed"),
        ("https://github.com\\@evil.net/ben", "malformed"),
        ("https://github.com/" + "a" * 500, "malformed"),
        ("https://[::1/ben", "malformed"),
        ("https://github.com:99999/ben", "malformed"),
        ("https://github.com:443/ben", "disguised"),
        ("https://github.com:/ben", "disguised"),
        ("https://github.com@evil.net/ben", "disguised"),
        ("https://ben:word@github.com/ben", "disguised"),
        ("https://gіthub.com/ben", "disguised"),
        ("https://xn--gthub-n4a.com/ben", "disguised"),
        ("https://127.0.0.1/ben", "disguised"),
        ("https://github/ben", "disguised"),
        ("https://github.com.evil.net/ben", "host"),
        ("https://evilgithub.com/ben", "host"),
        ("https://github.com-ben.net/ben", "host"),
        ("https://a.b.stackexchange.com/ben", "host"),
        ("https://stackexchange.com/ben", "host"),
        ("https://ben.github.com/", "host"),
        ("https://t.me/ben", "host"),
        ("https://linkedin.com/in/ben", "host"),
        ("https://github.com", "bare"),
        ("https://github.com//", "bare"),
    ],
)
def test_any_other_link_is_refused_with_its_reason(url: str, code: str) -> None:
    refused = why_not_link(url, TRADE_HOSTS)
    assert refused is not None
    assert refused.code == f"screening:link_{code}"


def test_the_refusal_names_the_places_that_are_taken() -> None:
    refused = why_not_link("https://carterworks.net/ben", ["gitlab.com", "github.com"])
    assert refused is not None
    assert refused.sentence.endswith("where your work is shown: github.com, gitlab.com.")


def test_nothing_is_taken_when_no_host_is_allowed() -> None:
    assert why_not_link("https://github.com/ben", []) is not None


@given(st.text(max_size=80))
def test_no_link_breaks_it(text: str) -> None:
    why_not_link(text, TRADE_HOSTS)
    why_not_link("https://" + text, TRADE_HOSTS)
    why_not_link("https://github.com" + text, TRADE_HOSTS)
