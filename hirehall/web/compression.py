"""Compresses pages, data and style sheets on their way out; pictures and files are compressed already.

Django's own middleware adds a random length to each answer, so that its size tells nothing about secrets in it.
"""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/javascript", "image/svg")


class CompressText(GZipMiddleware):
    """Leaves everything alone that is not text; live streams never come by here."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.get("Content-Type", "").startswith(TEXTS):
            return super().process_response(request, response)
        return response
