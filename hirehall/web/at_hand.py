"""The request that is being answered, for the components: they are compiled and run once for all pages, so what
belongs to one request does not reach them through the page's context.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from markupsafe import Markup

from hirehall.kernel.http import once_of

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class HoldRequest:
    """Middleware: holds each request while it is answered, and lets it go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(held)


def request_at_hand() -> HttpRequest | None:
    return _request.get()


def guard_fields() -> Markup:
    """What every form that changes something carries: the CSRF token and the idempotency key of the page."""
    request = _request.get()
    if request is None:
        return Markup("")
    if not hasattr(request, "guard_fields"):
        # Made once for all the forms of a page: a token is masked anew each time it is asked for.
        request.guard_fields = Markup(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once" value="{}">'
        ).format(get_token(request), once_of(request))
    return request.guard_fields


def was_posted() -> bool:
    """True when the page answers a form that was sent."""
    request = _request.get()
    return request is not None and request.method == "POST"
