"""Reads of rooms and posts; every one through the seat of the actor's party."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Max, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.kernel.ids import is_id
from hirehall.kernel.models import StoredFile
from hirehall.kernel.together import Figure, ask
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_parties
from hirehall.people.messages.models import Post, Room, RoomSeat

FILE_PURPOSE = "message"
PAGE = 40


@dataclass(frozen=True)
class Line:
    """One post as a page shows it; `mine` is the reader's own, `author` None a line of the house."""

    id: str
    author: str | None
    mine: bool
    text: str
    at: datetime
    files: list[StoredFile]
    seen: bool


@dataclass(frozen=True)
class RoomRow:
    """One room of the list: with whom, what was said last, how much is new."""

    id: str
    title: str
    others: str
    last_text: str
    last_at: datetime
    unread: int
    contract_started: bool


def get_room_for(actor: Actor, room_id: str) -> Room:
    """The room, if the actor's party sits in it."""
    room = Room.objects.filter(pk=room_id, seats__party_id=actor.party_id or "").first()
    if room is None:
        raise NotFound("room")
    return room


def find_room(subject_kind: str, subject_id: str) -> Room | None:
    """The room about a subject, for rooms above that have checked who asks."""
    return Room.objects.filter(subject_kind=subject_kind, subject_id=subject_id).first()


def last_said(subject_kind: str, subject_ids: list[str]) -> dict[str, datetime]:
    """When a person last wrote in the rooms about some subjects; lines of the house do not count."""
    said = Post.objects.filter(room__subject_kind=subject_kind, room__subject_id__in=subject_ids, party__isnull=False)
    return dict(said.values_list("room__subject_id").annotate(Max("at")))


def list_seats_for(actor: Actor, words: str = "") -> QuerySet[RoomSeat]:
    """The party's rooms, the newest talk first; with words, those in which they were said."""
    seats = RoomSeat.objects.filter(party_id=actor.party_id).select_related("room")
    # A zero byte comes only from a hand-made address, and the database takes none.
    words = words.replace("\x00", " ").strip()
    if words:
        query = SearchQuery(words, config="simple", search_type="websearch")
        said = Post.objects.annotate(words=SearchVector("text", config="simple")).filter(words=query)
        seats = seats.filter(room_id__in=said.values("room_id")) | seats.filter(room__title__icontains=words)
    return seats.order_by("-last_post_at")


def room_rows(actor: Actor, seats: list[RoomSeat]) -> list[RoomRow]:
    """What the list shows of some rooms, in three queries however many there are."""
    ids = [seat.room_id for seat in seats]
    last = Post.objects.filter(room_id__in=ids).order_by("room_id", "-id").distinct("room_id")
    texts = {post.room_id: post.text for post in last}
    others = RoomSeat.objects.filter(room_id__in=ids).exclude(party_id=actor.party_id).select_related("party")
    names: dict[str, list[str]] = {}
    for other in others:
        names.setdefault(other.room_id, []).append(other.party.name)
    return [
        RoomRow(
            id=seat.room_id,
            title=seat.room.title,
            others=", ".join(names.get(seat.room_id, [])),
            last_text=texts.get(seat.room_id, ""),
            last_at=seat.last_post_at,
            unread=seat.unread,
            contract_started=seat.room.contract_started,
        )
        for seat in seats
    ]


def list_lines_for(actor: Actor, room: Room, before: str = "") -> tuple[list[Line], str]:
    """One page of a room, oldest first, and the id to go further back from ("" at the beginning)."""
    posts = Post.objects.filter(room=room).order_by("-id")
    if is_id(before):
        posts = posts.filter(id__lt=before)
    found = list(posts[: PAGE + 1])
    older = found[PAGE - 1].id if len(found) > PAGE else ""
    found = found[:PAGE][::-1]
    files: dict[str, list[StoredFile]] = {}
    for stored in StoredFile.objects.filter(purpose=FILE_PURPOSE, subject_id__in=[p.id for p in found]):
        files.setdefault(stored.subject_id, []).append(stored)
    authors = get_parties([p.party_id for p in found if p.party_id])
    seen_by_all = min(
        RoomSeat.objects.filter(room=room).exclude(party_id=actor.party_id).values_list("last_seen_id", flat=True),
        default="",
    )
    return [
        Line(
            id=post.id,
            author=authors[post.party_id].name if post.party_id else None,
            mine=post.party_id == actor.party_id,
            text=post.text,
            at=post.at,
            files=files.get(post.id, []),
            seen=post.id <= seen_by_all,
        )
        for post in found
    ], older


def unread_of(actor: Actor) -> Figure:
    """How many posts the party has not read, over all its rooms."""
    return Figure("SELECT coalesce(sum(unread), 0)::bigint FROM talks_roomseat WHERE party_id = %s", (actor.party_id,))


def count_unread(actor: Actor) -> int:
    return ask(unread_of(actor))[0]


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of message files: whoever sits in the room of the post."""
    post = Post.objects.filter(pk=stored.subject_id).first()
    return post is not None and RoomSeat.objects.filter(room_id=post.room_id, party_id=actor.party_id).exists()
