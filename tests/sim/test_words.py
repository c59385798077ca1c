"""The word files: every trade is complete, speaks of skills that exist, and no text would be stopped by screening."""

import re
from datetime import date
from itertools import combinations
from random import Random

import pytest

from hirehall.market.profiles import taxonomy
from hirehall.people.screening.rules import why_not_send
from sim.companies import draw_companies
from sim.letters import Letters
from sim.people import draw_personas
from sim.posts import draw_posts
from sim.wording import CHOICE, crafts, fill, lines, spin, table

TODAY = date(2026, 3, 1)
SHINGLE = 4


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = text.lower().split()
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def alike(one: frozenset, other: frozenset) -> float:
    """What two texts share of all that either says."""
    return len(one & other) / max(1, len(one | other))


def closest(texts: list[str]) -> float:
    return max(alike(one, other) for one, other in combinations([shingles(text) for text in texts], 2))


@pytest.fixture(scope="module", params=[1, 7])
def population(request):
    rng = Random(request.param)
    personas = draw_personas(rng, 200, TODAY)
    companies = draw_companies(rng, 90)
    return rng, personas, companies, draw_posts(rng, companies, 300)


def test_trades_speak_of_known_skills_and_specialties():
    known = {skill.label for skill in taxonomy.load().skills.values()}
    specialties = {category.slug: category.specialties for category in taxonomy.load().categories}
    assert {craft.category for craft in crafts()} == set(specialties)
    for craft in crafts():
        assert craft.specialty in specialties[craft.category]
        wanted = [*craft.core, *craft.more, *(skill for task in craft.tasks for skill in task.skills)]
        assert [skill for skill in wanted if skill not in known] == [], craft.key
        assert len(craft.core) >= 4
        assert len(craft.titles) >= 5
        assert len(craft.tasks) >= 5


def test_choices_are_closed_and_spelled():
    for name in ("overviews", "jobs", "letters"):
        for text in table(name).values():
            for line in lines(text):
                assert line.count("{") == line.count("}") == len(CHOICE.findall(line)), line


def test_a_choice_is_made_once_for_the_same_words():
    assert spin(Random(3), "{a|b} and {A|B} and {a|b}").replace("A", "a").replace("B", "b").split(" and ") in (
        ["a"] * 3,
        ["b"] * 3,
    )


def test_an_unknown_blank_is_an_error():
    with pytest.raises(KeyError):
        fill("Dear [nobody]")


def test_no_two_profiles_look_alike(population):
    _, personas, _, _ = population
    assert len({persona.person.name for persona in personas}) == 200
    assert len({persona.title for persona in personas}) == 200
    assert max(len(persona.title) for persona in personas) <= 100
    assert closest([f"{persona.title} {persona.overview}" for persona in personas]) < 0.5


def test_an_overview_is_three_to_seven_paragraphs(population):
    for persona in population[1]:
        paragraphs = [part for part in persona.overview.split("\n\n") if part]
        assert 3 <= len(paragraphs) <= 8, persona.overview
        assert 80 <= len(persona.overview.split()) <= 260


def test_no_two_jobs_look_alike(population):
    _, _, _, posts = population
    assert len({post.title for post in posts}) == 300
    assert {post.craft.category for post in posts} == {category.slug for category in taxonomy.load().categories}
    assert closest([f"{post.title} {post.description}" for post in posts]) < 0.5


def test_a_job_has_a_length_a_price_and_known_skills(population):
    known = taxonomy.load().skills
    for post in population[3]:
        assert 60 <= len(post.description.split()) <= 250, post.title
        assert bool(post.budget) != bool(post.rate_low)
        assert post.rate_low <= post.rate_high
        assert set(post.skills) <= set(known)
        assert 1 <= len(post.questions) <= 4


def test_nothing_is_left_to_fill_in_and_nothing_is_filler(population):
    rng, personas, _, posts = population
    letters = Letters(rng)
    texts = [persona.overview for persona in personas] + [post.description for post in posts]
    for post in posts[:80]:
        for persona in [one for one in personas if one.craft is post.craft][:2]:
            texts += [
                letters.cover(post, persona),
                letters.answer(post, persona, post.questions[0]),
                letters.change(post),
            ]
            texts += [said.text for said in (*letters.talk(post, persona), *letters.work(post, persona))]
    texts += [letters.feedback(by, stars, personas[0]) for by in ("client", "freelancer") for stars in (1, 2, 3, 4, 5)]
    for text in texts:
        assert not re.search(r"[{}\[\]|]|lorem|ipsum", text), text
        assert why_not_send(text, contract_started=False) is None, text
        assert "  " not in text, text


def test_the_same_seed_draws_the_same_people():
    assert draw_personas(Random(5), 30, TODAY) == draw_personas(Random(5), 30, TODAY)
    assert draw_personas(Random(5), 30, TODAY) != draw_personas(Random(6), 30, TODAY)
