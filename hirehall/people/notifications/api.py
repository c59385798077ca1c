"""API of the notices."""

from datetime import datetime
from typing import Literal

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.people.accounts.scopes import needs
from hirehall.people.notifications import queries, rules
from hirehall.people.notifications.actions import choose_all, mark_all_read, mark_read

router = Router(tags=["notices"])


class NoticeOut(Schema):
    id: str
    kind: str
    title: str
    body: str
    link: str
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_title(notice) -> str:
        return notice.title_now

    @staticmethod
    def resolve_body(notice) -> str:
        return notice.body_now


class CountOut(Schema):
    changed: int


@router.get("", response=list[NoticeOut])
@paginate
@needs("read")
def list_notices(request):
    """The party's notices, newest first."""
    return queries.list_notices_for(request.actor)


@router.get("/staff", response=list[NoticeOut])
@paginate
@needs("read", "staff")
def list_staff_notices(request):
    """What all of the staff are told, newest first."""
    return queries.list_staff_notices_for(request.actor)


class ChoiceIn(Schema):
    """None leaves a choice as it is."""

    area: str
    delivery: Literal["at_once", "daily", "never"] | None = None
    push: bool | None = None


class ChoiceOut(Schema):
    area: str
    delivery: str
    push: bool


@router.get("/choices", response=list[ChoiceOut])
@needs("read")
def list_choices(request):
    """How the person hears of each area: by mail at once, daily or never, and in browsers or not."""
    deliveries, pushed = queries.get_choices(request.actor.user_id), queries.get_pushed(request.actor.user_id)
    return [{"area": area, "delivery": deliveries[area], "push": pushed[area]} for area in deliveries if area != rules.STAFF or request.actor.is_staff]


@router.put("/choices", response=list[ChoiceOut])
@needs("messages")
def put_choices(request, content: list[ChoiceIn]):
    """Change how the person hears of some areas."""
    choose_all(request.actor, [(one.area, one.delivery, one.push) for one in content])
    return list_choices(request)


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
