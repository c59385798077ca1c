"""Where the index gets its facts: the rooms' own reads, turned into the port's values."""

from collections.abc import Collection

from hirehall.guide.search.port import TalentFacts
from hirehall.market.profiles import queries as profiles


def read_talents(party_ids: Collection[str]) -> list[TalentFacts]:
    """The facts of some published profiles, in a fixed number of queries."""
    texts = profiles.list_texts(party_ids)
    languages = profiles.list_language_codes(texts)
    return [
        TalentFacts(
            party_id=party_id,
            visibility=text.card.visibility,
            name=text.card.name,
            title=text.card.title,
            overview=f"{text.overview}\n{text.body}",
            skill_labels=tuple(label for _, label in text.card.skills),
            categories=(text.card.category,) if text.card.category else (),
            skills=tuple(slug for slug, _ in text.card.skills),
            languages=("en", *languages.get(party_id, ())),
            badges=(),
            english=text.card.english,
            country=text.card.country,
            hours=text.card.hours,
            rate_minor=text.card.rate_minor,
            unit=text.card.unit,
            score=None,
            rating=text.card.rating,
            earned_minor=text.card.earned_minor,
            jobs_done=text.card.jobs_done,
            last_active_at=text.card.last_active_at,
        )
        for party_id, text in texts.items()
        if text.card.published
    ]
