"""The fixed cast, and makers that call actions: a state a test can build is a state the market can reach.

Ada and Ben are freelancers, Cyd and Dot are clients (Cyd is the one who hires), Eve has nothing to do with it,
and Sam is staff.
"""

from dataclasses import dataclass

from django.test import Client

from hirehall.people.accounts.actions import create_token, open_party
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from hirehall.people.accounts.rules import SCOPES

PASSWORD = "plum-orchard-42"


def sign_up(name: str, kind: str, *, staff: bool = False, **fields) -> Actor:
    """A person with a confirmed address and one party."""
    email = f"{name.split(maxsplit=1)[0].lower()}@people.example"
    user = User.objects.create_user(email, PASSWORD, name=name, is_staff=staff, **fields)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    open_party(user.pk, kind, name)
    user.refresh_from_db()
    return find_actor(user, None)


@dataclass
class Cast:
    """Everybody, as actors."""

    ada: Actor
    ben: Actor
    cyd: Actor
    dot: Actor
    eve: Actor
    sam: Actor


def make_cast() -> Cast:
    return Cast(
        ada=sign_up("Ada Obi", "freelancer", country="NG", time_zone="Africa/Lagos"),
        ben=sign_up("Ben Roy", "freelancer", country="BD", time_zone="Asia/Dhaka"),
        cyd=sign_up("Cyd Works", "client", country="US", time_zone="America/New_York"),
        dot=sign_up("Dot Studio", "client", country="DE", time_zone="Europe/Berlin"),
        eve=sign_up("Eve Lund", "freelancer", country="SE", time_zone="Europe/Stockholm"),
        sam=sign_up("Sam Staff", "client", staff=True),
    )


def browse_as(actor: Actor | None) -> Client:
    """A test client signed in as an actor, or a visitor."""
    client = Client()
    if actor is not None:
        client.force_login(User.objects.get(pk=actor.user_id))
    return client


def call_as(actor: Actor, scopes=SCOPES) -> dict[str, str]:
    """The headers with which a program acts for an actor."""
    _, secret = create_token(actor, "test", sorted(scopes))
    return {"Authorization": f"Bearer {secret}"}
