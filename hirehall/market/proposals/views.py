"""Pages of proposals: writing one, one's own, the client's list, side by side, and one proposal for both sides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.kernel.events import list_events
from hirehall.market.jobs import queries as jobs
from hirehall.market.profiles.queries import (
    find_own,
    get_profile_for,
    label_skills,
    list_cards,
    list_subs,
    read_whole,
)
from hirehall.market.proposals import queries, rules, words
from hirehall.market.proposals.actions import deciding, sending
from hirehall.market.proposals.forms import DeclineForm, ProposalForm, TermsForm
from hirehall.market.proposals.policy import numbers
from hirehall.money.connects.queries import connects_held
from hirehall.money.payments.quoting import fees_between
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_party
from hirehall.people.messages.queries import find_room


@acting("freelancer")
def send(request: HttpRequest, job_id: str) -> HttpResponse:
    """Write a proposal: cost and what is left, the form, and how the client will see it."""
    actor = request.actor
    job = jobs.get_job_for(actor, job_id)
    mine = queries.find_mine(actor, job_id)
    if mine is not None:
        return http.go(request, reverse("proposals:detail", args=[mine.pk]))
    profile = find_own(actor)
    # A rate of another currency is no first value: the figures would mean something else.
    own_rate = profile.rate_minor if profile and profile.unit == job.unit else None
    first = {"price": job.budget_minor if job.kind == "fixed" else own_rate}
    form = ProposalForm(job, request.POST or None, request.FILES or None, initial=first, subs=list_subs(actor.party_id))
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _preview(actor, job, form)
        else:
            outcome = http.submit(request, lambda: _send(request, job_id, form))
            if not isinstance(outcome, Refused):
                return outcome
            http.add_refusal(form, outcome)
    held = connects_held(actor.party_id)
    return http.page(
        request,
        "proposals/send.html",
        http.UNPROCESSABLE if form.is_bound and form.errors else 200,
        job=job,
        job_skills=label_skills(job.skills),
        client=jobs.client_facts([job.client_id])[job.client_id],
        form=form,
        held=held,
        left=held - job.connects_price,
        preview=preview,
        profile=profile,
        fee_basis_points=fees_between(job.client_id, str(actor.party_id), job.unit).taken_basis_points,
    )


def _preview(actor, job, form: ProposalForm) -> queries.Row:
    """The row exactly as the client's list will show it."""
    terms = form.terms()
    cards = list_cards([actor.party_id], {actor.party_id: terms.sub_id})
    return queries.Row(
        id="", letter=rules.first_lines(terms.letter, numbers().letter_in_list), price_minor=terms.total_minor,
        unit=job.unit, kind=job.kind, sent_at=clock.now(), state="sent", unread=True, job_id=job.id, job_title="",
        client_name="", messaged=False, card=cards.get(actor.party_id), state_text=str(words.CLIENT_STATES["sent"]),
    )  # fmt: skip


def _send(request: HttpRequest, job_id: str, form: ProposalForm) -> str:
    proposal = sending.submit_proposal(request.actor, job_id, form.terms(), form.cleaned_data["files"])
    messages.success(request, _("Your proposal is sent."))
    return reverse("proposals:detail", args=[proposal.id])


@acting("freelancer")
def mine(request: HttpRequest) -> HttpResponse:
    """A freelancer's own proposals and what became of them."""
    tab = request.GET.get("tab") if request.GET.get("tab") in queries.MINE else "active"
    found = http.paginate(request, queries.list_mine_for(request.actor, tab), 20)
    rows = queries.rows_of(list(found), words.STATES, with_cards=False)
    counts = queries.count_mine_for(request.actor)
    numbered = {name: sum(counts.get(state, 0) for state in states) for name, states in queries.MINE.items()}
    return http.page(request, "proposals/mine.html", found=found, rows=rows, tab=tab, counts=numbered)


@acting("client")
def job_list(request: HttpRequest, job_id: str) -> HttpResponse:
    """The proposals to one of the client's jobs."""
    given = request.GET
    tab = given.get("tab") if given.get("tab") in queries.TABS else "all"
    order = given.get("order") if given.get("order") in queries.ORDERS else "newest"
    job = jobs.get_own_job(request.actor, job_id)
    found = http.paginate(request, queries.list_to_job(job, tab, order, bool(given.get("talking"))), 20)
    rows = queries.rows_of(list(found), words.CLIENT_STATES, with_cards=True)
    counts = queries.count_by_state(job_id)
    numbered = {name: sum(counts.get(state, 0) for state in states) for name, states in queries.TABS.items()}
    return http.page(
        request, "proposals/list.html", job=job, found=found, rows=rows, tab=tab, order=order, counts=numbered,
        talking=bool(given.get("talking")), most=numbers().compared_most,
    )  # fmt: skip


@acting("client")
def compare(request: HttpRequest, job_id: str) -> HttpResponse:
    """Some proposals side by side."""
    job = jobs.get_own_job(request.actor, job_id)
    wanted = request.GET.getlist("p")[: numbers().compared_most]
    found = [p for p in queries.list_to_job(job) if p.pk in wanted]
    rows = queries.rows_of(found, words.CLIENT_STATES, with_cards=True)
    return http.page(request, "proposals/compare.html", job=job, pairs=list(zip(found, rows, strict=True)))


