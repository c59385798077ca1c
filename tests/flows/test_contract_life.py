"""The life of contracts in any order: any party does anything at any time, twice, late, or while money is on its way.

Cyd hires Ada, in two currencies. Ben and Eve are rivals, Dot is another client: whatever they try is refused and
changes nothing. Cards fail, banks take money back, the gateway is out of reach or answers late, early or twice.
HIREHALL_LONG=1 plays 26 times as many lives, and looks at everything after each change.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.extra.django import TestCase
from hypothesis.stateful import run_state_machine_as_test

from tests.flows.contract_world import World
from tests.flows.dispute_steps import DisputeSteps
from tests.flows.extra_steps import ExtraSteps
from tests.flows.gateway_steps import GatewaySteps
from tests.flows.hire_steps import HireSteps
from tests.flows.life import LONG
from tests.flows.milestone_steps import MilestoneSteps
from tests.flows.money_steps import MoneySteps
from tests.flows.owing_steps import OwingSteps
from tests.flows.quiet_steps import QuietSteps

LIVES, STEPS = (130 if LONG else 5), 80


class ContractLife(HireSteps, MilestoneSteps, ExtraSteps, DisputeSteps, QuietSteps, OwingSteps, MoneySteps, GatewaySteps):
    """Two sides, three strangers, one of the staff, banks, a gateway that answers when it likes, and a clock."""


@pytest.mark.slow
@pytest.mark.feature("CTR-01", "CTR-02", "CTR-10", "CTR-11", "CTR-12", "CTR-13", "PAY-01", "PAY-03", "PAY-04", "PAY-07", "PAY-08")
class TestContractLife(TestCase):
    def test_no_order_of_steps_breaks_a_contract_or_loses_a_cent(self):
        ContractLife.world = World()
        run_state_machine_as_test(
            ContractLife,
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
