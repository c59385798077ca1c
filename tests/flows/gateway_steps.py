"""Steps of what nobody decides: jobs in any order, the gateway's weather, messages twice, early and late, and time."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.kernel import clock
from hirehall.kernel.ids import new_id
from hirehall.money.payments import settlement, webhooks
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.gateways.sandbox import NAME, message_of
from hirehall.money.payments.models import Refund
from hirehall.work.contracts.actions import endings, milestones, offers
from hirehall.work.disputes.actions.deadlines import pass_all_deadlines
from tests.flows.life import Life, snapshot
from tests.support.jobs import waiting

modes = st.sampled_from(["calm", "down", "lost", "hasty", "answers"])


class GatewaySteps(Life):
    """Whatever order the world takes, it comes to the same."""

    @precondition(lambda self: waiting())
    @rule(data=st.data())
    def one_job(self, data):
        """Any waiting job runs next, and perhaps a second time: the order is not ours."""
        due = [job for job in waiting() if job.scheduled_at is None or job.scheduled_at <= clock.now()]
        if due:
            self.work(data.draw(st.sampled_from(due)), times=data.draw(st.integers(1, 2)))
            self.check()

    @precondition(lambda self: waiting())
    @rule()
    def all_jobs(self):
        self.work_all()
        self.check()

    @rule(weather=st.lists(modes, min_size=1, max_size=3))
    def the_weather_turns(self, weather):
        """The next calls of the gateway fail, are lost on the way back, or are overtaken by their own messages."""
        self.gateway.weather.extend(weather)

    @rule(hours=st.sampled_from([1, 24, 24 * 4, 24 * 7, 24 * 14]))
    def time_passes(self, hours):
        self.pass_time(hours=hours)

    @rule(hours=st.sampled_from([24 * 7, 24 * 14]))
    def time_passes_while_messages_wait(self, hours):
        """The timers of contracts alone: results of charges are still on their way."""
        clock.advance(timedelta(hours=hours))
        milestones.release_all_due()
        endings.close_all_due()
        offers.expire_due_offers()
        pass_all_deadlines()
        self.check()

    @rule(data=st.data())
    def a_message_comes_again(self, data):
        told = list(SandboxEvent.objects.exclude(taken_at=None).exclude(kind="dispute").select_related("object").order_by("object__key", "state"))
        if not told:
            return
        event = data.draw(st.sampled_from(told))
        before = snapshot()
        news = (event.kind, event.object.key, event.state, event.reason)
        settlement.take_news(NAME, News(event.id, *news))
        assert snapshot() == before
        receipts = before.pop("payments_webhookreceipt")
        settlement.take_news(NAME, News(new_id(), *news))
        after = snapshot()
        assert after.pop("payments_webhookreceipt")[0] == receipts[0] + 1
        assert after == before

    @rule(data=st.data())
    def a_message_comes_early(self, data):
        """Before its turn: a decision before the dispute, a dispute before the payment."""
        coming = list(SandboxEvent.objects.filter(taken_at=None).order_by("object__key", "state"))
        if coming:
            webhooks.receive(NAME, *message_of(data.draw(st.sampled_from(coming)).id))
            self.check()

    @rule(data=st.data())
    def a_refund_comes_back(self, data):
        """The account behind the card is closed: what was paid back days ago returns."""
        paid = list(Refund.objects.filter(state="paid").order_by("pk"))
        if paid:
            refund = data.draw(st.sampled_from(paid))
            key = f"refund:{refund.pk}"
            SandboxObject.objects.filter(key=key).update(state="failed")
            settlement.take_news(NAME, News(new_id(), "refund", key, "failed", "account_closed"))
            self.check()
