"""How values are shown: amounts, moments, spans, names."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from hirehall.kernel import clock
from hirehall.web import charts, links, show
from hirehall.web.at_hand import HoldRequest
from tests.support.cast import browse_as


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ({"seconds": -5}, "just now"),
        ({"minutes": -110}, "1 hour ago"),
        ({"days": -12}, "12 days ago"),
        ({"days": 13, "hours": 21}, "in 13 days"),
        ({"days": -60}, "9 Jan"),
        ({"days": -500}, "26 Oct 2024"),
    ],
)
def test_moments_are_told_relative_and_kept_exact(step, text):
    with timezone.override("UTC"):
        shown = show.when(clock.now() + timedelta(**step))
    assert f">{text}</time>" in shown
    assert 'title="' in shown
    assert "UTC" in shown


def test_the_zone_of_one_reader_is_not_that_of_the_next(cast):
    browse_as(cast.ada).get("/")
    assert timezone.get_current_timezone_name() == "Africa/Lagos"
    browse_as(None).get("/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_amounts_follow_the_reader():
    assert show.money(123450, "USD") == "$1,234.50"
    assert (show.money_short(180000, "USD"), show.money_short(180050, "USD")) == ("$1,800", "$1,800.50")
    assert show.money_short(500, "JPY") == "¥500"
    assert show.money(None, "USD") == "–"
    with translation.override("hi"):
        assert show.money(12345600, "INR") == "₹1,23,456.00"


def test_spans_names_and_sizes():
    assert [show.duration(m) for m in (0, 45, 120, 455, timedelta(hours=3), None)] == [
        "0 min", "45 min", "2 h", "7 h 35 min", "3 h", "–",
    ]  # fmt: skip
    assert [show.initials(n) for n in ("Ada Obi", "Bénédicte de la Tour", "Cher", "", None)] == [
        "AO",
        "BT",
        "C",
        "?",
        "?",
    ]
    assert [show.file_size(n) for n in (0, 640_000, 2_400_000, 3_100_000_000)] == ["0 B", "640 kB", "2.4 MB", "3.1 GB"]
    assert (show.stars_of(487), show.stars_of(None)) == ("4.9", "–")
    assert show.country_name("NG") == "Nigeria"
    assert show.country_name("") == ""
    assert show.day(date(2026, 3, 9)).endswith(">9 Mar</time>")
    assert show.when(date(2026, 3, 9)) == show.day(date(2026, 3, 9))
    assert (show.when(None), show.day(None)) == ("–", "–")
    assert show.time_in("Asia/Dhaka") == "6:00\u202fPM"
    assert show.time_in("Nowhere/At_all") == "–"
    assert {show.tint(f"name {i}") for i in range(60)} == {1, 2, 3, 4, 5, 6}


def test_texts_are_escaped_and_words_marked():
    assert show.nl2p("one <b>\n\ntwo") == "<p>one &lt;b&gt;</p>\n\n<p>two</p>"
    assert show.mark_words("A page, <i>this</i> Page", "page x") == (
        "A <mark>page</mark>, &lt;i&gt;this&lt;/i&gt; <mark>Page</mark>"
    )


def test_an_excerpt_begins_near_what_was_found():
    text = "Short words. " * 40 + "Here a <b>lighthouse</b> stands. " + "More words follow. " * 40
    assert show.excerpt("Two  <lines>\nhere") == "Two &lt;lines&gt; here"
    assert show.excerpt(text).startswith("Short words.")
    assert show.excerpt(text).endswith("…")
    assert len(show.excerpt(text)) <= 301
    near = show.excerpt(text, "LIGHTHOUSE")
    assert near.startswith("…")
    assert "&lt;b&gt;<mark>lighthouse</mark>&lt;/b&gt;" in near
    assert show.excerpt(text, "harbour") == show.excerpt(text)
    assert show.excerpt(None, "x") == ""


def test_paging_keeps_what_was_asked_for():
    request = SimpleNamespace(GET=QueryDict("q=django&skill=a&skill=b&page=2"))
    assert HoldRequest(lambda _: links.page_href(3))(request) == "?q=django&skill=a&skill=b&page=3"
    assert links.page_href(3) == "?page=3"


def test_scales_are_round_and_hold_all():
    assert charts.scale([37]).ticks == (0, 10, 20, 30, 40)
    assert charts.scale([0.9, None]).top == pytest.approx(1)
    assert charts.scale([]).ticks == (0,)
    for highest in (1, 7, 99, 100, 12_345, 205_000):
        scale = charts.scale([highest, None, 0])
        assert scale.top >= highest
        assert scale.share(scale.top) == 100
        assert 2 <= len(scale.ticks) <= 6


def test_lines_leave_gaps_out_and_slices_sum_up():
    assert charts.path([0, None, 10], 10) == "M0.0 100.0 L100.0 0.0"
    assert charts.area([], 10) == ""
    assert sum(s.share for s in charts.slices([("a", 1), ("b", 2), ("c", 3)])) == pytest.approx(100, abs=0.05)
    assert [s.share for s in charts.slices([("a", 0)])] == [0]
