"""What parties and higher rooms do with money, by noun.

What the gateway answers is taken in by settlement.py. Everything that moves money posts to the ledger once, with
references made from the row's own id or the caller's `ref`, so that every repetition is harmless. A `memo` names
the cause for the statement: contract_title, milestone, client_name, freelancer_name.
"""
