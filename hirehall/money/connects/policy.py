"""The numbers of Connects as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.connects import rules

ConnectsPolicy = policy.section("connects")(rules.ConnectsPolicy)


def numbers() -> rules.ConnectsPolicy:
    """The numbers in force."""
    return policy.of(ConnectsPolicy)


def proposal_price(**job: object) -> int:
    """What a proposal for a job costs now; see rules.price_of for what `job` names."""
    return explain_price(**job).connects


def explain_price(**job: object) -> rules.Price:
    """The same with every step of the way to it."""
    return rules.price_of(numbers=numbers(), **job)  # type: ignore[arg-type]
