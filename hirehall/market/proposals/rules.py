"""What a proposal may hold, its states and who may bring it where. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.people.screening.rules import why_not_send


class State(StrEnum):
    SENT = "sent"
    SHORTLISTED = "shortlisted"
    ARCHIVED = "archived"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    CLOSED = "closed"


class DeclineReason(StrEnum):
    PRICE = "price"
    SKILLS = "skills"
    ANOTHER = "another"
    LATE = "late"
    UNCLEAR = "unclear"
    CHANGED = "changed"


# While it is one of these, both sides can still act on it.
LIVE = frozenset({State.SENT, State.SHORTLISTED, State.ARCHIVED})
# state -> where the client may bring it.
CLIENT_MOVES: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.SHORTLISTED, State.ARCHIVED, State.DECLINED}),
    State.SHORTLISTED: frozenset({State.SENT, State.ARCHIVED, State.DECLINED}),
    State.ARCHIVED: frozenset({State.SENT, State.SHORTLISTED, State.DECLINED}),
    State.DECLINED: frozenset({State.SENT}),
}


@dataclass(frozen=True)
class ProposalsPolicy:
    """The table [proposals] of policy.toml."""

    letter_min: int
    letter_max: int
    letter_in_list: int
    answer_max: int
    milestones_max: int
    milestone_title_max: int
    files_max: int
    undo_decline_hours: int
    unopened_days: int
    compared_most: int


@dataclass(frozen=True)
class Part:
    """One proposed milestone; amounts in minor units."""

    title: str
    amount_minor: int


@dataclass(frozen=True)
class ProposalTerms:
    """What a freelancer sends: the price (or the milestones that make it), the letter and the answers."""

    letter: str = ""
    price_minor: int = 0
    parts: tuple[Part, ...] = ()
    answers: tuple[str, ...] = ()
    sub_id: str = ""

    @property
    def total_minor(self) -> int:
        """The whole price: the sum of the milestones where there are any."""
        return sum(part.amount_minor for part in self.parts) if self.parts else self.price_minor


def why_not_terms(terms: ProposalTerms, *, kind: str, floor_minor: int, ceiling_minor: int, numbers: ProposalsPolicy) -> Refused | None:
    """The reason against a price, alone or in milestones."""
    if len(terms.parts) > numbers.milestones_max:
        return Refused("proposal:parts_many", "Propose at most %(most)s milestones.", values={"most": numbers.milestones_max}, field="parts")
    if terms.parts and kind != "fixed":
        return Refused("proposal:parts_hourly", "Work by the hour has a rate, not milestones.", field="parts")
    for part in terms.parts:
        if not part.title.strip():
            return Refused("proposal:part_title", "Say what each milestone delivers.", field="parts")
        if len(part.title) > numbers.milestone_title_max:
            return Refused("proposal:part_long", "A milestone's title has at most %(most)s characters.", values={"most": numbers.milestone_title_max}, field="parts")
        if part.amount_minor < floor_minor:
            return Refused("proposal:part_low", "A milestone is below the least price of this market.", field="parts")
    if terms.total_minor < floor_minor:
        return Refused("proposal:price_low", "That is below the least price of this market.", field="price")
    if terms.total_minor > ceiling_minor:
        return Refused("proposal:price_high", "That is more than one job here can cost.", field="price")
    return None


def why_not_letter(terms: ProposalTerms, questions: Sequence[str], numbers: ProposalsPolicy) -> Refused | None:
    """The reason against what was written, the letter first, then each answer."""
    letter = terms.letter.strip()
    if len(letter) < numbers.letter_min:
        return Refused(
            "proposal:letter_short", "Write at least %(least)s characters: what you would do, and why you.", values={"least": numbers.letter_min}, field="letter"
        )
    if len(letter) > numbers.letter_max:
        return Refused("proposal:letter_long", "A letter has at most %(most)s characters.", values={"most": numbers.letter_max}, field="letter")
    refusal = why_not_send(letter, contract_started=False, field="letter")
    if refusal:
        return refusal
    for number, _question in enumerate(questions):
        answer = terms.answers[number].strip() if number < len(terms.answers) else ""
        field = f"answer_{number + 1}"
        if not answer:
            return Refused("proposal:answer_missing", "Answer every question of the client.", field=field)
        if len(answer) > numbers.answer_max:
            return Refused("proposal:answer_long", "An answer has at most %(most)s characters.", values={"most": numbers.answer_max}, field=field)
        refusal = why_not_send(answer, contract_started=False, field=field)
        if refusal:
            return refusal
    return None


def why_not_send_one(*, is_freelancer: bool, published: bool, own_job: bool, already: bool) -> Refused | None:
    """The reason why this party can't answer this job."""
    if not is_freelancer:
        return Refused("proposal:not_freelancer", "Proposals are sent from a freelancer's account; switch to yours.")
    if own_job:
        return Refused("proposal:own_job", "This job was posted by yourself.")
    if not published:
        return Refused("proposal:no_profile", "Publish your profile first; clients look at it before they answer.")
    if already:
        return Refused("proposal:exists", "You have already answered this job.")
    return None


def why_not_move(state: str, wanted: State) -> Refused | None:
    """The reason why the client can't bring a proposal into a state."""
    if wanted in CLIENT_MOVES.get(State(state), frozenset()):
        return None
    return Refused("proposal:state", "That can't be done with this proposal any more.")


def first_lines(letter: str, most: int) -> str:
    """The beginning of a letter as the client's list shows it, cut at a word."""
    line = " ".join(letter.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"
