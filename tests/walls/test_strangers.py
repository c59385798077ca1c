"""Everybody at every address and operation: the right ones come in, nobody else does, and staff only where a rule says so.

Real things of Ada and Cyd stand in the addresses. The walk (walk.py) is made once; the tests judge what it brought back.
"""

import pytest

from hirehall.people.accounts.actions import add_seat
from hirehall.people.accounts.queries import find_actor, get_user
from tests.support.cast import browse_as, sign_up
from tests.walls.addresses import list_addresses, list_operations
from tests.walls.bodies import TYPED
from tests.walls.digest import Stored, undone
from tests.walls.rights import OWNERS, SHOWN, STAFF_MAY, right_ones, unanswered
from tests.walls.walk import PEOPLE, Visit, walk

# Door -> its pattern, and the kinds of people that its guard names.
DOORS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{one.name: (one.pattern, getattr(one.view, "acting_kinds", ())) for one in list_addresses()},
    **{str(one): (one.path, getattr(one.view, "needed_kinds", ())) for one in list_operations()},
}


@pytest.fixture(scope="module")
def visits(made_once) -> list[Visit]:
    return walk(made_once)


def lines(found: list) -> str:
    return "\n".join(sorted(map(str, found)))


def test_every_part_of_an_address_has_an_owner_and_every_exception_a_door():
    assert {door: parts for door, (pattern, _) in DOORS.items() if (parts := unanswered(pattern))} == {}, "Say in rights.py whose they are."
    assert (set(SHOWN) | set(STAFF_MAY)) - set(DOORS) == set(), "Exceptions for doors that are gone."
    known = " ".join(pattern for pattern, _ in DOORS.values())
    assert [part for part in OWNERS if part not in known and not part.startswith(("payout", "published", "piece"))] == []


def test_nothing_breaks(visits):
    assert lines([visit for visit in visits if visit.status >= 500]) == ""
    assert lines([visit for visit in visits if visit.code == "api:invalid"]) == "", "These need a body in bodies.py."
    assert len(visits) > 3_000


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("who", PEOPLE)
def test_the_right_ones_come_in_and_nobody_else(visits, who):
    """At every door: in by reading or by writing where they belong, and by neither where they do not."""
    came_in = {visit.door for visit in visits if visit.who == who and visit.is_in}
    belongs = {door for door, (pattern, kinds) in DOORS.items() if who in right_ones(door, pattern, kinds)}
    seen = {door: lines([visit for visit in visits if visit.door == door and visit.who == who]) for door in came_in ^ belongs}
    assert lines([f"let in: {seen[door]}" for door in came_in - belongs]) == ""
    assert lines([f"kept out: {seen[door]}" for door in belongs - came_in]) == ""


def test_a_visitor_comes_in_nowhere_but_where_all_do(visits):
    opened = {door for door, (pattern, kinds) in DOORS.items() if "nobody" in right_ones(door, pattern, kinds)}
    assert {visit.door for visit in visits if visit.who == "nobody" and visit.is_in} == opened
    assert lines([visit for visit in visits if visit.who == "nobody" and visit.changed]) == ""


def test_only_the_two_read_what_is_theirs(visits):
    """Whatever door somebody came in by, their own pages included."""
    told = [visit for visit in visits if visit.tells and visit.who not in ("ada", "cyd") and not (visit.who == "sam" and visit.door in STAFF_MAY)]
    assert lines(told) == ""
    assert {visit.door for visit in visits if visit.tells and visit.who == "sam"} > {"disputes:staff_case", "books:findings"}
    assert len({visit.door for visit in visits if visit.tells}) > 30


def test_whoever_stays_outside_changes_nothing(visits):
    assert lines([f"{visit} changed {visit.changed}" for visit in visits if visit.changed and not visit.is_in]) == ""
    assert len([visit for visit in visits if visit.changed]) > 100


def test_no_answer_lets_foreign_or_inline_code_run(visits):
    """The policy of contents and its sisters stand on every answer, and no page needs an exception from them."""
    assert lines([f"{visit}: {fault}" for visit in visits for fault in visit.loose]) == ""


def test_staff_come_by_doors_of_their_own():
    """What is for staff names them at the door, and stands in the list with its reason."""
    assert {door for door, (_, kinds) in DOORS.items() if "staff" in kinds} == set(STAFF_MAY)


def test_a_viewer_of_the_company_reads_and_changes_nothing(world):
    vera = sign_up("Vera Look", "freelancer")
    add_seat(world.cast.cyd, vera.user_id, "viewer")
    viewer = find_actor(get_user(vera.user_id), world.cast.cyd.party_id)
    assert viewer.role == "viewer"
    browser, faults = browse_as(viewer), []
    browser.post(f"/account/switch/{world.cast.cyd.party_id}/")
    assert browser.get(f"/contracts/{world.things.ids['contract_id']}/").status_code == 200
    stored = Stored()
    for address in list_addresses():
        if "<id:" in address.pattern and address.name != "accounts:switch":
            with undone():
                stored.mark()
                status = browser.post(world.things.fill("/" + address.pattern), TYPED).status_code
                # Only that a notice was read is noted.
                if status >= 500 or set(stored.changed()) - {"notifications_notice"}:
                    faults.append(f"{address}: {status}, changed {stored.changed()}")
    assert lines(faults) == ""
