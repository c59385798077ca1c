"""Who a session belongs to, read at every request by a prepared statement."""

from allauth.account import auth_backends

from hirehall.people.accounts.queries import find_person


class Backend(auth_backends.AuthenticationBackend):
    """Signing in as allauth does it."""

    def get_user(self, user_id: int):
        found = find_person(user_id)
        return found if found and self.user_can_authenticate(found) else None
