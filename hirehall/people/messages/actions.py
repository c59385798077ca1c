"""Writes of rooms and posts."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.urls import reverse

from hirehall.kernel import clock, events, files, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.pace import keep_pace
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.messages import rules
from hirehall.people.messages.models import Post, Room, RoomSeat
from hirehall.people.messages.queries import FILE_PURPOSE, get_room_for
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said


@action
def open_room(
    subject_kind: str,
    subject_id: str,
    title: str,
    party_ids: Sequence[str],
    *,
    link: str = "",
    contract_started: bool = False,
) -> Room:
    """The room about a subject; made at the first call, found at the next. `link` leads to the subject's page."""
    now = clock.now()
    room = Room(
        subject_kind=subject_kind, subject_id=subject_id, title=title[:200], link=link, contract_started=contract_started,
        opened_at=now, last_post_at=now,
    )  # fmt: skip
    if not insert_new(room):
        return Room.objects.get(subject_kind=subject_kind, subject_id=subject_id)
    RoomSeat.objects.bulk_create(
        RoomSeat(room=room, party_id=party_id, last_post_at=now) for party_id in sorted(set(party_ids))
    )
    return room


@action
def post_message(actor: Actor, room_id: str, text: str, uploads: Sequence[UploadedFile] = ()) -> Post:
    """Say something in a room. Screened before it is sent; stops with what has to be taken out."""
    room = get_room_for(actor, room_id)
    refuse(why_not_act(actor.role, "talk", get_party(actor.party_id).standing))
    text = text.replace("\x00", "").strip()
    refuse(rules.why_not_post(text, [u.name for u in uploads], contract_started=room.contract_started))
    keep_pace("messages_a_minute", actor.party_id)
    post = _add_post(room, actor, text)
    for upload in uploads:
        files.store_upload(actor.party_id, upload, FILE_PURPOSE, subject_id=post.id)
    RoomSeat.objects.filter(room=room, party_id=actor.party_id).update(last_seen_id=post.id, unread=0)
    for seat in RoomSeat.objects.filter(room=room).exclude(party_id=actor.party_id):
        # The key holds what was read last: until the reader comes back, one notice is enough.
        notify(
            seat.party_id,
            "message",
            link=reverse("messages:room", args=[room.id]),
            key=f"message:{room.id}:{seat.last_seen_id}",
            title=said("%(name)s wrote to you about “%(title)s”", name=actor.name, title=room.title),
            body=text[:200],
        )
    events.record(
        "message:posted", room.id, actor, room=room.id, subject_kind=room.subject_kind, subject_id=room.subject_id
    )
    return post


@action
def post_notice(room_id: str, text: str) -> Post:
    """Note in a room what happened, as a line of the house."""
    return _add_post(Room.objects.get(pk=room_id), None, text)


def _add_post(room: Room, actor: Actor | None, text: str) -> Post:
    now = clock.now()
    # The row lock makes the ids of one room sort in the order of commit, so "read up to here" holds.
    Room.objects.filter(pk=room.pk).update(last_post_at=now)
    post = Post.objects.create(
        room=room,
        party_id=actor.party_id if actor else None,
        user_id=actor.user_id if actor else None,
        text=text,
        at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE talks_roomseat SET unread = unread + 1, last_post_at = %s WHERE room_id = %s RETURNING party_id",
            [now, room.pk],
        )
        present = [party_id for (party_id,) in cursor.fetchall()]
    for party_id in present:
        live.push(f"party:{party_id}", f"room-{room.id}")
        live.push(f"party:{party_id}", "messages")
    return post


@action
def mark_seen(actor: Actor, room_id: str) -> None:
    """The party has read everything in the room up to now; the other side sees that."""
    room = get_room_for(actor, room_id)
    newest = Post.objects.filter(room=room).order_by("-id").values_list("id", flat=True).first() or ""
    changed = (
        RoomSeat.objects.filter(room=room, party_id=actor.party_id)
        .exclude(last_seen_id=newest)
        .update(last_seen_id=newest, unread=0)
    )
    if changed:
        live.push(f"party:{actor.party_id}", "messages")


@action
def mark_contract_started(subject_kind: str, subject_id: str) -> None:
    """From now on contact details are free in this room; payment outside never is."""
    Room.objects.filter(subject_kind=subject_kind, subject_id=subject_id).update(contract_started=True)


@action
def join_subject(room_id: str, subject_kind: str, subject_id: str, link: str = "") -> None:
    """Let a proposal's room go on as the contract's, with all that was said."""
    Room.objects.filter(pk=room_id).update(subject_kind=subject_kind, subject_id=subject_id, link=link)
