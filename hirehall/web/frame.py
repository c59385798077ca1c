"""What the shell shows around every page: navigation, parties to switch to, counts, theme. Asked for lazily,
so a fragment without the shell costs nothing.
"""

import functools
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.together import ask
from hirehall.money.connects.queries import connects_of
from hirehall.people.accounts.actors import NOBODY, Actor
from hirehall.people.messages.queries import unread_of
from hirehall.people.notifications.queries import unread_notices_of
from hirehall.web.at_hand import token_field, token_of
from hirehall.web.links import find_address

THEME_COOKIE = "theme"
THEMES = {"light": "hirehall", "dark": "hirehall-dark"}

# (address, words, drawing, stands in the bar of small screens)
FREELANCER_NAV = (
    ("search:jobs", _("Find work"), "search", True),
    ("proposals:mine", _("Proposals"), "send", True),
    ("contracts:list", _("Contracts"), "contract", True),
    ("messages:rooms", _("Messages"), "chat", True),
    ("payments:overview", _("Money"), "money", True),
)
CLIENT_NAV = (
    ("jobs:mine", _("My jobs"), "work", True),
    ("search:talent", _("Find talent"), "search", True),
    ("contracts:list", _("Contracts"), "contract", True),
    ("messages:rooms", _("Messages"), "chat", True),
    ("payments:overview", _("Money"), "money", True),
)
VISITOR_NAV = (
    ("search:jobs", _("Find work"), "search", False),
    ("search:talent", _("Find talent"), "people", False),
)
# What the account menu leads to, beside the parties.
PERSON_NAV = (
    ("profiles:edit", _("Your profile"), "person"),
    ("accounts:company", _("Your company"), "people"),
    ("connects:history", _("Connects"), "connect"),
    ("memberships:plans", _("Your plan"), "star"),
    ("disputes:queue", _("Disputes to decide"), "shield"),
    ("accounts:person", _("Your settings"), "gear"),
    ("mfa_index", _("Sign-in safety"), "shield"),
    ("notifications:settings", _("How you hear of notices"), "mail"),
)
# What only one side has a use for.
FREELANCERS_ONLY = ("profiles:edit", "connects:history")
CLIENTS_ONLY = ("accounts:company",)
STAFF_ONLY = ("disputes:queue",)


@dataclass(frozen=True)
class Entry:
    """One entry of a navigation."""

    href: str
    text: str
    sign: str
    current: bool = False
    in_dock: bool = False
    count: int = 0


class Frame:
    """The values of the shell for one request."""

    def __init__(self, request: HttpRequest):
        self._request = request

    @functools.cached_property
    def actor(self) -> Actor:
        return getattr(self._request, "actor", NOBODY)

    @property
    def theme(self) -> str:
        """light, dark or auto."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else "auto"

    @property
    def data_theme(self) -> str:
        return THEMES.get(self.theme, "")

    @functools.cached_property
    def seats(self) -> list:
        """The parties that the person can act for."""
        return getattr(self._request, "seats", []) if self.actor.signed_in else []

    @functools.cached_property
    def _figures(self) -> tuple[int, int, int]:
        """Unread messages, unread notices, Connects held: one question for all three."""
        if not self.actor.party_id:
            return 0, 0, 0
        unread, notices, held = ask(unread_of(self.actor), unread_notices_of(self.actor), connects_of(self.actor.party_id))
        return unread, notices, held

    @property
    def unread_messages(self) -> int:
        return self._figures[0]

    @property
    def unread_notices(self) -> int:
        return self._figures[1]

    @functools.cached_property
    def nav(self) -> list[Entry]:
        """The primary navigation of the role."""
        if self.actor.is_client:
            return self._entries(CLIENT_NAV)
        return self._entries(FREELANCER_NAV if self.actor.is_freelancer else VISITOR_NAV)

    @property
    def dock(self) -> list[Entry]:
        """The bar at the foot of small screens."""
        return [entry for entry in self.nav if entry.in_dock]

    @property
    def person_nav(self) -> list[Entry]:
        hidden = (() if self.actor.is_freelancer else FREELANCERS_ONLY) + (() if self.actor.is_client else CLIENTS_ONLY)
        hidden += () if self.actor.is_staff else STAFF_ONLY
        rows = [row for row in PERSON_NAV if row[0] not in hidden]
        return [Entry(found, str(text), sign) for name, text, sign in rows if (found := find_address(name))]

    def _entries(self, rows) -> list[Entry]:
        here = self._request.path
        found = []
        for name, text, sign, in_dock in rows:
            href = find_address(name)
            if href is None:
                continue
            count = self.unread_messages if name == "messages:rooms" else 0
            found.append(Entry(href, str(text), sign, here.startswith(href), in_dock, count))
        return found

    @property
    def connects(self) -> int | None:
        """The Connects held; None for those who need none."""
        return self._figures[2] if self.actor.is_freelancer else None

    def address(self, name: str, *args: str) -> str | None:
        return find_address(name, *args)


def frame_of(request: HttpRequest) -> Frame:
    """The one frame of a request, so that a page and its shell ask once."""
    if not hasattr(request, "frame"):
        request.frame = Frame(request)
    return request.frame


def frame(request: HttpRequest) -> dict:
    """The context processor of our pages."""
    made = frame_of(request)
    return {
        "frame": made,
        "actor": made.actor,
        # In place of Django's own, which mask the token anew at every use. Lazy: a page without forms sets no cookie.
        "csrf_token": SimpleLazyObject(lambda: token_of(request)),
        "csrf_input": SimpleLazyObject(lambda: token_field(request)),
    }
