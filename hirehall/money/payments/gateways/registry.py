"""Which payment companies there are, and which one new methods go to.

The sandbox is always there, so that a method of it goes on working after a market was joined to Stripe.
"""

from django.conf import settings

from hirehall.money.payments.gateways.port import Gateway
from hirehall.money.payments.gateways.sandbox import Sandbox
from hirehall.money.payments.gateways.stripe.company import Stripe

_SANDBOX, _STRIPE = Sandbox(), Stripe()


def gateway(name: str = "") -> Gateway:
    """A gateway by the name that a method carries; without a name the one that new methods go to."""
    return _all()[name or default_name()]


def default_name() -> str:
    return _STRIPE.name if settings.STRIPE_KEY else _SANDBOX.name


def gateways() -> dict[str, Gateway]:
    """All of them by name, for what is compared with each."""
    return _all()


def has_gateway(name: str) -> bool:
    return name in _all()


def _all() -> dict[str, Gateway]:
    found: dict[str, Gateway] = {_SANDBOX.name: _SANDBOX}
    if settings.STRIPE_KEY:
        found[_STRIPE.name] = _STRIPE
    return found
