"""The pure rules of profiles: the meter, hints for titles, suggested skills, limits, and photos' squares."""

import io
from datetime import date

import pytest
from PIL import Image

from hirehall.kernel.errors import Refused
from hirehall.market.profiles import meter, rules, terms
from hirehall.market.profiles.photos import LARGE, SMALL, Crop, cut_photo
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.suggestions import suggest_skills
from hirehall.market.profiles.titles import title_hints
from tests.support.profiles import picture

REQUIRED = {
    "photo": True, "title": True, "overview": True, "rate": True, "hours": True, "english": True, "skills": 1, "employment": 1,
}  # fmt: skip
TODAY = date(2026, 3, 10)


def percent(**counts) -> int:
    return meter.completeness(meter.Counts(**counts), numbers().weights).percent


@pytest.mark.feature("PRO-14")
@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, 50),
        ({"employment": 0, "experience": 1}, 50),
        ({"experience": 1}, 55),
        ({"skills": 5}, 60),
        ({"portfolio": 9}, 70),
        ({"employment": 4}, 70),
        ({"education": 3, "links": 2, "certifications": 5}, 90),
        ({"portfolio": 4, "employment": 3, "education": 1}, 100),
        ({"portfolio": 9, "employment": 9, "education": 9, "links": 9, "skills": 15}, 100),
    ],
)
def test_weights_are_those_that_are_published(more, wanted):
    assert percent(**REQUIRED | more) == wanted


@pytest.mark.feature("PRO-14")
@pytest.mark.parametrize("missing", REQUIRED)
def test_nothing_makes_up_for_a_missing_required_part(missing):
    rich = REQUIRED | {"portfolio": 9, "education": 9, "links": 9, missing: 0}
    found = meter.completeness(meter.Counts(**rich), numbers().weights)
    assert found.percent < 100
    assert not found.publishable
    assert found.next.required


@pytest.mark.feature("PRO-14")
def test_each_next_step_is_worth_what_it_says():
    counts = dict(REQUIRED)
    names = {"five_skills": ("skills", 4), "link": ("links", 1), "certification": ("certifications", 1), "other_experience": ("experience", 1)}
    while (step := meter.completeness(meter.Counts(**counts), numbers().weights).next) is not None:
        before = percent(**counts)
        name, more = names.get(step.code, (step.code, 1))
        counts[name] = counts.get(name, 0) + more
        assert percent(**counts) - before == step.worth, step
    assert percent(**counts) == 100


@pytest.mark.feature("PRO-03")
@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Web Developer", ["generic", "short", "no_skill"]),
        ("Virtual Assistant", ["generic", "short", "no_skill"]),
        ("Booking systems in Django for clinics", []),
        ("Django ninja for small shops", ["boast"]),
        ("Django | Python | SEO | Logos | Excel", ["list"]),
        ("DJANGO FOR CLINICS AND SCHOOLS", ["capitals"]),
        ("", []),
    ],
)
def test_generic_titles_get_hints(title, codes):
    assert [hint.code for hint in title_hints(title, ["Django", "Python"])] == codes


@pytest.mark.feature("PRO-06")
def test_own_words_go_before_demand():
    names = {"c-plus-plus": ("C++",), "node-js": ("Node.js", "NodeJS"), "go": ("Go",), "seo": ("SEO",), "python": ("Python",)}
    found = suggest_skills("I write C++ and NodeJS. Going on with python!", ["python"], names, {"seo": 7, "go": 2})
    assert [(one.slug, one.named, one.jobs) for one in found] == [("c-plus-plus", 1, 0), ("node-js", 1, 0), ("seo", 0, 7), ("go", 0, 2)]


