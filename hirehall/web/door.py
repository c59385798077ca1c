"""What comes in through the door of pages and API: not too much at once, and texts without what nobody can see."""

import json
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict

from hirehall.kernel import http, texts
from hirehall.kernel.contents import MEGABYTE
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.queries import find_token_actor
from hirehall.web.errors import answer_broken

TOO_LARGE = 413
DEEP = Refused("request:too_deep", "These values are nested more than %(most)s levels deep.", values={"most": texts.DEEPEST})
NO_JSON = Refused("api:malformed", "The body of this request is no JSON object.")
TEXTS = ("application/x-www-form-urlencoded", "multipart/form-data")


class GuardDoor:
    """Middleware. It stands behind the check of form tokens: what a stranger's page sends is not even read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if refusal := why_not_read(request):
            return answer_broken(request, refusal, TOO_LARGE)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        request.GET = cleaned(request.GET, texts.mend)  # type: ignore[misc]
        is_call = request.path.startswith("/api/")
        if request.method in ("GET", "HEAD") or (getattr(view, "csrf_exempt", False) and not is_call):
            # A message that is signed is judged by its bytes as they came.
            return None
        if request.content_type in TEXTS:
            request.POST = cleaned(request.POST, texts.clean)  # type: ignore[misc]
        elif is_call:
            return clean_body(request)
        return None


def why_not_read(request: HttpRequest) -> Refused | None:
    """Asked before a byte is read. Files come only from people who are known, and together they have a limit too."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    given = int(told) if told.isdigit() else 0
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if given > most and _is_known(request):
        most = settings.LARGEST_REQUEST_BYTES
    if given <= most:
        return None
    return Refused(
        "request:too_large", "This is more than %(most)s MB in one go. Send fewer or smaller files at a time.", values={"most": most // MEGABYTE}
    )


def _is_known(request: HttpRequest) -> bool:
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    return request.user.is_authenticated or (scheme == "Bearer" and find_token_actor(secret) is not None)


def cleaned(given: QueryDict, clean: Callable[[str], str]) -> QueryDict:
    """The values of a form or an address, each cleaned; the same object when there is nothing to clean."""
    dirty = {
        name: [clean(one) for one in values]
        for name, values in given.lists()
        if not texts.is_secret(name) and any(clean(one) != one for one in values)
    }
    if not dirty:
        return given
    fresh = given.copy()
    for name, values in dirty.items():
        fresh.setlist(name, values)
    return fresh


def clean_body(request: HttpRequest) -> HttpResponse | None:
    """Clean the texts of a JSON body in place, and refuse what is none."""
    try:
        body = request.body
        if not body:
            return None
        given = json.loads(body)
        if not isinstance(given, dict | list):
            return answer_broken(request, NO_JSON)
        request._body = json.dumps(texts.clean_values(given)).encode()  # type: ignore[attr-defined]
    except RequestDataTooBig:
        return answer_broken(request, Refused("request:too_large", "This is more than 2 MB of text in one go."), TOO_LARGE)
    except texts.Broken:
        return answer_broken(request, Refused("api:characters", "A value holds characters that can't be kept."), http.UNPROCESSABLE)
    except (texts.TooDeep, RecursionError):
        return answer_broken(request, DEEP)
    except ValueError:
        return answer_broken(request, NO_JSON)
    return None
