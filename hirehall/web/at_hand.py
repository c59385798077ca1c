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


def token_of(request: HttpRequest) -> str:
    """The CSRF token of a page, masked once: Django masks it anew for every form."""
    if not hasattr(request, "masked_token"):
        request.masked_token = get_token(request)
    return request.masked_token


def token_field(request: HttpRequest) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(token_of(request))


def guard_fields() -> Markup:
    """What every form that changes something carries: the CSRF token and the idempotency key of the page."""
    request = _request.get()
    if request is None:
        return Markup("")
    if not hasattr(request, "guard_fields"):
        once = Markup('<input type="hidden" name="once" value="{}">').format(once_of(request))
        request.guard_fields = token_field(request) + once
    return request.guard_fields


def was_posted() -> bool:
    """True when the page answers a form that was sent."""
    request = _request.get()
    return request is not None and request.method == "POST"
