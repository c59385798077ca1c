"""Talking: who may, what is stopped, what the other side sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.people.accounts.models import Party
from hirehall.people.messages.actions import (
    join_subject,
    mark_contract_started,
    mark_seen,
    open_room,
    post_message,
    post_notice,
)
from hirehall.people.messages.models import Post
from hirehall.people.messages.queries import count_unread, find_room, get_room_for, list_lines_for
from hirehall.people.notifications.queries import list_notices_for
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time

SUBJECT = "0" * 26


@pytest.fixture
def room(cast):
    return open_room("proposal", SUBJECT, "Shop design", [cast.ada.party_id, cast.cyd.party_id])


def texts(actor, room):
    return [(line.author, line.mine, line.text) for line in list_lines_for(actor, room)[0]]


@pytest.mark.feature("MSG-01")
def test_both_sides_see_a_message_and_only_the_other_has_it_new(cast, room):
    post_message(cast.cyd, room.id, "Could you start on Monday?")
    assert texts(cast.cyd, room) == [("Cyd Works", True, "Could you start on Monday?")]
    assert texts(cast.ada, room) == [("Cyd Works", False, "Could you start on Monday?")]
    assert (count_unread(cast.ada), count_unread(cast.cyd)) == (1, 0)


@pytest.mark.feature("MSG-01")
def test_reading_is_seen_by_the_writer(cast, room):
    post_message(cast.cyd, room.id, "Hello")
    assert not list_lines_for(cast.cyd, room)[0][0].seen
    mark_seen(cast.ada, room.id)
    assert list_lines_for(cast.cyd, room)[0][0].seen
    assert count_unread(cast.ada) == 0


def test_several_messages_before_a_reading_make_one_notice(cast, room):
    for text in ("One", "Two", "Three"):
        post_message(cast.cyd, room.id, text)
    assert len(list_notices_for(cast.ada)) == 1
    mark_seen(cast.ada, room.id)
    post_message(cast.cyd, room.id, "Four")
    assert len(list_notices_for(cast.ada)) == 2


def test_a_room_is_opened_once_for_a_subject(cast, room):
    assert open_room("proposal", SUBJECT, "Other title", [cast.eve.party_id]).id == room.id
    with pytest.raises(NotFound):
        get_room_for(cast.eve, room.id)


@pytest.mark.parametrize("who", ["ben", "dot", "eve", "sam"])
def test_others_neither_read_nor_write(cast, room, who):
    stranger = getattr(cast, who)
    with pytest.raises(NotFound):
        post_message(stranger, room.id, "Let me in")
    assert browse_as(stranger).get(f"/messages/{room.id}/").status_code == 404
    assert browse_as(stranger).post(f"/messages/{room.id}/thread/", {"text": "x"}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(room):
    answer = browse_as(None).get(f"/messages/{room.id}/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "message:empty"), ("  \n ", "message:empty"), ("x" * 10_001, "message:long")],
)
def test_empty_and_endless_messages_are_refused(cast, room, text, code):
    with pytest.raises(Refused) as caught:
        post_message(cast.ada, room.id, text)
    assert caught.value.code == code
    assert Post.objects.count() == 0


@pytest.mark.feature("TRU-01")
def test_contact_details_are_stopped_before_a_contract_and_free_after(cast, room):
    text = "Call me at +44 20 7946 0958 please"
    with pytest.raises(Refused) as caught:
        post_message(cast.ada, room.id, text)
    assert caught.value.code == "screening:contact_before_contract"
    assert "+44 20 7946 0958" in caught.value.sentence
    assert Post.objects.count() == 0
    mark_contract_started("proposal", SUBJECT)
    post_message(cast.ada, room.id, text)
    assert texts(cast.cyd, room)[0][2] == text


@pytest.mark.feature("TRU-01")
def test_payment_outside_is_stopped_after_a_contract_too(cast, room):
    mark_contract_started("proposal", SUBJECT)
    with pytest.raises(Refused) as caught:
        post_message(cast.ada, room.id, "Just pay me at paypal.me/adaobi and skip the fee")
    assert caught.value.code == "screening:outside_payment"


@pytest.mark.feature("TRU-01")
def test_a_refused_message_stays_in_the_form_with_what_to_take_out(cast, room):
    answer = browse_as(cast.ada).post(f"/messages/{room.id}/", {"text": "Mail ada@mailbox.com today", "once": "a"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mail ada@mailbox.com today</textarea>" in page
    assert "<mark" in page


@pytest.mark.feature("MSG-01")
def test_files_are_sent_and_open_only_to_the_room(cast, room):
    upload = SimpleUploadedFile("brief.txt", b"The brief of the shop.")
    post_message(cast.cyd, room.id, "Here is the brief", [upload])
    file = list_lines_for(cast.ada, room)[0][0].files[0]
    assert browse_as(cast.ada).get(f"/file/{file.id}/").content == b"The brief of the shop."
    assert browse_as(cast.eve).get(f"/file/{file.id}/").status_code == 404
    assert browse_as(None).get(f"/file/{file.id}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file:empty"), (b"MZ\x90\x00\x03binary\xff", "file:kind"), (b"<html><script>", "file:kind")],
)
def test_a_bad_file_stops_the_whole_message(cast, room, content, code):
    with pytest.raises(Refused) as caught:
        post_message(cast.cyd, room.id, "Look", [SimpleUploadedFile("a.png", content)])
    assert caught.value.code == code
    assert Post.objects.count() == 0


def test_the_same_form_twice_posts_once(cast, room):
    browser = browse_as(cast.ada)
    for _ in range(2):
        assert browser.post(f"/messages/{room.id}/", {"text": "Hello", "once": "k"}).status_code == 303
    assert Post.objects.count() == 1


def test_a_suspended_party_may_still_talk_in_its_rooms(cast, room):
    Party.objects.filter(pk=cast.ada.party_id).update(standing="suspended")
    post_message(cast.ada, room.id, "I can still explain.")
    assert Post.objects.count() == 1


def test_the_house_notes_what_happened(cast, room):
    post_notice(room.id, "The offer was accepted.")
    assert texts(cast.ada, room) == [(None, False, "The offer was accepted.")]


def test_a_proposals_room_goes_on_as_the_contracts(cast, room):
    post_message(cast.cyd, room.id, "Hello")
    join_subject(room.id, "contract", "1" * 26)
    assert find_room("contract", "1" * 26).id == room.id
    assert find_room("proposal", SUBJECT) is None


@pytest.mark.feature("MSG-01")
def test_long_rooms_are_paged_and_searched(cast, room, django_assert_max_num_queries):
    for number in range(45):
        pass_time(minutes=1)
        post_message(cast.cyd, room.id, f"Line {number} about kettles")
    lines, older = list_lines_for(cast.ada, room)
    assert len(lines) == 40
    earlier, end = list_lines_for(cast.ada, room, older)
    assert [line.text for line in earlier] == [f"Line {n} about kettles" for n in range(5)]
    assert end == ""
    browser = browse_as(cast.ada)
    browser.get("/messages/")
    with django_assert_max_num_queries(20):
        assert browser.get(f"/messages/{room.id}/").status_code == 200
    assert "Shop design" in browser.get("/messages/?q=kettles").content.decode()
    assert "Shop design" not in browser.get("/messages/?q=teapots").content.decode()


@pytest.mark.feature("OPS-03")
def test_programs_talk_too(cast, room, client):
    ada, eve = call_as(cast.ada), call_as(cast.eve)
    sent = client.post(
        f"/api/v1/messages/{room.id}", {"text": "Hello"}, content_type="application/json", headers=ada
    )
    assert sent.status_code == 201
    assert client.get(f"/api/v1/messages/{room.id}", headers=ada).json()["lines"][0]["text"] == "Hello"
    assert [r["unread"] for r in client.get("/api/v1/messages", headers=call_as(cast.cyd)).json()["items"]] == [1]
    assert client.post(f"/api/v1/messages/{room.id}/seen", headers=call_as(cast.cyd)).status_code == 204
    assert client.get(f"/api/v1/messages/{room.id}", headers=eve).status_code == 404
    refused = client.post(
        f"/api/v1/messages/{room.id}", {"text": "mail a@mailbox.com"}, content_type="application/json", headers=ada
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "screening:contact_before_contract")


@pytest.mark.feature("MSG-01")
def test_too_many_messages_in_a_minute_wait(cast, room, client):
    for number in range(40):
        post_message(cast.cyd, room.id, f"Number {number}")
    answer = browse_as(cast.cyd).post(f"/messages/{room.id}/", {"text": "One more, <kept>"})
    assert answer.status_code == 422
    assert "Go on in 60 seconds" in answer.content.decode()
    assert "One more, &lt;kept&gt;" in answer.content.decode()
    refused = client.post(f"/api/v1/messages/{room.id}", {"text": "One more"}, "application/json", headers=call_as(cast.cyd))
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "pace:too_fast")
    assert Post.objects.count() == 40
    post_message(cast.ada, room.id, "I can still answer.")


@pytest.mark.feature("MSG-01")
@pytest.mark.parametrize("words", ["\x00ab", "\x00", "' OR 1", "🙂" * 60, '"open quote'])
def test_nonsense_in_the_search_finds_nothing_and_breaks_nothing(cast, room, words):
    assert browse_as(cast.ada).get("/messages/", {"q": words}).status_code == 200
