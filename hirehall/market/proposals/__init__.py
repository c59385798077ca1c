"""Proposals: a freelancer's answer to a job, what became of it, and the client's list of them.

The letter is fixed once sent; the terms may change until somebody is hired. A proposal costs the Connects that were
frozen when the job was posted; they come back when the client closes without a hire.
Actions: submit_proposal, revise_proposal, withdraw_proposal, view_proposal, shortlist_proposal, archive_proposal,
decline_proposal, restore_proposal, start_talk, mark_hired.
"""
