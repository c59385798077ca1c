"""Notices in a browser whose market is closed, in real Chromium: turned on, shown once, opened, turned off."""

import json
import re

import pytest

from tests.browser.test_look_signed_in import join
from tests.browser.walks import faults
from tests.support.push import Browser

# Chromium's own push service is far away. Everything else is real: the script that it keeps, the leave that it gives,
# the message that it hands over and the notice that it shows.
SUBSCRIBE = """
const made = { ...%s, toJSON: () => made };
PushManager.prototype.subscribe = async (wanted) => {
  if (!wanted.userVisibleOnly || wanted.applicationServerKey.length !== 65) throw new TypeError("no key");
  sessionStorage.setItem("subscribed", "1");
  return made;
};
PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("subscribed") ? made : null);
"""
SHOWN = """async () => {
  const kept = await navigator.serviceWorker.getRegistration("/notices/");
  return (await kept.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
}"""
NOTICE = {"title": "“Draft” is funded", "body": "$400.00 is in escrow.", "tag": "01m85gmxtfm00ngx967asaqbzj"}


def pushed(page) -> None:
    given = Browser().given
    told = {"endpoint": given["endpoint"], "keys": {"p256dh": given["p256dh"], "auth": given["auth"]}}
    page.context.add_init_script(SUBSCRIBE % json.dumps(told))


class Deliveries:
    """Messages handed to the browser as its push service does."""

    def __init__(self, page, origin: str):
        self.cdp = page.context.new_cdp_session(page)
        self.kept: dict[str, str] = {}
        self.cdp.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.cdp.send("ServiceWorker.enable")
        page.wait_for_timeout(300)
        self.page, self.origin = page, origin

    def _note(self, told) -> None:
        self.kept |= {one["scopeURL"]: one["registrationId"] for one in told["registrations"]}

    def hand_over(self, notice: dict[str, str]) -> None:
        number = self.kept[f"{self.origin}/notices/"]
        given = {"origin": self.origin, "registrationId": number, "data": json.dumps(notice)}
        self.cdp.send("ServiceWorker.deliverPushMessage", given)
        self.page.wait_for_timeout(500)


@pytest.mark.feature("MSG-02")
def test_turned_on_shown_once_and_turned_off(market, open_page):
    page = join(market, open_page, "freelancer")
    pushed(page)
    page.context.grant_permissions(["notifications"])
    page.goto("/notices/settings/")
    page.get_by_role("button", name="Turn on in this browser").click()
    page.get_by_text("This browser shows your notices now.").wait_for()
    assert page.get_by_text("Turned on").is_visible()
    page.get_by_text("This browser shows your notices.").wait_for()
    assert not page.get_by_role("button", name="Turn on in this browser").is_visible()
    assert faults(page) == []

    deliveries = Deliveries(page, market.address)
    # Who looks at the market has its bell.
    deliveries.hand_over({"title": "Seen", "body": "", "tag": "0" * 26})
    assert page.evaluate(SHOWN) == []
    page.goto("about:blank")
    for _ in range(2):
        deliveries.hand_over(NOTICE)
    page.goto("/healthz")
    assert page.evaluate(SHOWN) == [NOTICE]

    page.goto("/notices/settings/")
    page.get_by_role("button", name=re.compile("^Turn off")).click()
    page.get_by_text("shows no more notices").wait_for()
    assert page.get_by_role("button", name="Turn on in this browser").is_visible()
    assert page.problems == []


def test_who_forbade_it_reads_how_to_allow_it(market, open_page):
    page = join(market, open_page, "freelancer")
    page.context.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' });")
    page.goto("/notices/settings/")
    assert page.get_by_text("You told this browser to show nothing").is_visible()
    assert page.get_by_role("button", name="Turn on in this browser").count() == 0


def test_a_browser_that_fails_says_so_and_the_button_stays(market, open_page):
    page = join(market, open_page, "freelancer")
    page.context.grant_permissions(["notifications"])
    page.context.add_init_script("PushManager.prototype.subscribe = async () => { throw new DOMException('x', 'AbortError'); };")
    page.goto("/notices/settings/")
    page.get_by_role("button", name="Turn on in this browser").click()
    page.get_by_text("could not reach its push service").wait_for()
    assert page.get_by_role("button", name="Turn on in this browser").is_enabled()
    assert faults(page) == []
