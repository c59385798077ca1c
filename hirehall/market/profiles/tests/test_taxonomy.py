"""The taxonomy file holds together: enough trades and skills, and nothing named twice."""

from collections import Counter

import pytest
from django.utils import translation

from hirehall.market.profiles import fields, taxonomy, trades


def test_there_are_enough_trades_and_skills():
    loaded = taxonomy.load()
    assert len(loaded.categories) >= 15
    assert len(loaded.skills) >= 600
    assert all(3 <= len(category.specialties) <= 6 for category in loaded.categories)
    assert all(len(category.skills) >= 25 for category in loaded.categories)


def test_no_two_labels_share_a_slug():
    labels: dict[str, str] = {}
    for category in taxonomy.load().categories:
        assert len(set(category.skills)) == len(category.skills), category.slug
    for skill in taxonomy.load().skills.values():
        assert labels.setdefault(skill.slug, skill.label) == skill.label


def test_a_synonym_names_one_skill_and_is_no_skill_itself():
    skills = taxonomy.load().skills.values()
    counted = Counter(word.lower() for skill in skills for word in skill.synonyms)
    assert [word for word, times in counted.items() if times > 1] == []
    assert counted.keys() & {skill.label.lower() for skill in skills} == set()


def test_every_synonym_belongs_to_a_skill_that_exists():
    known = sum(len(skill.synonyms) for skill in taxonomy.load().skills.values())
    assert known == sum(len(words) for words in taxonomy.read_synonyms().values())


def test_all_trades_and_specialties_are_texts_that_can_be_translated():
    assert {each.label: each.specialties for each in taxonomy.load().categories} == trades.NAMES


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("language", ["bn", "hi"])
def test_trades_are_called_in_the_readers_language(language):
    english = [each.label for each in taxonomy.load().categories]
    with translation.override(language):
        told = [str(label) for _slug, label in fields.categories()]
    assert [label for label, name in zip(english, told, strict=True) if label == name] == []
