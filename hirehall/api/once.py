"""Idempotency: a write with the same `Idempotency-Key` and content runs once and is answered alike.

Only answers below 400 are kept: after a refusal or a fault nothing was changed, so asking again is right.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from hirehall.kernel import http

LONGEST_KEY = 200


class IdempotencyMiddleware:
    """Wraps the API's writes; pages carry their own key in the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        given = request.headers.get("Idempotency-Key", "")
        if not given or request.method in ("GET", "HEAD") or not request.path.startswith("/api/"):
            return None
        if len(given) > LONGEST_KEY:
            return _error(422, "api:key_long", f"An idempotency key has at most {LONGEST_KEY} characters.")
        owner = request.headers.get("Authorization", "")
        key = hashlib.sha256(f"{owner}\n{given}".encode()).hexdigest()
        answer = http.run_once(f"api:{key}", _content_of(request), lambda: view(request, *args, **kwargs))
        if answer is None:
            return _error(409, "api:key_reused", "This key was used before with other content.")
        return answer


def _content_of(request: HttpRequest) -> str:
    """A digest of what is asked. Of a form its values and files: a client draws a new boundary for every attempt."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest.update(repr((name, upload.name, upload.size)).encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def _error(status: int, code: str, message: str) -> JsonResponse:
    body = {"error": {"code": code, "message": message, "field": None, "details": {}}}
    return JsonResponse(body, status=status)
