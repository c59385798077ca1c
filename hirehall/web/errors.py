"""Errors as pages: a refusal, nothing here, not allowed, and our own faults, each in plain words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from hirehall.kernel import http
from hirehall.kernel.errors import NotFound, Refused


class RefusalMiddleware:
    """Turns what queries and actions raise into pages; the API has its own shape for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFound):
            return http.page(request, "errors/404.html", status=404)
        if isinstance(error, Refused):
            return http.page(request, "errors/refused.html", status=http.UNPROCESSABLE, refusal=error)
        return None


def answer_broken(request: HttpRequest, refusal: Refused, status: int = 400) -> HttpResponse:
    """The answer to a request that can't even be read, in the shape of whoever asked."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"code": refusal.code, "message": refusal.sentence, "field": None, "details": {}}}, status=status)
    if not hasattr(request, "actor"):
        return HttpResponse(refusal.sentence, status=status, content_type="text/plain")
    return http.page(request, "errors/refused.html", status=status, refusal=refusal)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that breaks a limit of reading: too many fields, too much text, an unknown host."""
    return answer_broken(request, Refused("request:broken", "This request can't be read. It is too long, or it is damaged."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return http.page(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return http.page(request, "errors/403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return http.page(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return http.page(request, "errors/csrf.html", status=403)
