"""Accounts and transfers in any unit; the only writer of balances. docs/policy/ledger.md has the sign convention."""
