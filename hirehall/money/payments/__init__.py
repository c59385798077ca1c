"""Charges, escrow, fees, refunds, holds and withdrawals; `gateways/` is the only code that talks to payment companies."""
