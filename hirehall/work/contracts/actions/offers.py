"""Offers and counter-offers, until both want the same."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.kernel.pace import keep_pace
from hirehall.market.jobs.queries import get_own_job
from hirehall.market.proposals.queries import get_proposal_for, lock_proposal
from hirehall.money.payments import fees
from hirehall.money.payments.actions.recovery import check_owes_nothing
from hirehall.money.payments.currencies import why_not_unit
from hirehall.money.payments.policy import taken
from hirehall.money.payments.queries import has_verified_method, preferred_unit
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said
from hirehall.work.contracts import extra_rules, queries, rules
from hirehall.work.contracts.actions.starting import start_contract
from hirehall.work.contracts.models import Contract, Offer, OfferVersion
from hirehall.work.contracts.policy import extra_numbers_in, numbers, numbers_in
from hirehall.work.contracts.versions import latest_by


def told(offer: Offer) -> dict[str, str]:
    """What events say of an offer."""
    return {"job": offer.job_id, "freelancer": offer.freelancer_id, "client": offer.client_id, "offer": offer.id}


def _tell(offer: Offer, party_id: str, what: str, title: str) -> None:
    link, count = reverse("contracts:offer", args=[offer.id]), offer.versions.count()
    notify(party_id, f"offer.{what}", link=link, key=f"offer-{what}:{offer.id}:{count}", title=title)
    for side in (offer.client_id, offer.freelancer_id):
        live.push(f"party:{side}", f"offer-{offer.id}")


def _check_may_hire(actor: Actor) -> None:
    refuse(why_not_act(actor.role, "hire", get_party(actor.party_id).standing))
    check_owes_nothing(actor, str(actor.party_id))


@action
def make_offer(
    actor: Actor,
    terms: rules.OfferTerms,
    *,
    proposal_id: str = "",
    job_id: str = "",
    freelancer_id: str = "",
    unit: str = "",
    note: str = "",
    is_test: bool = False,
    fee_kind: str = fees.MARKET,
) -> Offer:
    """The client offers a contract: on a proposal, on a job, or straight to a freelancer they know.

    The first two are in the unit of the proposal or the job; a direct one in `unit`, or in the client's usual one.
    A paid test is a small contract on a proposal, which stays open for the real offer. `fee_kind` is direct where the
    freelancer brought the client.
    """
    if not actor.is_client:
        raise Refused("offer:not_client", "Offers are made by clients; freelancers answer them.")
    _check_may_hire(actor)
    keep_pace("offers_an_hour", actor.party_id)
    freelancer_id, job_id, fixed_unit = _answered(actor, proposal_id, job_id, freelancer_id)
    unit = _unit_of(actor, unit, fixed_unit)
    refuse(_why_not_terms(terms, unit, is_test=is_test, has_proposal=bool(proposal_id)))
    if get_party(freelancer_id).kind == "client":
        raise Refused("offer:not_freelancer", "Offers go to freelancers and agencies.")
    if not has_verified_method(actor.party_id):
        raise Refused("payment:not_verified", "Verify a payment method first; the first milestone is paid in at the start.")
    offer = Offer(
        client_id=actor.party_id, freelancer_id=freelancer_id, job_id=job_id, proposal_id=proposal_id,
        title=terms.title.strip(), unit=unit, is_test=is_test, fee_kind=fee_kind,
    )  # fmt: skip
    _open(offer)
    _add_version(offer, actor, terms, note)
    _tell(offer, freelancer_id, "made", said("%(name)s offers you “%(title)s”", name=actor.name, title=offer.title))
    events.record("offer:made", offer.id, actor, **told(offer))
    return offer


def _why_not_terms(terms: rules.OfferTerms, unit: str, *, is_test: bool, has_proposal: bool) -> Refused | None:
    """What is wrong with terms in a unit; those of a paid test are small besides."""
    against = rules.why_not_terms(terms, numbers_in(unit))
    if against is None and is_test:
        return extra_rules.why_not_test(terms, has_proposal, unit, clock.now(), extra_numbers_in(unit))
    return against


def _open(offer: Offer) -> None:
    """Keep a new offer; one at a time on a proposal."""
    offer.state, offer.made_at = rules.OfferState.OPEN, clock.now()
    offer.expires_at = offer.made_at + timedelta(days=numbers().offer_days)
    try:
        with transaction.atomic():
            offer.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("offer:exists", "There is an open offer on this proposal; change that one.") from error


def _answered(actor: Actor, proposal_id: str, job_id: str, freelancer_id: str) -> tuple[str, str, str]:
    """To whom the offer goes, on which job, and in which unit that is already ("" for a direct one)."""
    if proposal_id:
        proposal = get_proposal_for(actor, proposal_id)
        if proposal.client_id != actor.party_id:
            raise NotFound("proposal")
        refuse(rules.why_not_hire(proposal.state))
        return proposal.freelancer_id, proposal.job_id, proposal.unit
    return freelancer_id, job_id, get_own_job(actor, job_id).unit if job_id else ""


def _unit_of(actor: Actor, asked: str, fixed: str) -> str:
    """The unit of a new offer."""
    if fixed and asked not in ("", fixed):
        raise Refused("offer:unit_kept", "What this offer answers is in %(unit)s; so is the offer.", values={"unit": fixed}, field="unit")
    unit = fixed or asked or preferred_unit(actor.party_id)
    refuse(why_not_unit(unit, taken(), "offer:unit"))
    return unit


def _add_version(offer: Offer, actor: Actor, terms: rules.OfferTerms, note: str) -> OfferVersion:
    versions = queries.list_versions(offer.id)
    if versions and versions[-1].terms == terms.as_json():
        raise Refused("offer:same", "These are the terms that stand already.")
    return OfferVersion.objects.create(
        offer=offer,
        number=len(versions) + 1,
        by_party_id=actor.party_id,
        terms=terms.as_json(),
        note=note.strip()[:2000],
        at=clock.now(),
    )


@action
def request_change(actor: Actor, offer_id: str, terms: rules.OfferTerms, note: str = "") -> OfferVersion:
    """A counter-offer of either side; the other side's last version stays acceptable. Also a client's revision."""
    now = clock.now()
    offer = queries.lock_offer_for(actor, offer_id)
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))
    refuse(rules.why_not_answer(offer.state, offer.expires_at, now))
    refuse(_why_not_terms(terms, offer.unit, is_test=offer.is_test, has_proposal=bool(offer.proposal_id)))
    if queries.count_versions_since(offer_id, actor.party_id, now - timedelta(hours=1)) >= numbers().changes_an_hour:
        raise Refused("offer:too_many", "At most %(most)s changes an hour; talk about it first.", values={"most": numbers().changes_an_hour})
    version = _add_version(offer, actor, terms, note)
    Offer.objects.filter(pk=offer_id).update(
        title=terms.title.strip(), expires_at=now + timedelta(days=numbers().offer_days)
    )
    other = offer.freelancer_id if actor.party_id == offer.client_id else offer.client_id
    _tell(offer, other, "changed", said("%(name)s proposes other terms for “%(title)s”", name=actor.name, title=offer.title))
    events.record("offer:changed", offer.id, actor, number=version.number, **told(offer))
    return version


@action
def accept_offer(actor: Actor, offer_id: str) -> Contract:
    """Accept the other side's latest terms: the contract starts and the first milestone is charged.

    Accepting twice leads to the same contract.
    """
    now = clock.now()
    offer = queries.lock_offer_for(actor, offer_id)
    if offer.state == rules.OfferState.ACCEPTED:
        return queries.get_contract_for(actor, offer.contract_id)
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))
    refuse(rules.why_not_answer(offer.state, offer.expires_at, now))
    check_owes_nothing(actor, offer.client_id)
    other = offer.freelancer_id if actor.party_id == offer.client_id else offer.client_id
    version = latest_by(queries.list_versions(offer_id), other)
    if version is None:
        raise Refused("offer:own_terms", "These are your own terms; wait for the other side.")
    if offer.proposal_id:
        refuse(rules.why_not_hire(lock_proposal(offer.proposal_id).state))
    contract = start_contract(offer, rules.terms_from(version.terms))
    Offer.objects.filter(pk=offer_id).update(
        state=rules.OfferState.ACCEPTED, answered_at=now, contract_id=contract.id, title=contract.title
    )
    _tell(offer, other, "accepted", said("%(name)s accepted: “%(title)s” starts", name=actor.name, title=contract.title))
    events.record("offer:accepted", offer.id, actor, contract=contract.id, **told(offer))
    return contract


@action
def decline_offer(actor: Actor, offer_id: str) -> Offer:
    """Either side ends the talk about an offer: the freelancer declines, the client withdraws."""
    offer = queries.lock_offer_for(actor, offer_id)
    wanted = rules.OfferState.WITHDRAWN if actor.party_id == offer.client_id else rules.OfferState.DECLINED
    # A suspended account may still say no: only the role counts.
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", "good"))
    if offer.state == wanted:
        return offer
    refuse(rules.why_not_answer(offer.state, offer.expires_at, clock.now()))
    offer.state, offer.answered_at = wanted, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    other = offer.freelancer_id if actor.party_id == offer.client_id else offer.client_id
    _tell(offer, other, wanted.value, said("%(name)s ended the talk about “%(title)s”", name=actor.name, title=offer.title))
    events.record(f"offer:{wanted.value}", offer.id, actor, **told(offer))
    return offer


@action
def expire_offer(offer_id: str) -> None:
    """An offer that nobody answered ends by itself."""
    offer = Offer.objects.select_for_update().get(pk=offer_id)
    if offer.state == rules.OfferState.OPEN and offer.expires_at <= clock.now():
        offer.state, offer.answered_at = rules.OfferState.EXPIRED, clock.now()
        offer.save(update_fields=["state", "answered_at"])
        for side in (offer.client_id, offer.freelancer_id):
            _tell(offer, side, "expired", said("The offer “%(title)s” has expired", title=offer.title))
        events.record("offer:expired", offer.id, None, **told(offer))


def expire_due_offers() -> int:
    return act_on_each(queries.list_expired_offers(clock.now()), expire_offer)
