"""Rooms, who sits in them and how far they have read, and the posts."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from hirehall.kernel.ids import PublicIdField


class Room(models.Model):
    """A conversation about one subject."""

    id = PublicIdField()
    subject_kind = models.CharField(max_length=12)
    subject_id = models.CharField(max_length=26, db_collation="C")
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    contract_started = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    last_post_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="room_subject_once")]

    def __str__(self) -> str:
        return self.title


class RoomSeat(models.Model):
    """A party's place in a room; `last_seen_id` is the id of the newest post it has read."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    party = models.ForeignKey("accounts.Party", on_delete=models.CASCADE, related_name="+")
    last_seen_id = models.CharField(max_length=26, blank=True, db_collation="C")
    unread = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "party"], name="room_seat_once")]
        indexes = [models.Index(fields=["party", "-last_post_at"], name="room_seat_list")]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.room_id}"


class Post(models.Model):
    """A message of a person, or a line in which the house notes what happened."""

    id = PublicIdField()
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="posts")
    party = models.ForeignKey("accounts.Party", null=True, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(null=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["room", "-id"], name="post_list"),
            GinIndex(SearchVector("text", config="simple"), name="post_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
