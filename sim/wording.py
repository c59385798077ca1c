"""What invented people say: loads the word files of the folder `words`, fills their choices, deals lines without repeats."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).with_name("words")
CHOICE = re.compile(r"\{([^{}|]*(?:\|[^{}|]*)+)\}")
BLANK = re.compile(r"\[([a-z0-9]+)\]")


@cache
def table(name: str) -> dict:
    """One word file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a block, without empty ones."""
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def spin(rng: Random, text: str) -> str:
    """Choose one of each {a|b}; the same list of choices is decided once for the whole text."""
    chosen: dict[str, int] = {}

    def choose(found: re.Match[str]) -> str:
        options = found.group(1).split("|")
        place = chosen.setdefault(found.group(1).lower(), rng.randrange(len(options)))
        return options[place]

    return CHOICE.sub(choose, text)


def fill(text: str, /, **blanks: str) -> str:
    """Put values into [blanks]; an unknown blank is a mistake of the word file and raises KeyError."""
    return BLANK.sub(lambda found: blanks[found.group(1)], text)


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text: enough to see whether two lines are about the same thing."""
    return frozenset(word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", text))


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


class Dealer:
    """Deals lines from named stacks; a stack is shuffled again only when all of it has been dealt."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._stacks: dict[str, list] = {}
        self._seen: set[str] = set()

    def deal(self, name: str, items):
        """The next item of a stack."""
        stack = self._stacks.get(name)
        if not stack:
            stack = list(items)
            self.rng.shuffle(stack)
            self._stacks[name] = stack
        return stack.pop()

    def deal_like(self, name: str, items, text: str):
        """The item left in a stack that shares most words with a text, so that a person's parts fit together."""
        first = self.deal(name, items)
        stack = self._stacks[name]
        stack.append(first)
        best = max(
            stack, key=lambda item: len(stems(text) & stems(" ".join(item) if isinstance(item, tuple) else item))
        )
        stack.remove(best)
        return best

    def first_time(self, text: str) -> bool:
        """Whether a text has not been asked about before."""
        is_new = text not in self._seen
        self._seen.add(text)
        return is_new

    def line(self, name: str, items, /, **blanks: str) -> str:
        """The next item, with its choices made and its blanks filled."""
        return fill(spin(self.rng, self.deal(name, items)), **blanks)


@dataclass(frozen=True)
class Task:
    """A job somebody asks for."""

    title: str
    pay: str
    level: str
    sector: str
    skills: tuple[str, ...]
    need: str
    points: tuple[str, ...]
    more: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Craft:
    """A trade's words: what its people say and what they are asked for."""

    key: str
    category: str
    specialty: str
    rate: int
    roles: tuple[str, ...]
    core: tuple[str, ...]
    more: tuple[str, ...]
    steps: tuple[str, ...]
    study: tuple[str, ...]
    titles: tuple[str, ...]
    does: tuple[str, ...]
    pains: tuple[str, ...]
    ways: tuple[str, ...]
    nots: tuple[str, ...]
    stories: tuple[tuple[str, str, str], ...]
    plans: tuple[str, ...]
    fixes: tuple[str, ...]
    tasks: tuple[Task, ...]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


def _task(block: str) -> Task:
    head, *rest = lines(block)
    title, pay, level, sector, skills = head.split(" | ")
    need = " ".join(line for line in rest if line[0] not in "-+?")
    for word in ("we", "We", "our", "Our", "us"):
        need = need.replace("{" + word + "}", word)
    rest = [re.sub(r"\{([Ww]e|[Oo]ur|us)\}", r"\1", line) for line in rest]

    def marked(mark: str) -> tuple[str, ...]:
        return tuple(line[1:].strip() for line in rest if line[0] == mark)

    return Task(title, pay, level, sector, _listed(skills), need, marked("-"), " ".join(marked("+")), marked("?"))


def _craft(category: str, raw: dict) -> Craft:
    stories = tuple(tuple(line.split(" | ")) for line in lines(raw["stories"]))
    blocks = [block for block in re.split(r"^# ", raw["jobs"].strip(), flags=re.MULTILINE) if block.strip()]
    listed = {name: _listed(raw[name]) for name in ("roles", "core", "more", "steps", "study")}
    said = {name: lines(raw[name]) for name in ("titles", "does", "pains", "ways", "nots", "plans", "fixes")}
    return Craft(
        key=f"{category}/{raw['specialty']}", category=category, specialty=raw["specialty"], rate=raw["rate"],
        stories=stories, tasks=tuple(_task(block) for block in blocks), **listed, **said,
    )  # fmt: skip


@cache
def crafts() -> tuple[Craft, ...]:
    """All trades, by category in the order of the files' names."""
    found = []
    for path in sorted((FOLDER / "crafts").glob("*.toml")):
        found += [_craft(path.stem, raw) for raw in tomllib.loads(path.read_text(encoding="utf-8"))["craft"]]
    return tuple(found)