@acting()
def detail(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """One proposal. Opening it counts as seen when its client does."""
    proposal = queries.get_proposal_for(request.actor, proposal_id)
    is_client = request.actor.party_id == proposal.client_id
    if is_client and request.method == "GET":
        proposal = deciding.view_proposal(request.actor, proposal_id)
    return _detail_page(request, proposal, is_client, DeclineForm())


def _detail_page(request: HttpRequest, proposal, is_client: bool, decline: DeclineForm) -> HttpResponse:
    table = words.CLIENT_STATES if is_client else words.STATES
    profile = get_profile_for(request.actor, proposal.freelancer_id, known=True)
    hidden = not is_client and proposal.messaged_at is None
    return http.page(
        request,
        "proposals/detail.html",
        http.UNPROCESSABLE if decline.errors else 200,
        proposal=proposal,
        job=proposal.job,
        is_client=is_client,
        whole=read_whole(profile, proposal.sub_id),
        state_text=table[queries.state_told(proposal)],
        reason_text=words.DECLINE_REASONS.get(proposal.reason, ""),
        client=None if is_client else jobs.client_facts([proposal.client_id])[proposal.client_id],
        client_name="" if hidden else get_party(proposal.client_id).name,
        qa=list(zip(proposal.job.questions, proposal.answers, strict=False)),
        files=queries.list_files(proposal.pk),
        room=find_room("proposal", proposal.pk),
        decline=decline,
        history=_history(proposal),
    )


def _history(proposal) -> list[tuple]:
    """The time line of a proposal for its own side."""
    told = {
        "proposal:submitted": _("Sent"), "proposal:viewed": _("Opened by the client"),
        "proposal:shortlisted": _("Put on the short list"), "proposal:messaged": _("The client wrote to you"),
        "proposal:declined": _("Declined"), "proposal:hired": _("Hired"), "proposal:withdrawn": _("Taken back"),
        "proposal:revised": _("Terms changed"), "proposal:closed": _("The job has ended"),
    }  # fmt: skip
    return [(told[e.name], e.at, "", "done") for e in list_events(proposal.pk, list(told))]


@acting("freelancer")
def revise(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Change the terms of a sent proposal."""
    proposal = queries.get_proposal_for(request.actor, proposal_id)
    first = {"price": proposal.price_minor}
    for number, (title, amount) in enumerate(proposal.parts, 1):
        first |= {f"part_{number}": title, f"amount_{number}": amount}
    form = TermsForm(proposal.job, request.POST or None, initial=first, unit=proposal.unit)
    if request.method == "POST" and form.is_valid():

        def keep() -> str:
            sending.revise_proposal(request.actor, proposal_id, form.terms())
            return reverse("proposals:detail", args=[proposal_id])

        outcome = http.submit(request, keep)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    fee = fees_between(proposal.job.client_id, proposal.freelancer_id, proposal.unit).taken_basis_points
    return http.page(
        request, "proposals/revise.html", status, proposal=proposal, job=proposal.job, form=form, fee_basis_points=fee
    )


@acting("freelancer")
@require_POST
def withdraw(request: HttpRequest, proposal_id: str) -> HttpResponse:
    return _do(request, proposal_id, lambda: sending.withdraw_proposal(request.actor, proposal_id), _("Taken back."))


@acting("client")
@require_POST
def shortlist(request: HttpRequest, proposal_id: str) -> HttpResponse:
    return _do(request, proposal_id, lambda: deciding.shortlist_proposal(request.actor, proposal_id), _("On the short list."))


@acting("client")
@require_POST
def archive(request: HttpRequest, proposal_id: str) -> HttpResponse:
    act = lambda: deciding.archive_proposal(request.actor, proposal_id)  # noqa: E731 - one line says it.
    return _do(request, proposal_id, act, _("Archived."), undo=True)


@acting("client")
@require_POST
def restore(request: HttpRequest, proposal_id: str) -> HttpResponse:
    return _do(request, proposal_id, lambda: deciding.restore_proposal(request.actor, proposal_id), _("Back in the list."))


@acting("client")
@require_POST
def decline(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Say no; without a reason the page asks for it and keeps everything."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, queries.get_proposal_for(request.actor, proposal_id), True, form)
    reason = form.cleaned_data["reason"]
    act = lambda: deciding.decline_proposal(request.actor, proposal_id, reason)  # noqa: E731 - one line says it.
    return _do(request, proposal_id, act, _("Declined."), undo=True)


@acting("client")
@require_POST
def talk(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Open the conversation."""
    outcome = http.submit(
        request, lambda: reverse("messages:room", args=[deciding.start_talk(request.actor, proposal_id).id])
    )
    return _or_back(request, proposal_id, outcome)


def _do(request: HttpRequest, proposal_id: str, act, said: str, undo: bool = False) -> HttpResponse:
    back = reverse("proposals:detail", args=[proposal_id])

    def and_return() -> str:
        act()
        tags = f"undo:{reverse('proposals:restore', args=[proposal_id])}" if undo else ""
        messages.success(request, said, extra_tags=tags)
        return back

    return _or_back(request, proposal_id, http.submit(request, and_return))


def _or_back(request: HttpRequest, proposal_id: str, outcome: HttpResponse | Refused) -> HttpResponse:
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, reverse("proposals:detail", args=[proposal_id]))
    return outcome
