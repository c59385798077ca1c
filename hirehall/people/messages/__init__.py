"""Rooms and posts: where the parties of a proposal or a contract talk.

The room knows neither of them: it has a subject's kind and id, and whether a contract has started, which decides
what may stand in a text. What a party may read is what has a seat for it.
Actions: open_room, post_message, post_notice, mark_seen, mark_contract_started, join_subject.
"""
