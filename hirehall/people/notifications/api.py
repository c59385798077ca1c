"""API of the notices."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.people.accounts.scopes import needs
from hirehall.people.notifications import queries
from hirehall.people.notifications.actions import mark_all_read, mark_read

router = Router(tags=["notices"])


class NoticeOut(Schema):
    id: str
    kind: str
    title: str
    body: str
    link: str
    at: datetime
    read_at: datetime | None


class CountOut(Schema):
    changed: int


@router.get("", response=list[NoticeOut])
@paginate
@needs("read")
def list_notices(request):
    """The party's notices, newest first."""
    return queries.list_notices_for(request.actor)


@router.post("/read-all", response=CountOut)
@needs("messages")
def read_all(request):
    """Mark every notice as read."""
    return {"changed": mark_all_read(request.actor)}


@router.post("/{notice_id}/read", response=NoticeOut)
@needs("messages")
def read_one(request, notice_id: str):
    """Mark one notice as read."""
    return mark_read(request.actor, notice_id)
