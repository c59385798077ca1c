"""Disputes: a claim on what waits in escrow or was released, its answer, evidence, mediation, and how it ends.

Actions: open_dispute, answer_claim, withdraw_dispute, add_evidence, finish_evidence, propose_solution, offer_settlement,
answer_solution, decide_dispute, pass_deadline, remind, collect_refund, note_look.
"""
