"""The door for messages of payment companies: proves who sent them, then takes them in."""

from hirehall.kernel.errors import NotFound
from hirehall.money.payments.gateways.registry import gateway, has_gateway
from hirehall.money.payments.settlement import take_news

SIGNATURE_HEADER = gateway("sandbox").signature_header


def signature_header(name: str) -> str:
    """In which header a company signs."""
    if not has_gateway(name):
        raise NotFound("gateway")
    return gateway(name).signature_header


def receive(name: str, body: bytes, signature: str) -> bool:
    """Take in a message; raises BadSignature for a forged or old one. False when it was known, or is not ours."""
    if not has_gateway(name):
        raise NotFound("gateway")
    news = gateway(name).read(body, signature)
    return news is not None and take_news(name, news)
