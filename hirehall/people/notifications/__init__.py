"""Notices: telling a party that something happened, in the page, by mail at once or in a daily digest, and in browsers.

The room knows no proposal and no contract: higher rooms hand it a finished sentence and a link. A notice has a
key that names its occasion, so nobody is told twice.
Actions: notify, mark_read, mark_all_read, choose, send_due_digests;
add_device, remove_device, push_notice.
"""
