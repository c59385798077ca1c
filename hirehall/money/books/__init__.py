"""The operator's view of all money: balances by day, checks, reconciliation with the gateway, adjustments, exports."""
