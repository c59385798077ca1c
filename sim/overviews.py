"""Writes the overview of a profile: parts in one of many orders, so that no two read alike. Pure."""

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sim.wording import Craft, Dealer, fill, lines, sentence, spin, table

if TYPE_CHECKING:
    from sim.histories import School
    from sim.people import Person

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
)


class _Writer:
    """What one person can say, each part taken from the stacks when it is needed."""

    def __init__(
        self,
        rng: Random,
        dealer: Dealer,
        craft: Craft,
        blanks: dict[str, str],
        title: str,
        story: str,
        labels: tuple[str, ...],
    ) -> None:
        self.rng, self.dealer, self.craft, self.blanks, self.story, self.labels = (
            rng,
            dealer,
            craft,
            blanks,
            story,
            labels,
        )
        self.told = False
        self.does = spin(rng, dealer.deal_like(f"{craft.key} does", craft.does, title))
        self.words = {name: lines(text) for name, text in table("overviews").items()}

    def common(self, part: str) -> str:
        """A line that fits any trade; never twice within one trade before all have been said."""
        # A person without a school does not speak about studies.
        said = [line for line in self.words[part] if "study" in self.blanks or "[study]" not in line]
        return sentence(
            self.dealer.line(f"{self.craft.category} {part} {len(said)}", said, does=self.does, **self.blanks)
        )

    def own(self, part: str) -> str:
        """A line of the trade; after all of them were dealt once, a common one, where there is one."""
        stack = f"{self.craft.key} {part}"
        items = getattr(self.craft, part)
        if part == "ways" and self.dealer.deal(f"{stack} turn", range(len(items) * 2)) >= len(items):
            return self.common("way")
        return self.dealer.line(stack, items)

    def part(self, name: str) -> str:
        """The text of one part of a plan."""
        match name:
            case "i":
                return f"I {self.does}."
            case "i-short":
                return self.common("ishort")
            case "story":
                self.told = True
                return self.story
            case "pain":
                return self.own("pains")
            case "way":
                return self.own("ways")
            case "way2":
                return self.common("way")
            case "not":
                return self.own("nots")
        return self.common(name)

    def block(self, name: str) -> str | None:
        """A paragraph with a form of its own, or None when the name is not one of those."""
        bullet = self.rng.choice(("- ", "• ", "* "))
        listed = self.rng.sample(self.labels, min(len(self.labels), self.rng.randint(4, 6)))
        match name:
            case "heading-list":
                return self.common("list_head") + "\n" + "\n".join(bullet + label for label in listed)
            case "list-first":
                offers = self.rng.sample([spin(self.rng, does) for does in self.craft.does], len(self.craft.does))
                return "\n".join(f"{place}. I {offer}." for place, offer in enumerate(offers, 1))
            case "heading-ways":
                return (
                    self.common("ways_head")
                    + "\n"
                    + "\n".join(bullet + said for said in (self.own("ways"), self.common("way"), self.common("way")))
                )
            case "short-lines":
                return "\n".join((f"I {self.does}.", self.common("way"), self.own("nots"), self.common("free")))
            case "question-answer":
                return "\n\n".join((
                    f"{self.common('question_who')}\n{self.common('bio')}",
                    f"{self.common('question_what')}\nI {self.does}. {self.part('story')}",
                    f"{self.common('question_how')}\n{self.own('ways')} {self.common('way')}",
                ))  # fmt: skip
        return None

    def paragraph(self, plan: str) -> str:
        """A plan like "i [does]. bio" as running text."""
        names = plan.replace("i [does].", "i").split()
        said = [self.block(name) or self.part(name) for name in names]
        joined = said[0]
        for before, one in zip(names, said[1:], strict=False):
            joined += ("\n\n" if "\n" in joined.rpartition("\n\n")[2] and before.startswith("heading") else " ") + one
        return joined


NAMES = frozenset(
    [
        "English",
        "Japanese",
        "Android",
        "Flutter",
        "React",
        "Django",
        "Python",
        "Shopify",
        "WordPress",
        "Unity",
        "Apple",
        "Excel",
        "Qt",
        "C++",
    ]
)
# A shorter text tells a client too little.
LEAST_WORDS = 85


def softened(label: str) -> str:
    """A label inside a sentence: small first letter, unless it is a name or a short form.

    >>> softened("Web developer"), softened("QA tester"), softened("Japanese studies"), softened("English")
    ('web developer', 'QA tester', 'Japanese studies', 'English')
    """
    kept = label[1:2].isupper() or label.split(maxsplit=1)[0] in NAMES
    return label if kept else label[:1].lower() + label[1:]


def write_overview(
    rng: Random,
    dealer: Dealer,
    person: "Person",
    craft: Craft,
    years: int,
    today: date,
    title: str,
    story: tuple[str, str, str],
    schools: "tuple[School, ...]",
    labels: tuple[str, ...],
) -> tuple[str, bool]:
    """The text, and whether it tells the person's story."""
    blanks = {
        "city": person.place.city, "years": NUMBERS[min(years, 15)], "since": str(today.year - years),
        "role": softened(craft.roles[0]),
    }  # fmt: skip
    if schools:
        blanks["study"] = softened(schools[0].area)
    told = dealer.line(f"{craft.category} told", lines(table("overviews")["told"]), title=story[0], text=story[2])
    writer = _Writer(rng, dealer, craft, blanks, title, told, labels)
    plan = dealer.deal("plans", lines(table("overviews")["plans"]))
    if rng.random() < 0.35 and " / story" in plan:
        plan = plan.replace(" / story", "", 1)
    paragraphs = [writer.paragraph(part.strip()) for part in plan.split(" / ")]
    while len(" ".join(paragraphs).split()) < LEAST_WORDS or len(paragraphs) < 3:
        paragraphs.insert(
            len(paragraphs) - 1, writer.paragraph(rng.choice(("way way2", "bio way2", "life way", "pain way")))
        )
    return fill(spin(rng, "\n\n".join(paragraphs)), **blanks), writer.told
