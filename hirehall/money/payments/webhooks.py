"""The door for messages of payment companies: proves who sent them, then takes them in."""

from hirehall.kernel.errors import NotFound
from hirehall.money.payments.gateways.registry import gateway, has_gateway
from hirehall.money.payments.settlement import take_news

SIGNATURE_HEADER = "Gateway-Signature"


def receive(name: str, body: bytes, signature: str) -> bool:
    """Take in a message; raises BadSignature for a forged or old one. False when it was known already."""
    if not has_gateway(name):
        raise NotFound("gateway")
    return take_news(name, gateway(name).read(body, signature))
