"""The lists of the profile: add, change, move and remove entries, files of pieces, specialised profiles."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.profiles.actions import entries, specialised
from hirehall.market.profiles.entry_forms import ENTRY_FORMS, EntryForm
from hirehall.market.profiles.forms import SpecialisedForm
from hirehall.market.profiles.models import Profile
from hirehall.market.profiles.queries import fee_basis_points, find_entry, find_sub, list_pieces
from hirehall.market.profiles.views import own_profile, section
from hirehall.people.accounts.acting import acting


def _form_of(kind: str) -> type[EntryForm]:
    if kind not in ENTRY_FORMS:
        raise NotFound("list")
    return ENTRY_FORMS[kind]


@acting("freelancer")
def entry(request: HttpRequest, kind: str, entry_id: str = "") -> HttpResponse:
    """The form of a new or a kept entry."""
    form_type = _form_of(kind)
    profile = own_profile(request)
    row = find_entry(profile.pk, kind, entry_id) if entry_id else None
    if entry_id and row is None:
        raise NotFound("entry")
    if request.GET.get("close"):
        return section(request, kind)
    form = form_type(*http.sent(request), initial=form_type.first(row) if row else None)
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: keep_entry(request, form, kind, entry_id))
        if not isinstance(outcome, Refused):
            return section(request, kind) if request.htmx else outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    template = "profiles/_entry_form.html" if request.htmx else "profiles/entry.html"
    response = http.page(request, template, status=status, form=form, kind=kind, row=row, profile=profile)
    if form.errors and request.htmx:
        # The form's target is its whole section, for when it is kept; with errors only the form comes back.
        response["HX-Retarget"] = f"#{kind}-form"
    return response


def keep_entry(request: HttpRequest, form: EntryForm, kind: str, entry_id: str = "") -> str:
    """Keep an entry and the files that came with it, all or nothing."""
    row = entries.keep_entry(request.actor, form.terms(), entry_id)
    uploads = form.cleaned_data.get("uploads")
    if kind == "piece" and uploads:
        entries.add_piece_files(request.actor, row.pk, uploads)
    if kind == "certification" and form.cleaned_data.get("upload"):
        entries.attach_certificate(request.actor, row.pk, form.cleaned_data["upload"])
    return f"{reverse('profiles:edit')}#{kind}"


@acting("freelancer")
@require_POST
def remove(request: HttpRequest, kind: str, entry_id: str) -> HttpResponse:
    _form_of(kind)
    return _change(request, kind, lambda: entries.remove_entry(request.actor, kind, entry_id))


@acting("freelancer")
@require_POST
def move(request: HttpRequest, kind: str, entry_id: str, step: str) -> HttpResponse:
    _form_of(kind)
    return _change(
        request, kind, lambda: entries.move_entry(request.actor, kind, entry_id, -1 if step == "up" else 1)
    )


@acting("freelancer")
@require_POST
def remove_file(request: HttpRequest, file_id: str) -> HttpResponse:
    return _change(request, "piece", lambda: entries.remove_piece_file(request.actor, file_id))


@acting("freelancer")
@require_POST
def remove_specialised(request: HttpRequest, sub_id: str) -> HttpResponse:
    return _change(request, "specialised", lambda: specialised.remove_specialised(request.actor, sub_id))


def _change(request: HttpRequest, anchor: str, act) -> HttpResponse:
    """A change without a form of its own; a refusal is raised and becomes a page or a message."""

    def run() -> str:
        act()
        return f"{reverse('profiles:edit')}#{anchor}"

    outcome = http.submit(request, run)
    if isinstance(outcome, Refused):
        raise outcome
    return section(request, anchor) if request.htmx else outcome


@acting("freelancer")
def edit_specialised(request: HttpRequest, sub_id: str = "") -> HttpResponse:
    """A specialised profile on a page of its own: it is a form of many fields."""
    profile = own_profile(request)
    sub = find_sub(profile.pk, sub_id) if sub_id else None
    if sub_id and sub is None:
        raise NotFound("profile")
    form = SpecialisedForm(
        *http.sent(request),
        initial=SpecialisedForm.first(sub) if sub else _from_general(profile),
        pieces=list_pieces(profile.pk),
    )
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _keep_specialised(request, form, sub_id))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    given = {"form": form, "sub": sub, "profile": profile, "fee_basis_points": fee_basis_points()}
    return http.page(request, "profiles/specialised.html", status=status, **given)


def _from_general(profile: Profile) -> dict:
    return {"rate": profile.rate_minor, "category": profile.category}


def _keep_specialised(request: HttpRequest, form: SpecialisedForm, sub_id: str) -> str:
    if sub_id:
        specialised.edit_specialised(request.actor, sub_id, form.terms())
    else:
        specialised.add_specialised(request.actor, form.terms())
    return f"{reverse('profiles:edit')}#specialised"
