"""Who a session belongs to, read at every request: the session's row and its person by prepared statements."""

from allauth.account import auth_backends
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from hirehall.kernel import clock
from hirehall.kernel.prepared import Prepared
from hirehall.people.accounts.queries import find_person

_session = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(self.session_key, clock.now())
        if found is None:
            self._session_key = None
        return found


class Backend(auth_backends.AuthenticationBackend):
    """Signing in as allauth does it."""

    def get_user(self, user_id: int):
        found = find_person(user_id)
        return found if found and self.user_can_authenticate(found) else None
