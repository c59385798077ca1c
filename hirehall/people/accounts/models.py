"""Persons (users), the parties they act for, their seats there, and their API tokens."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from hirehall.kernel import clock
from hirehall.kernel.ids import PublicIdField
from hirehall.people.accounts.people import PeopleManager


class User(AbstractBaseUser, PermissionsMixin):
    """One person who can sign in. Never owns anything in the market; parties do."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=50, default="UTC")
    language = models.CharField(max_length=10, default="en")
    country = models.CharField(max_length=2, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    last_party = models.ForeignKey("accounts.Party", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PeopleManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Party(models.Model):
    """Whoever offers or buys work: a freelancer, a client company, or an agency."""

    class Kind(models.TextChoices):
        FREELANCER = "freelancer"
        CLIENT = "client"
        AGENCY = "agency"

    class Standing(models.TextChoices):
        GOOD = "good"
        LIMITED = "limited"
        SUSPENDED = "suspended"

    id = PublicIdField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=100)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=50, default="UTC")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.GOOD)
    opened_at = models.DateTimeField()
    last_active_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's place in a party, with a role."""

    class Role(models.TextChoices):
        OWNER = "owner"
        MANAGER = "manager"
        HIRER = "hirer"
        FINANCE = "finance"
        MEMBER = "member"
        VIEWER = "viewer"

    id = PublicIdField()
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "user"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} of {self.party}"


class Token(models.Model):
    """An API token: acts for one person and one party, within its scopes. Only its hash is kept."""

    id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
