"""Job posts: what a client asks for, their life from draft to hire or expiry, and who saved them.

The public facts about a client (JOB-04) are kept here as a record that reactions feed, because hires, payments and
feedback happen in higher rooms.
Actions: save_draft, post_job, edit_job, pause_job, close_job, repost_job, note_view, note_proposal, note_talk, note_hire,
expire_due_jobs, warn_due_jobs, save_job, unsave_job.
"""