@pytest.mark.feature("PRO-16")
@pytest.mark.parametrize(
    ("minor", "shown"),
    [(0, ""), (9_999, "99"), (10_000, "100+"), (99_999, "100+"), (100_000, "1k+"), (1_000_000, "10k+"), (10_000_000, "100k+")],
)
def test_earnings_are_shown_in_steps(minor, shown):
    assert rules.earned_step(minor) == shown


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (rules.why_not_title(" ", numbers()), "profile:title_missing"),
        (rules.why_not_title("x" * 101, numbers()), "profile:title_long"),
        (rules.why_not_title("Django, write to ada@obi.example", numbers()), "screening:contact_before_contract"),
        (rules.why_not_overview("x" * 99, numbers()), "profile:overview_short"),
        (rules.why_not_overview("x" * 5001, numbers()), "profile:overview_long"),
        (rules.why_not_rate(299, "USD", numbers()), "profile:rate_low"),
        (rules.why_not_rate(200_001, "USD", numbers()), "profile:rate_high"),
        (rules.why_not_rate(300, "EUR", numbers()), "profile:rate_unit"),
        (rules.why_not_skills([], {"a"}, numbers()), "profile:skills_missing"),
        (rules.why_not_skills(["a", "a"], {"a"}, numbers()), "profile:skill_twice"),
        (rules.why_not_skills([str(n) for n in range(16)], {"a"}, numbers()), "profile:skills_many"),
        (rules.why_not_skills(["b"], {"a"}, numbers()), "profile:skill_unknown"),
        (rules.why_not_choice("so-so", {"fluent"}, "english"), "profile:english_unknown"),
        (rules.why_not_availability("always", None, TODAY), "profile:hours_unknown"),
        (rules.why_not_availability("as_needed", TODAY, TODAY), "profile:change_past"),
        (rules.why_not_availability("none", None, TODAY), "profile:change_missing"),
        (rules.why_not_add(2, 2, "At most %(most)s."), "profile:entries_many"),
        (rules.why_not_take_link("https://facebook.com/ada"), "screening:link_host"),
        (rules.why_not_take_link("github.com/ada"), "screening:link_malformed"),
        (rules.why_not_take_certificate_link("https://mysite.example/x"), "screening:link_host"),
    ],
)
def test_refusals_have_their_code(refusal, code):
    assert refusal.code == code


@pytest.mark.feature("PRO-15")
@pytest.mark.parametrize("url", ["https://github.com/ada", "https://stackoverflow.com/users/1/ada", "https://www.behance.net/ada"])
def test_links_of_the_trade_are_taken(url):
    assert rules.why_not_take_link(url) is None


@pytest.mark.feature("PRO-05", "PRO-09", "PRO-10")
@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (terms.EmploymentTerms("", "Dev", date(2020, 1, 1)), "entry:missing"),
        (terms.EmploymentTerms("x" * 101, "Dev", date(2020, 1, 1)), "entry:long"),
        (terms.EmploymentTerms("A", "Dev", date(2026, 4, 1)), "entry:future"),
        (terms.EmploymentTerms("A", "Dev", date(2020, 2, 1), date(2020, 1, 1)), "entry:order"),
        (terms.EmploymentTerms("A", "Dev", date(2020, 1, 1), description="Ring 917 555 0123"), "screening:contact_before_contract"),
        (terms.EducationTerms("A", from_year=1930), "entry:year"),
        (terms.EducationTerms("A", from_year=2020, to_year=2019), "entry:order"),
        (terms.CertificationTerms("A", "B", date(2027, 1, 1)), "entry:future"),
        (terms.CertificationTerms("A", "B", date(2024, 1, 1), date(2024, 1, 1)), "entry:order"),
        (terms.LanguageTerms("en", "native"), "entry:english"),
        (terms.LanguageTerms("bn", "perfect"), "profile:level_unknown"),
        (terms.PieceTerms("A", "B", link="https://facebook.com/x"), "screening:link_host"),
    ],
)
def test_entries_are_refused_with_their_code(entry, code):
    assert terms.why_not_keep(entry, TODAY).code == code


def left_share(content: bytes) -> float:
    """How much of a cut picture is the white half."""
    with Image.open(io.BytesIO(content)) as cut:
        row = [cut.convert("L").getpixel((x, cut.height // 2)) for x in range(cut.width)]
    return sum(tone > 200 for tone in row) / len(row)


@pytest.mark.feature("PRO-01")
@pytest.mark.parametrize(
    ("crop", "share"),
    [(None, 0.5), (Crop(0, 0, 300), 1.0), (Crop(300, 0, 300), 0.0), (Crop(-50, 900, 9000), 0.75), (Crop(0, 0, 1), 1.0)],
)
def test_the_chosen_square_is_kept(crop, share):
    large, small = cut_photo(picture(600, 400).read(), crop, 256)
    for content, side in ((large, LARGE), (small, SMALL)):
        with Image.open(io.BytesIO(content)) as cut:
            assert (cut.size, cut.format) == ((side, side), "WEBP")
        assert left_share(content) == pytest.approx(share, abs=0.03)


@pytest.mark.feature("PRO-01")
def test_a_blur_is_refused():
    with pytest.raises(Refused) as refused:
        cut_photo(picture(255, 900).read(), None, 256)
    assert refused.value.code == "photo:small"
