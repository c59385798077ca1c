"""Contracts: offers that both sides shape, milestones that are funded before work, changes that both accept, and the end.

Actions: make_offer, request_change, revise_offer, accept_offer, decline_offer, withdraw_offer, fund_milestone, submit_work,
ask_changes, approve_milestone, release_due, propose_amendment, answer_amendment, end_contract, answer_refund,
pause_contract, resume_contract, retry_payment, match_contested, step_silence, keep_open, release_dormant, ask_release,
propose_close, answer_close, hold_for_dispute, settle_dispute.
"""
