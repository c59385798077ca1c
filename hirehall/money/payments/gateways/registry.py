"""Which payment companies there are, and which one new methods go to."""

from hirehall.money.payments.gateways.port import Gateway
from hirehall.money.payments.gateways.sandbox import Sandbox

_GATEWAYS: dict[str, Gateway] = {"sandbox": Sandbox()}
DEFAULT = "sandbox"


def gateway(name: str = DEFAULT) -> Gateway:
    """A gateway by the name that a method carries."""
    return _GATEWAYS[name]


def gateways() -> dict[str, Gateway]:
    """All of them by name, for what is compared with each."""
    return dict(_GATEWAYS)


def has_gateway(name: str) -> bool:
    return name in _GATEWAYS
