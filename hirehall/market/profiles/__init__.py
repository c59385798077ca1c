"""What freelancers show: profiles, specialised profiles, entries, portfolio, and their record of work.

One profile per party that offers work. It stays a draft until the required half is there and its owner publishes it.
Actions: change_parts, set_photo, publish_profile, keep_entry, remove_entry, move_entry, keep_piece, add_piece_files,
remove_piece_file, add_specialised, edit_specialised, remove_specialised, and the notes of work done (actions/records.py).
"""
