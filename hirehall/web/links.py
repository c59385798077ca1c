"""Addresses as templates ask for them, remembered: looking one up anew costs as much as a small query."""

import functools

from django.http import QueryDict
from django.templatetags.static import static as find_static
from django.urls import NoReverseMatch, reverse

from hirehall.web.at_hand import request_at_hand

# Bounded, as addresses with ids in them are without number.
KEPT = 4096


@functools.lru_cache(KEPT)
def url(name: str, *args: object) -> str:
    """The address of a page."""
    return reverse(name, args=args)


@functools.lru_cache(KEPT)
def find_address(name: str, *args: object) -> str | None:
    """The address of a page, or None while its room is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


@functools.lru_cache(KEPT)
def static(path: str) -> str:
    """The address of a file of ours."""
    return find_static(path)


def page_href(number: int) -> str:
    """The address at hand with another page number; everything else that was asked for stays."""
    request = request_at_hand()
    kept = request.GET.copy() if request else QueryDict(mutable=True)
    kept["page"] = str(number)
    return "?" + kept.urlencode()
