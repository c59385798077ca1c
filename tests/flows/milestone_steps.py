"""Steps of milestones: paid in, worked on, handed in, changed, released."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from hirehall.work.contracts.actions import milestones
from hirehall.work.contracts.models import Milestone
from tests.flows.contract_world import PATHS, SIDES, amounts, anybody
from tests.flows.life import Life


class MilestoneSteps(Life):
    """Whoever does what to a milestone, it goes only where it may, and no other one moves."""

    @rule(data=st.data(), who=anybody, what=st.sampled_from(sorted(PATHS)), amount=amounts)
    def try_a_milestone(self, data, who, what, amount):
        """Anything by anybody."""
        self.move(data.draw(st.sampled_from(list(Milestone.objects.order_by("pk")))), who, what, amount)

    @rule(data=st.data(), amount=amounts)
    def move_a_milestone(self, data, amount):
        """What is its turn, by whose turn it is: so that lives get long."""
        moves = [
            (part, what)
            for part in Milestone.objects.exclude(state="cancelled").order_by("pk")
            for what in sorted(PATHS)
            if any(start == part.state != end for start, end in PATHS[what])
        ]
        if moves:
            part, what = data.draw(st.sampled_from(moves))
            self.move(part, SIDES[what], what, amount)

    @rule(data=st.data(), amount=amounts)
    def move_a_milestone_again(self, data, amount):
        self.move_a_milestone(data=data, amount=amount)

    def move(self, part, who, what, amount):
        acts = {
            "fund": lambda actor: milestones.fund_milestone(actor, part.pk),
            "submit": lambda actor: milestones.submit_work(actor, part.pk, "Here it is."),
            "ask_changes": lambda actor: milestones.ask_changes(actor, part.pk, "Warmer."),
            "approve": lambda actor: milestones.approve_milestone(actor, part.pk, amount),
        }
        others = self.other_milestones(part.pk)
        if self.attempt(who, acts[what], sides=(SIDES[what],)):
            state = Milestone.objects.get(pk=part.pk).state
            assert (part.state, state) in PATHS[what], f"{what}: {part.state} became {state}"
            assert self.other_milestones(part.pk) == others

    def other_milestones(self, but):
        return list(Milestone.objects.exclude(pk=but).order_by("pk").values())
