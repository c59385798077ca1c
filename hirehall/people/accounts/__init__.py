"""People and the parties they act for.

A person signs in once and acts as a party: themselves as a freelancer, a client company, or an agency.
Everything in the market belongs to a party, never to a bare person.
Actions: open_party, rename_party, add_seat, switch_party, update_person, create_token, revoke_token.
"""
