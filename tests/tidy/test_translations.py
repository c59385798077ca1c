"""Translations keep the placeholders of their texts, are compiled, and leave no more in English than is counted here."""

import re
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.tidy.source import ROOT

# How many texts may be without a translation. `make locale` brings new ones: translate them, or say so here.
LEFT = {"bn": 0, "hi": 0}
OURS = ROOT / "hirehall/project/locale"
# What allauth and Django say on our pages and do not bring in these languages themselves.
BORROWED = ROOT / "hirehall/people/accounts/locale"
CATALOGS = [(folder, language) for folder in (OURS, BORROWED) for language in LEFT]
# What a translation has to take over as it is: placeholders of all kinds, and tags.
PLACE = re.compile(r"%%|%\(\w+\)[a-z]|%[a-z]|\{\w*\}|<[^>]+>")


def read_catalog(folder: Path, language: str, kind: str = "po"):
    with (folder / language / "LC_MESSAGES" / f"django.{kind}").open("rb") as source:
        return {forms_of(m.id): m for m in (read_po if kind == "po" else read_mo)(source) if m.id}


def forms_of(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def is_missing(message: Message) -> bool:
    return not all(forms_of(message.string))


def places(text: str) -> list[str]:
    """All placeholders, and each percent sign that is none: Jinja's gettext would trip over it."""
    return sorted([*PLACE.findall(text), *re.findall("%", PLACE.sub("", text))])


def find_faults(message: Message) -> list[str]:
    """What is wrong with the translation of one text; nothing while there is none."""
    found = ["uncertain"] if message.fuzzy else []
    texts, told = forms_of(message.id), forms_of(message.string)
    if not any(told):
        return found
    if len(told) != len(texts) or not all(told):
        return [*found, "a form is missing"]
    for text, said in zip(texts, told, strict=True):
        if places(said) not in (places(text), places(texts[-1])):
            found.append(f"placeholders of {said!r}")
        if re.findall(r"^\s|\s$", text) != re.findall(r"^\s|\s$", said):
            found.append(f"blanks around {said!r}")
    return found


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize(("folder", "language"), CATALOGS)
def test_what_a_text_holds_survives_translation(folder, language):
    faults = {m.id: find_faults(m) for m in read_catalog(folder, language).values()}
    assert {text: found for text, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("%(n)s jobs", "%(m)sটি কাজ"),
        ("%(n)s jobs", "কাজ"),
        ("%(n)s %% fit", "%(n)s % মেলে"),
        ("{n} characters left", "n অক্ষর বাকি"),
        ("see <a href='x'>this</a>", "এটি দেখুন"),
        (" and ", "এবং"),
        (("%(n)s job", "%(n)s jobs"), ("%(n)sটি কাজ", "")),
        (("%(n)s job", "%(n)s jobs"), ("%(n)sটি কাজ", "কাজ")),
    ],
)
def test_a_broken_translation_is_found(text, told):
    assert find_faults(Message(text, told)) != []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("%(n)s %% fit", "%(n)s %% মেলে"),
        ("not yet translated", ""),
        (("A day", "%(n)s days"), ("%(n)s দিন", "%(n)s দিন")),
        ("from %(a)s to %(b)s", "%(b)s পর্যন্ত, %(a)s থেকে"),
    ],
)
def test_a_sound_translation_passes(text, told):
    assert find_faults(Message(text, told)) == []


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("language", LEFT)
def test_no_more_is_left_in_english_than_is_counted(language):
    left = [m.id for folder in (OURS, BORROWED) for m in read_catalog(folder, language).values() if is_missing(m)]
    assert len(left) <= LEFT[language], left[:20]


@pytest.mark.parametrize(("folder", "language"), CATALOGS)
def test_what_is_compiled_is_what_is_written(folder, language):
    compiled, written = (
        {key: forms_of(m.string) for key, m in read_catalog(folder, language, kind).items()} for kind in ("mo", "po")
    )
    written = {key: told for key, told in written.items() if any(told)}
    # Babel compiles a text of several forms also while it has no translation, as itself.
    assert {key: told for key, told in compiled.items() if key in written or key != told} == written, (
        "Run `make locale`."
    )


def test_all_languages_have_the_same_texts():
    for folder in (OURS, BORROWED):
        assert len({frozenset(read_catalog(folder, language)) for language in LEFT}) == 1, folder


def test_borrowed_texts_are_still_said():
    """When an upgrade words one of them anew, its translation would silently be lost."""
    packages = [Path(allauth.__file__).parent / "locale", Path(django.__file__).parent / "conf/locale"]
    packages.append(Path(django.__file__).parent / "contrib/auth/locale")
    said = {text[0] for package in packages for text in read_catalog(package, "en")}
    assert {text[0] for text in read_catalog(BORROWED, "bn")} - said == set()
