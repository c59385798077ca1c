"""Stripe behind the gateway port, by noun: cards, charges with their refunds, payouts, messages, movements, amounts."""
