"""What the search index keeps of profiles: cards with all their words, and languages."""

from collections.abc import Collection

from django.db.models import QuerySet

from hirehall.market.profiles.cards import TalentText
from hirehall.market.profiles.models import Certification, Employment, Experience, Language, Piece, Profile, SubProfile
from hirehall.market.profiles.queries import list_cards


def list_texts(party_ids: Collection[str]) -> dict[str, TalentText]:
    """Cards with all searchable words, for the index, in a fixed number of queries."""
    cards = list_cards(party_ids)
    words: dict[str, list[str]] = {party_id: [] for party_id in cards}
    sources: list[QuerySet] = [
        Employment.objects.values_list("profile_id", "role", "company", "description"),
        Experience.objects.values_list("profile_id", "subject", "description"),
        Piece.objects.values_list("profile_id", "title", "role", "description"),
        Certification.objects.values_list("profile_id", "name", "issuer"),
        SubProfile.objects.values_list("profile_id", "title", "overview"),
    ]
    for rows in sources:
        for party_id, *texts in rows.filter(profile_id__in=list(cards)):
            words[party_id].extend(texts)
    full = dict(Profile.objects.filter(pk__in=list(cards)).values_list("pk", "overview"))
    return {k: TalentText(card, full[k], "\n".join(words[k])) for k, card in cards.items()}


def list_language_codes(party_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The languages that each party states beside English, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for party_id, code in Language.objects.filter(profile_id__in=list(party_ids)).values_list("profile_id", "code"):
        found[party_id] = (*found.get(party_id, ()), code)
    return found
