"""What every view needs: rendering a page, carrying a form out once, paging, and refusals as answers."""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Once

# A refused or invalid form is answered with this, so that htmx, tests and programs can tell.
UNPROCESSABLE = 422


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render a Jinja2 page or fragment; every form on it can carry `once` as its idempotency key."""
    context.setdefault("once", once_of(request))
    return render(request, template, context, status=status, using="jinja2")


def once_of(request: HttpRequest) -> str:
    """The idempotency key of the forms on the page that answers a request."""
    if not hasattr(request, "once"):
        request.once = secrets.token_urlsafe(18)  # type: ignore[attr-defined]
    return request.once


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: the values and files of a POST, or neither; an empty POST is a POST too."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def submit(request: HttpRequest, act: Callable[[], str]) -> HttpResponse | Refused:
    """Carry a form out once and redirect to the address that `act` returns.

    The key and the change commit together. The same key again, even at the same moment, leads to the same
    place and changes nothing. A refusal comes back as a value, with everything undone.
    """
    typed = request.POST.get("once", "")[:40]
    key = f"{request.user.pk or 0}:{typed}" if typed else f"none:{secrets.token_urlsafe(18)}"
    try:
        with transaction.atomic():
            Once.objects.create(key=key, user_id=request.user.pk, at=clock.now())
            location = act()
            Once.objects.filter(pk=key).update(location=location)
    except Refused as refusal:
        return refusal
    except DataError:
        # A zero byte or the like in a hand-made request: no browser sends that.
        return Refused("form:characters", "A value holds characters or a number that can't be kept.")
    except IntegrityError:
        done = Once.objects.filter(pk=key).first()
        if done is None:
            raise
        location = done.location
    return go(request, location)


def run_once(key: str, content: str, run: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Run an API write once per key and keep its answer; None when the key was used with other content.

    An answer of 400 or more undoes everything and keeps nothing.
    """
    try:
        with transaction.atomic():
            Once.objects.create(key=key, content=content, at=clock.now())
            response = run()
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            Once.objects.filter(pk=key).update(status=response.status_code, answer=response.content.decode())
            return response
    except IntegrityError:
        done = Once.objects.filter(pk=key).first()
        if done is None:
            raise
    if done.content != content:
        return None
    return HttpResponse(done.answer, status=done.status, content_type="application/json")


def go(request: HttpRequest, location: str) -> HttpResponse:
    """Redirect: for htmx by its header (it follows a plain redirect inside the fragment), else by 303."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": location})
    return HttpResponseRedirect(location, status=303)


def told(refusal: Refused) -> str:
    """The sentence of a refusal in the reader's language."""
    return refusal.say(gettext)


def add_refusal(form: BaseForm, refusal: Refused) -> None:
    """Show a refusal at the field it is about, or above the form; what was typed stays."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, told(refusal))
    form.refusal = refusal  # type: ignore[attr-defined]


def paginate(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = 20) -> Page:
    """One page of rows by ?page=N; nonsense in N means the first or the last page, never an error."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
