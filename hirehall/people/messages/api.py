"""API of the conversation."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.people.accounts.scopes import needs
from hirehall.people.messages import queries
from hirehall.people.messages.actions import mark_seen, post_message

router = Router(tags=["messages"])


class RoomOut(Schema):
    id: str
    title: str
    others: str
    last_text: str
    last_at: datetime
    unread: int
    contract_started: bool


class FileOut(Schema):
    id: str
    name: str
    size_bytes: int


class LineOut(Schema):
    id: str
    author: str | None
    mine: bool
    text: str
    at: datetime
    seen: bool
    files: list[FileOut]


class ThreadOut(Schema):
    lines: list[LineOut]
    older: str


class PostIn(Schema):
    text: str


class PostOut(Schema):
    id: str
    text: str
    at: datetime


@router.get("", response=list[RoomOut])
@paginate
@needs("read")
def list_rooms(request, q: str = ""):
    """The party's rooms, the newest talk first; `q` searches what was said."""
    return queries.room_rows(request.actor, list(queries.list_seats_for(request.actor, q[:100])[:1000]))


@router.get("/{room_id}", response=ThreadOut)
@needs("read")
def read_room(request, room_id: str, before: str = ""):
    """One page of a room, oldest first; go further back with `before` = the answer's `older`."""
    room = queries.get_room_for(request.actor, room_id)
    lines, older = queries.list_lines_for(request.actor, room, before)
    return {"lines": lines, "older": older}


@router.post("/{room_id}", response={201: PostOut})
@needs("messages")
def post(request, room_id: str, body: PostIn):
    """Say something in a room."""
    return 201, post_message(request.actor, room_id, body.text)


@router.post("/{room_id}/seen", response={204: None})
@needs("messages")
def seen(request, room_id: str):
    """Mark everything in the room as read."""
    mark_seen(request.actor, room_id)
    return 204, None
