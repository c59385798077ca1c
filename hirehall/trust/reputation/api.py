"""API of feedback, for both sides of a contract; what is public can be read by everybody with a key."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.people.accounts.scopes import needs
from hirehall.trust.reputation import queries, rules
from hirehall.trust.reputation.actions import answering, giving

router = Router(tags=["feedback"])


class AnswersIn(Schema):
    """Stars (1 to 5) by criterion; the rest is optional. Score, reasons, english and private_note stay private."""

    stars: dict[str, int]
    text: str = ""
    score: int | None = None
    reasons: list[str] = []
    english: str = ""
    private_note: str = ""

    def answers(self) -> rules.Answers:
        return rules.Answers(
            self.stars, self.text, self.score, tuple(self.reasons), self.english, self.private_note
        )


class OwnOut(Schema):
    """One's own feedback, with its private part."""

    id: str
    contract_id: str
    phase: str
    stars: dict[str, int]
    overall: int
    text: str
    score: int | None
    reasons: list[str]
    english: str
    private_note: str
    given_at: datetime
    published_at: datetime | None
    unlocked_until: datetime | None
    reply: str


class PublishedOut(Schema):
    """Published feedback; `overall` in hundredths of a star."""

    id: str
    contract_id: str
    title: str
    side: str
    phase: str
    author: str
    about_id: str
    stars: dict[str, int]
    overall: int
    text: str
    published_at: datetime
    public: bool
    reply: str
    changed_at: datetime | None


class ExchangeOut(Schema):
    """Both sides' feedback as the caller's side may see it."""

    side: str
    closes_at: datetime | None
    mine: list[OwnOut]
    theirs: list[PublishedOut]
    theirs_given: bool


class ReplyIn(Schema):
    text: str


@router.get("/contract/{contract_id}", response=ExchangeOut)
@needs("read")
def read_exchange(request, contract_id: str):
    """What both sides have said of a contract, as far as it is open to the caller."""
    found = queries.get_exchange_for(request.actor, contract_id)
    return {
        "side": found.side,
        "closes_at": found.window and found.window.closes_at,
        "mine": found.mine,
        "theirs": found.theirs,
        "theirs_given": found.theirs_given,
    }


@router.post("/contract/{contract_id}", response={201: OwnOut})
@needs("contracts")
def give(request, contract_id: str, answers: AnswersIn):
    """Give feedback: at the end of a contract, or in the middle of a long one."""
    return 201, giving.give_feedback(request.actor, contract_id, answers.answers())


@router.get("/about/{party_id}", response=list[PublishedOut])
@paginate
@needs("read")
def list_about(request, party_id: str):
    """Public feedback about a party, newest first."""
    return [queries.publish_view(row) for row in queries.list_public_about(party_id)[:1000]]


@router.post("/{feedback_id}/reply", response=PublishedOut)
@needs("contracts")
def reply(request, feedback_id: str, given: ReplyIn):
    """The one public reply to feedback about oneself."""
    return queries.publish_view(answering.reply_to_feedback(request.actor, feedback_id, given.text))


@router.post("/{feedback_id}/ask", response=OwnOut)
@needs("contracts")
def ask(request, feedback_id: str):
    """Ask the other side for leave to change one's own feedback."""
    return answering.ask_to_change(request.actor, feedback_id)


@router.post("/{feedback_id}/allow", response=PublishedOut)
@needs("contracts")
def allow(request, feedback_id: str):
    """Let the author change feedback about oneself."""
    return queries.publish_view(answering.allow_change(request.actor, feedback_id))


@router.post("/{feedback_id}/change", response=OwnOut)
@needs("contracts")
def change(request, feedback_id: str, answers: AnswersIn):
    """Change one's own feedback while the other side allows it."""
    return answering.change_feedback(request.actor, feedback_id, answers.answers())
