"""Documents follow from what happened to money; wired in project/wiring.py."""

from hirehall.kernel.events import Event
from hirehall.money.documents.actions.issuing import draft_of, issue_once
from hirehall.money.documents.rules import ISSUES


def issue_documents(event: Event) -> None:
    """Every event of rules.ISSUES: the documents that stand there for it, each once."""
    for issue in ISSUES[event.name]:
        if issue.where and event.data.get(issue.where[0]) != issue.where[1]:
            continue
        issue_once(draft_of(issue, event.subject_id, event.data))
