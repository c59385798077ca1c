"""The engine on PostgreSQL's full text search, with trigrams for mistyped words.

Title, skills and text carry the weights A, B and C. The best hits are ranked among a capped set of the newest
matches, and counts are taken over the same set, so that a common word stays quick in a large market.
"""

import re
from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Model, Value

from hirehall.guide.search.engines.statement import CAP, CONFIG, JOBS, TALENTS, Shape, put_together
from hirehall.guide.search.models import JobDocument, TalentDocument, Word
from hirehall.guide.search.port import Found, Hit, JobFacts, TalentFacts, Wanted

# Only words that share this part of their letter triples are compared letter by letter.
LIKENESS = 0.2

_WORD = re.compile(r"[a-z][a-z0-9+#.]{2,38}")


class PostgresEngine:
    """Implements the port with the tables of this room."""

    def index_jobs(self, facts: list[JobFacts]) -> None:
        _keep(JobDocument, [(one, _vector(one.title, one.skill_labels, one.description)) for one in facts])
        _keep_words(f"{one.title} {' '.join(one.skill_labels)} {one.description}" for one in facts)

    def index_talents(self, facts: list[TalentFacts]) -> None:
        _keep(
            TalentDocument,
            [(one, _vector(f"{one.title} {one.name}", one.skill_labels, one.overview)) for one in facts],
        )
        _keep_words(f"{one.title} {one.name} {' '.join(one.skill_labels)} {one.overview}" for one in facts)

    def forget_job(self, job_id: str) -> None:
        JobDocument.objects.filter(pk=job_id).delete()

    def forget_talent(self, party_id: str) -> None:
        TalentDocument.objects.filter(pk=party_id).delete()

    def list_job_ids(self) -> list[str]:
        return list(JobDocument.objects.values_list("pk", flat=True))

    def list_talent_ids(self) -> list[str]:
        return list(TalentDocument.objects.values_list("pk", flat=True))

    def find_jobs(self, wanted: Wanted) -> Found:
        return _find(JOBS, wanted)

    def find_talents(self, wanted: Wanted) -> Found:
        return _find(TALENTS, wanted)


def _vector(title: str, skills: Sequence[str], text: str):
    return (
        SearchVector(Value(title), weight="A", config=CONFIG)
        + SearchVector(Value(" ".join(skills)), weight="B", config=CONFIG)
        + SearchVector(Value(text), weight="C", config=CONFIG)
    )


def _keep(model: type[Model], facts: Sequence[tuple[JobFacts | TalentFacts, object]]) -> None:
    """Write documents, over those that are there. In the order of their keys, so that two writers cannot lock up."""
    key = model._meta.pk.name
    columns = [f.name for f in model._meta.get_fields() if f.name not in ("words", key)]
    rows = []
    for one, words in sorted(facts, key=lambda pair: getattr(pair[0], key)):
        values = {name: getattr(one, name) for name in columns}
        values = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
        rows.append(model(**{key: getattr(one, key)}, **values, words=words))
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[key], update_fields=[*columns, "words"], batch_size=200
    )


def _keep_words(found: Iterable[str]) -> None:
    words = sorted({word.rstrip(".") for text in found for word in _WORD.findall(text.lower())})
    Word.objects.bulk_create((Word(word=word) for word in words), ignore_conflicts=True, batch_size=2_000)


def _find(shape: Shape, wanted: Wanted) -> Found:
    found = _run(shape, wanted, wanted.words)
    if found.total == 0 and wanted.words and wanted.correct:
        corrected = _correct(wanted.words)
        if corrected != wanted.words:
            better = _run(shape, wanted, corrected)
            return Found(better.hits, better.total, better.capped, better.facets, corrected)
    return found


def _run(shape: Shape, wanted: Wanted, words: str) -> Found:
    """One statement: the capped matches with a flag per filter, then the slice, the total and every facet."""
    statement = put_together(shape, wanted, words)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        rows = cursor.fetchall()
    hits, facets, total = [], {}, 0
    for part, name, value, number in sorted(rows, key=lambda row: (row[0], row[3] if row[0] == "hit" else 0)):
        if part == "hit":
            hits.append(Hit(name, tuple(value.split(",")) if value else ()))
        elif part == "total":
            total = number
        elif part == "step":
            filter_name, step = statement.steps[int(name) - 1]
            facets.setdefault(filter_name, {})[step] = number
        else:
            facets.setdefault(name, {})[value] = number
    return Found(hits, min(total, CAP), total > CAP, facets)


def _correct(words: str) -> str:
    """The words with each unknown one replaced by the likest known one.

    That is the one with the fewest wrong letters, and of two such the one of like length: letters are swapped more
    often than lost.
    """
    typed = list(dict.fromkeys(_WORD.findall(words.lower())))
    if not typed:
        return words
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(
            """SELECT DISTINCT ON (typed) typed, word FROM unnest(%s::text[]) AS typed
               JOIN search_word ON word %% typed
                AND levenshtein(word, typed) <= CASE WHEN length(typed) < 5 THEN 1 ELSE 2 END
               ORDER BY typed, 2 * levenshtein(word, typed) + abs(length(word) - length(typed)),
                        similarity(word, typed) DESC, word""",
            [typed],
        )
        likest = dict(cursor.fetchall())
    return _WORD.sub(lambda found: likest.get(found.group(), found.group()), words.lower())
