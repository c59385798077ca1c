"""Writes what people of the market send each other: cover letters, talks, deliveries, remarks, feedback. Pure."""

from dataclasses import dataclass
from random import Random

from sim.people import Persona
from sim.posts import Post
from sim.wording import Dealer, fill, lines, sentence, spin, table

# How to answer, by the first word of a question.
QUESTION_KINDS = {
    "how": "how", "when": "when", "please": "please", "tell": "please", "may": "please", "show": "please", "have": "yes", "do": "yes", "are": "yes",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One message of a conversation; `by` is 'client' or 'freelancer'."""

    by: str
    text: str


def told(persona: Persona) -> str:
    """A person's story so that it stands alone."""
    return f"{persona.story[0]}. {persona.story[2]}"


class Letters:
    """Deals all texts of one market, so that lines come back as late as possible."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.dealer = rng, Dealer(rng)
        self.words = {name: lines(text) for name, text in table("letters").items() if name not in ("talks", "work")}
        self.scripts = {name: table("letters")[name].strip().split("\n\n") for name in ("talks", "work")}

    def _say(self, part: str, stack: str = "", **blanks: str) -> str:
        return sentence(self.dealer.line(f"{part} {stack}", self.words[part], **blanks))

    def cover(self, post: Post, persona: Persona) -> str:
        """A letter that names the task, says how it would be begun, and shows something similar."""
        blanks = {
            "title": post.title, "point": self.rng.choice(post.task.points), "city": persona.person.place.city, "first": persona.person.first,
            "story": told(persona), "days": str(self.rng.randint(4, 18)), "steps": str(len(post.craft.steps)) if not post.hourly else "two",
        }  # fmt: skip
        plan = self.dealer.line(f"plan {post.title}", post.craft.plans)
        blanks["steps"] = {"2": "two", "3": "three", "4": "four"}.get(blanks["steps"], blanks["steps"])
        parts = [f"{self._say('open', post.title, **blanks)} {plan}"]
        if self.rng.random() < 0.8:
            parts.append(self._say("proof", post.title, **blanks))
        terms = self._say("terms", post.title, **blanks) if not post.hourly or self.rng.random() < 0.5 else ""
        question = self._say("ask", post.title, **blanks) if self.rng.random() < 0.7 else ""
        parts += [part for part in (f"{terms} {question}".strip(), self._say("sign", **blanks)) if part]
        return "\n\n".join(parts)

    def answer(self, post: Post, persona: Persona, question: str) -> str:
        """An answer to a screening question by how it begins, with a line of the trade behind it."""
        kind = QUESTION_KINDS.get(question.split(maxsplit=1)[0].lower(), "which")
        said = self._say(kind, post.title, story=told(persona))
        if kind in ("how", "which"):
            craft = persona.craft
            said += " " + sentence(spin(self.rng, self.dealer.deal(f"answer {post.title}", craft.ways + craft.plans)))
        return said

    def talk(self, post: Post, persona: Persona) -> list[Said]:
        """A conversation before a contract."""
        return self._script("talks", post, persona)

    def work(self, post: Post, persona: Persona) -> list[Said]:
        """A conversation while work is running."""
        return self._script("work", post, persona)

    def _script(self, name: str, post: Post, persona: Persona) -> list[Said]:
        script = spin(self.rng, self.dealer.deal(name, self.scripts[name]))
        blanks = {
            "first": persona.person.first,
            "step": post.craft.steps[0],
            "steps": {2: "two", 3: "three"}.get(len(post.craft.steps), "four"),
        }
        return [
            Said("client" if line[0] == "c" else "freelancer", fill(line[2:].strip(), **blanks))
            for line in lines(script)
        ]

    def note(self, step: str) -> str:
        """The message that comes with a delivery."""
        return self._say("notes", step=step)

    def change(self, post: Post) -> str:
        """Reasons for asking for changes."""
        return self._say("changes", fix=spin(self.rng, self.dealer.deal(f"{post.craft.key} fixes", post.craft.fixes)))

    def approval(self) -> str:
        """A word with an approval."""
        return self._say("approvals")

    def dearer(self) -> str:
        """Why something costs more than was said."""
        return self._say("dearer")

    def feedback(self, by: str, stars: int, persona: Persona) -> str:
        """What `by` ('client' or 'freelancer') writes in public; about one in eight writes a single line."""
        parts = table("feedback")[by][str(stars)]
        blanks = {"first": persona.person.first, "trade": persona.craft.specialty.lower()}

        def say(part: str) -> str:
            return sentence(self.dealer.line(f"feedback {by} {stars} {part}", lines(parts[part]), **blanks))

        chosen = self.rng.choice(
            (
                ("open",),
                ("open", "middle"),
                ("open", "middle"),
                ("open", "middle", "close"),
                ("open", "middle", "close"),
                ("open", "close"),
                ("middle", "close"),
            )
        )
        return " ".join(say(part) for part in chosen)

    def reply(self) -> str:
        """A public reply to mixed feedback."""
        return self.dealer.deal("replies", lines(table("feedback")["replies"]["lines"]))
