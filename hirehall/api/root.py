"""The API: every room's router under /api/v1, one way to sign in, one shape of errors.

An error is {"error": {"code", "message", "field", "details"}}; the code is stable and the same as in the pages.
"""

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from hirehall.kernel.errors import NotFound, Refused
from hirehall.people.accounts.queries import find_token_actor

# Refusals that HTTP has a number of its own for.
STATUSES = {"token:scope": 403, "pace:too_fast": 429}
SAFE = ("GET", "HEAD", "OPTIONS")
# Far above what a person's program needs, far below what would hurt the others.
WRITES_A_MINUTE = "600/m"


class TokenAuth(HttpBearer):
    """`Authorization: Bearer hh_...`; the request then acts as the token's person and party."""

    def authenticate(self, request: HttpRequest, token: str):
        found = find_token_actor(token)
        if found is None:
            return None
        request.actor, kept = found
        request.token_scopes = frozenset(kept.scopes)
        return kept.id


class WriteThrottle(AuthRateThrottle):
    """Counts writes only: reads are cheap and paged."""

    def allow_request(self, request: HttpRequest) -> bool:
        return request.method in SAFE or super().allow_request(request)


api = NinjaAPI(
    title="Hirehall",
    version="1",
    description="Everything a person can do in Hirehall, for programs.",
    auth=TokenAuth(),
    throttle=[WriteThrottle(WRITES_A_MINUTE)],
    urls_namespace="api",
)


def _error(request, status: int, code: str, message: str, field=None, details=None) -> HttpResponse:
    body = {"error": {"code": code, "message": message, "field": field, "details": details or {}}}
    return api.create_response(request, body, status=status)


@api.exception_handler(Refused)
def refused(request, error: Refused):
    status = STATUSES.get(error.code, 422)
    return _error(request, status, error.code, error.sentence, error.field, error.details)


@api.exception_handler(NotFound)
def missing(request, error: NotFound):
    return _error(request, 404, "not_found", str(error))


@api.exception_handler(ValidationError)
def invalid(request, error: ValidationError):
    found = [{"where": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors]
    return _error(request, 422, "api:invalid", "Some values are missing or of the wrong kind.", None, found)


@api.exception_handler(DataError)
@api.exception_handler(UnicodeEncodeError)
def unstorable(request, error: Exception):
    return _error(request, 422, "api:characters", "A value holds characters or a number that can't be kept.")


@api.exception_handler(AuthenticationError)
def unauthenticated(request, error: AuthenticationError):
    return _error(request, 401, "api:no_token", "Send a valid token as 'Authorization: Bearer ...'.")


@api.exception_handler(Throttled)
def throttled(request, error: Throttled):
    return _error(request, 429, "api:too_many", "Too many writes in a short time; wait a little.")


@api.exception_handler(RawPostDataException)
def not_json(request, error: RawPostDataException):
    """A form was sent to an operation that takes JSON; it has been read as a form by now."""
    return _error(request, 400, "api:malformed", "Send JSON here, not a form.")


@api.exception_handler(HttpError)
def malformed(request, error: HttpError):
    return _error(request, error.status_code, "api:malformed", str(error))
