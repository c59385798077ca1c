"""Every form gets nonsense from the person it belongs to: a sentence in return, nothing broken, nothing half-done."""

import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from hirehall.people.accounts.actors import Actor
from tests.support.cast import browse_as
from tests.walls.addresses import list_addresses
from tests.walls.bodies import TYPED
from tests.walls.digest import Stored, undone
from tests.walls.rights import STAFF_MAY

FORM = "application/x-www-form-urlencoded"
# As many bytes as a long text pasted by accident has, below the limit of a whole request.
HUGE = "w" * 1_000_000
LONG_FIELDS = ("text", "message", "reasons", "reply", "letter", "description", "overview", "title")
NOTHING = "%e2%80%8b%e3%85%a4"
SCRIPT = "<script>alert(1)</script>{{7*7}}'\";--"
NUMBERS = ("1" + "0" * 30, "-1", "abc", "١٢", "1e999", "NaN", "0x10", "1,2,3", "99.999", " ")
# What a button or a script alone sends.
BUTTONS = ("/remove/", "/notices/devices/", "/methods/begin/", "/plans/leave/", "/plans/stay/", "/plans/pay/", "/retry/", "/take-back/")


def encoded(fields: dict[str, str | list[str]]) -> bytes:
    """A form as its bytes; a value may be quoted already."""
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    return "&".join(f"{quote(name)}={one if one.startswith('%') else quote(one)}" for name, one in pairs).encode()


MANY = encoded({f"field_{n}": "x" for n in range(5_000)})


def nonsense(names: list[str]) -> dict[str, bytes]:
    """Kind of nonsense -> the body of a form with it in every field."""
    plain = {name: TYPED.get(name, "1") for name in names}
    return {
        "nothing": b"",
        "everything twice": encoded({name: [TYPED.get(name, "1"), "2", ""] for name in names}),
        "a million letters": encoded({**plain, next(name for name in LONG_FIELDS if name in names): HUGE}),
        "zero bytes": encoded(dict.fromkeys(names, "%00a%00")),
        "unseen signs in right values": encoded({name: f"%07{quote(value)}%e2%80%ae%c2%9b1%e2%81%a6" for name, value in plain.items()}),
        "nothing to see": encoded(dict.fromkeys(names, NOTHING)),
        "half letters": encoded(dict.fromkeys(names, "%ed%a0%80%ff")),
        "numbers that are none": encoded({name: NUMBERS[place % len(NUMBERS)] for place, name in enumerate(sorted(names))}),
        "a number beyond all": encoded(dict.fromkeys(names, NUMBERS[0])),
        "a script": encoded(dict.fromkeys(names, SCRIPT)),
        "too many fields": MANY,
        "no form at all": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    }  # fmt: skip


def runs_on(browser, answer) -> list[str]:
    """Where a script that was kept stands unescaped: on the page that the form leads to."""
    onward = answer["Location"]
    shown = browser.get(onward) if onward.startswith("/") else None
    return [onward] if shown is not None and not shown.streaming and b"<script>alert(1)" in shown.content else []


def says_why(text: str) -> bool:
    """The answer is a page with a sentence for people in it, not a trace of ours."""
    return "Traceback" not in text and len(re.sub(r"<[^>]+>", "", text).split()) > 3


def try_all(actor: Actor, browser: Client, path: str, stored: Stored) -> list[str]:
    """What is wrong with the answers of one address to one person."""
    faults, given = [], []
    with undone():
        found = browser.get(path)
    shown = "" if found.streaming else found.content.decode(errors="replace")
    names = sorted({*TYPED, *re.findall(r'name="([a-z0-9_-]+)"', shown)} - {"csrfmiddlewaretoken", "once"})
    # Nothing is typed where there are only buttons and choices; what takes no GET has its form on another page.
    typed = not path.endswith(BUTTONS) and not path.startswith("/styleguide/") and (found.status_code != 200 or re.search('<textarea|<input[^>]+type="text"', shown))
    for kind, body in nonsense(names).items():
        with transaction.atomic():
            stored.mark()
            answer = browser.post(path, body, content_type=FORM)
            text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
            if left := stored.unseen():
                faults.append(f"{actor.name} {path}: {kind} leaves unseen signs in {left}")
            if answer.status_code >= 500:
                faults.append(f"{actor.name} {path}: {kind} gives {answer.status_code}")
            elif answer.status_code in (403, 404, 405):
                transaction.set_rollback(True)
                return faults
            elif answer.status_code in (302, 303) and kind == "a script":
                faults += [f"{actor.name} {path}: {kind} is kept and runs on {where}" for where in runs_on(browser, answer)]
            elif answer.status_code in (200, 400, 409, 413, 422, 429):
                if left := stored.changed():
                    faults.append(f"{actor.name} {path}: {kind} answers {answer.status_code} and changed {left}")
                if answer.status_code != 200 and not says_why(text):
                    faults.append(f"{actor.name} {path}: {kind} answers {answer.status_code} without a word")
                if "<script>alert(1)" in text:
                    faults.append(f"{actor.name} {path}: {kind} comes back as a script")
                if kind == "a script" and answer.status_code == 422 and typed and "&lt;script&gt;alert(1)" not in text:
                    faults.append(f"{actor.name} {path}: what was typed is lost")
            transaction.set_rollback(True)
        given.append(answer.status_code)
        if given == [200, 200]:
            # Neither an empty form nor a full one is anything else than a look: nothing that is sent is read here.
            return faults
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("who", ["ada", "cyd", "sam"])
def test_nonsense_breaks_no_form(world, who):
    # As a client Sam meets what Cyd meets; here he goes through what only staff have.
    own = [one for one in list_addresses() if who != "sam" or one.name in STAFF_MAY]
    paths = {world.things.fill("/" + one.pattern) for one in own}
    actor = getattr(world.cast, who)
    browser, stored = browse_as(actor), Stored()
    # That somebody is here is noted once.
    browser.get("/notices/")
    assert len(paths) > (20 if who == "sam" else 150)
    assert "\n".join(fault for path in sorted(paths) for fault in try_all(actor, browser, path, stored)) == ""
    assert stored.changed_at_all() == []
