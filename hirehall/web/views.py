"""Small pages of the edge: health, the choice of colours, and the one door for stored files."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hirehall.kernel import files, http
from hirehall.kernel.contents import IMAGES
from hirehall.people.accounts.acting import open_to_all
from hirehall.web.frame import THEME_COOKIE, THEMES


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches the service: 200 when pages and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@open_to_all
def file(request: HttpRequest, file_id: str) -> HttpResponse:
    """Send a stored file if its room's guard allows it; only pictures are shown in the page."""
    stored = files.get_file_for(request.actor, file_id)
    response = HttpResponse(files.read_bytes(stored), content_type=stored.content_type)
    as_download = stored.content_type not in IMAGES
    response["Content-Disposition"] = content_disposition_header(as_download, stored.name)
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@open_to_all
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark or the device's colours; a cookie keeps it, so the first byte already fits."""
    onward = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = "/"
    response = http.go(request, onward)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        # A script on the page may change it too, so it stays readable there; it says nothing about the person.
        response.set_cookie(THEME_COOKIE, chosen, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
