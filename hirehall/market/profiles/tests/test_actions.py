"""Writes of profiles: limits by count, order, history, photos, files and who may open them, work counted from facts."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import events, files
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import Event
from hirehall.market.profiles import queries, terms
from hirehall.market.profiles.actions import basics, entries, portraits, records, specialised
from hirehall.market.profiles.policy import numbers
from hirehall.people.accounts.actors import NOBODY
from tests.support.jobs import run_jobs
from tests.support.profiles import OVERVIEW, make_profile, picture

JOB = terms.EmploymentTerms(company="Kano Labs", role="Developer", starts_on=date(2020, 1, 1))


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.feature("PRO-02")
def test_each_rate_is_remembered_once(cast):
    for rate in (4500, 5000, 5000):
        basics.change_parts(cast.ada, {"rate_minor": rate})
    assert [change.rate_minor for change in queries.list_rates(cast.ada.party_id)] == [5000, 4500]


@pytest.mark.feature("PRO-11")
def test_hours_with_their_next_change_are_shown(cast):
    make_profile(cast.ada)
    basics.change_parts(cast.ada, {"hours": "none", "hours_change_on": date(2026, 6, 1)})
    card = queries.list_cards([cast.ada.party_id])[cast.ada.party_id]
    assert (card.hours, card.hours_change_on) == ("none", date(2026, 6, 1))


@pytest.mark.feature("PRO-05")
def test_entries_stand_in_the_owners_order(cast):
    ids = [entries.keep_entry(cast.ada, JOB).pk for _ in range(3)]
    entries.move_entry(cast.ada, "employment", ids[0], -1)
    entries.move_entry(cast.ada, "employment", ids[2], -1)
    whole = queries.read_whole(queries.find_own(cast.ada))
    assert [row.pk for row in whole.employment] == [ids[2], ids[0], ids[1]]


def test_nobody_touches_foreign_entries(cast):
    mine = entries.keep_entry(cast.ada, JOB)
    for act in (
        lambda: entries.keep_entry(cast.ben, JOB, mine.pk),
        lambda: entries.remove_entry(cast.ben, "employment", mine.pk),
        lambda: entries.move_entry(cast.ben, "employment", mine.pk, 1),
    ):
        with pytest.raises(NotFound):
            act()


def test_public_profile_keeps_its_last_experience(cast):
    make_profile(cast.ada)
    only = queries.read_whole(queries.find_own(cast.ada)).employment[0]
    assert code_of(lambda: entries.remove_entry(cast.ada, "employment", only.pk)) == "entry:last"
    entries.keep_entry(cast.ada, terms.ExperienceTerms("Site of a club", "Two summers."))
    entries.remove_entry(cast.ada, "employment", only.pk)


@pytest.mark.feature("PRO-10", "PRO-15")
def test_languages_and_links_stand_once(cast):
    for entry in (terms.LanguageTerms("bn", "native"), terms.LinkTerms("https://github.com/ada")):
        kept = entries.keep_entry(cast.ada, entry)
        assert code_of(lambda entry=entry: entries.keep_entry(cast.ada, entry)) == "entry:twice"
        entries.keep_entry(cast.ada, entry, kept.pk)


def test_lists_end_somewhere(cast):
    for _ in range(numbers().entries_max):
        entries.keep_entry(cast.ada, JOB)
    assert code_of(lambda: entries.keep_entry(cast.ada, JOB)) == "profile:entries_many"


@pytest.mark.feature("PRO-07")
def test_piece_with_files_all_or_none(cast):
    make_profile(cast.ada)
    piece = entries.keep_entry(cast.ada, terms.PieceTerms("Booking", "Twelve clinics.", skills=("django",)))
    entries.add_piece_files(cast.ada, piece.pk, [picture(), picture(kind="JPEG")])
    script = SimpleUploadedFile("look.png", b"<script>alert(1)</script>")
    assert code_of(lambda: entries.add_piece_files(cast.ada, piece.pk, [picture(), script])) == "file:kind"
    many = [picture() for _ in range(7)]
    assert code_of(lambda: entries.add_piece_files(cast.ada, piece.pk, many)) == "profile:entries_many"
    shown = queries.list_pieces(cast.ada.party_id)[0].files.all()
    assert len(shown) == 2
    assert files.get_file_for(NOBODY, shown[0].file_id)
    with pytest.raises(NotFound):
        entries.remove_piece_file(cast.ben, shown[0].pk)
    entries.remove_piece_file(cast.ada, shown[0].pk)


@pytest.mark.feature("PRO-09")
def test_certificate_carries_its_file(cast):
    row = entries.keep_entry(cast.ada, terms.CertificationTerms("Data Engineer", "Cloud School", date(2024, 3, 1)))
    entries.attach_certificate(cast.ada, row.pk, picture())
    kept = queries.find_entry(cast.ada.party_id, "certification", row.pk)
    with pytest.raises(NotFound):
        files.get_file_for(cast.cyd, kept.file_id)
    make_profile(cast.ada)
    assert files.get_file_for(cast.cyd, kept.file_id)


@pytest.mark.feature("PRO-01")
@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("a.png", b""), "file:empty"),
        (SimpleUploadedFile("a.png", b"%PDF-1.7 no picture"), "file:kind"),
        (SimpleUploadedFile("a.gif", b"GIF89a" + b"\x00" * 40), "file:kind"),
        (SimpleUploadedFile("a.png", b"x" * (11 * 1024 * 1024)), "file:too_large"),
    ],
)
def test_wrong_photos_are_refused(cast, upload, code):
    assert code_of(lambda: portraits.set_photo(cast.ada, upload)) == code


def test_photo_of_a_members_profile_is_closed_to_visitors(cast):
    profile = make_profile(cast.ada)
    basics.change_parts(cast.ada, {"visibility": "members"})
    with pytest.raises(NotFound):
        files.get_file_for(NOBODY, profile.photo_id)
    assert files.get_file_for(cast.cyd, profile.photo_id)


@pytest.mark.feature("PRO-12")
def test_two_specialised_profiles_and_no_third(cast):
    make_profile(cast.ada)
    piece = entries.keep_entry(cast.ada, terms.PieceTerms("Model", "A data model."))
    given = specialised.SpecialisedTerms("Data models", OVERVIEW, 6000, ("sql",), piece_ids=(piece.pk,))
    first = specialised.add_specialised(cast.ada, given)
    specialised.add_specialised(cast.ada, given)
    assert code_of(lambda: specialised.add_specialised(cast.ada, given)) == "profile:entries_many"
    party_id = cast.ada.party_id
    card = queries.list_cards([party_id], {party_id: first.pk})[party_id]
    assert (card.title, card.rate_minor, card.sub_id) == ("Data models", 6000, first.pk)
    with pytest.raises(NotFound):
        specialised.edit_specialised(cast.ben, first.pk, given)
    specialised.remove_specialised(cast.ada, first.pk)
    assert len(queries.list_subs(party_id)) == 1


@action
def happen(name: str, subject_id: str, **data) -> None:
    events.record(name, subject_id, None, **data)


def told(name: str, subject_id: str, **data) -> Event:
    return Event(name=name, subject_id=subject_id, data=data)


@pytest.mark.feature("PRO-16")
def test_work_is_counted_from_what_happened(cast):
    make_profile(cast.ada)
    ada, cyd = cast.ada.party_id, cast.cyd.party_id
    for contract in ("c1", "c2", "c3"):
        records.count_start(told("contract:started", contract, freelancer=ada, client=cyd))
    records.count_pay(told("escrow:released", "c1", freelancer=ada, amount=150_000, unit="USD"))
    records.count_end(told("contract:ended", "c1", freelancer=ada, client=cyd, paid_minor=150_000, unit="USD"))
    records.count_end(told("contract:ended", "c2", freelancer=ada, client=cyd, paid_minor=0, unit="USD"))
    records.count_feedback(told("feedback:published", "f1", by_kind="client", about=ada, stars=480))
    records.count_feedback(told("feedback:published", "f2", by_kind="freelancer", about=cyd, stars=100))
    card = queries.list_cards([ada])[ada]
    assert (card.jobs_running, card.jobs_done, card.earned, card.rating, card.ratings) == (1, 1, "1k+", 480, 1)


@pytest.mark.feature("PRO-06")
def test_demand_follows_open_jobs(cast):
    basics.change_parts(cast.ada, {"category": "web-development"})
    happen("job:posted", "j1", skills=["react", "django", "react"], category="web-development", client=cast.cyd.party_id)
    happen("job:posted", "j2", skills=["react"], category="web-development", client=cast.cyd.party_id)
    run_jobs()
    found = queries.list_suggestions(queries.find_own(cast.ada))
    assert [(one.slug, one.jobs) for one in found][:2] == [("react", 2), ("django", 1)]
    happen("job:closed", "j1", reason="done", hired=False, client=cast.cyd.party_id)
    run_jobs()
    assert queries.count_demand() == {"react": 1}


def test_private_profile_opens_to_a_client_it_wrote_to(cast):
    make_profile(cast.ada)
    basics.change_parts(cast.ada, {"visibility": "private"})
    with pytest.raises(NotFound):
        queries.get_profile_for(cast.cyd, cast.ada.party_id)
    assert queries.get_profile_for(cast.cyd, cast.ada.party_id, known=True)
    assert queries.list_published_ids() == []
