"""The engine on PostgreSQL's full text search, with trigrams for mistyped words.

Title, skills and text carry the weights A, B and C. The best hits are ranked among a capped set of the newest
matches, and counts are taken over the same set, so that a common word stays quick in a large market.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Model, Value

from hirehall.guide.search.filters import JOB_FILTERS, TALENT_FILTERS, Compare, Filter
from hirehall.guide.search.models import JobDocument, TalentDocument, Word
from hirehall.guide.search.port import Found, Hit, JobFacts, TalentFacts, Wanted
from hirehall.kernel import clock

# How many of the newest matches are ranked and counted; a larger result says "more than".
CAP = 10_000
# How much one day of age takes from a job's rank: a week-old job needs a clearly better match.
FADE_A_DAY = 0.02
# Only words that share this part of their letter triples are compared letter by letter.
LIKENESS = 0.2
MOST_FACET_VALUES = 40
CONFIG = "english"

_WORD = re.compile(r"[a-z][a-z0-9+#.]{2,38}")


@dataclass(frozen=True)
class Shape:
    """What differs between the two kinds of documents."""

    model: type[Model]
    key: str
    newest: str
    filters: tuple[Filter, ...]
    always: str
    # SQL of the rank beside the match itself, at most about 1.
    bonus: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table


JOBS = Shape(
    JobDocument, "job_id", "posted_at", JOB_FILTERS, "open",
    f"greatest(0, 1 - extract(epoch FROM %(now)s - posted_at) / 86400 * {FADE_A_DAY})",
)  # fmt: skip
TALENTS = Shape(
    TalentDocument, "party_id", "last_active_at", TALENT_FILTERS, "true",
    "coalesce(score, 60) / 100.0 + least(jobs_done, 20) / 40.0",
)  # fmt: skip


class PostgresEngine:
    """Implements the port with the tables of this room."""

    def index_jobs(self, facts: list[JobFacts]) -> None:
        for one in facts:
            words = _vector(one.title, one.skill_labels, one.description)
            _keep(JobDocument, {"job_id": one.job_id}, one, words)
        _keep_words(f"{one.title} {' '.join(one.skill_labels)} {one.description}" for one in facts)

    def index_talents(self, facts: list[TalentFacts]) -> None:
        for one in facts:
            words = _vector(f"{one.title} {one.name}", one.skill_labels, one.overview)
            _keep(TalentDocument, {"party_id": one.party_id}, one, words)
        _keep_words(f"{one.title} {one.name} {' '.join(one.skill_labels)} {one.overview}" for one in facts)

    def forget_job(self, job_id: str) -> None:
        JobDocument.objects.filter(pk=job_id).delete()

    def forget_talent(self, party_id: str) -> None:
        TalentDocument.objects.filter(pk=party_id).delete()

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


def _keep(model: type[Model], key: dict[str, str], facts: JobFacts | TalentFacts, words) -> None:
    columns = {f.name for f in model._meta.get_fields()} - {"words", *key}
    values = {name: getattr(facts, name) for name in columns}
    values = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    model._default_manager.update_or_create(**key, defaults={**values, "words": words})


def _keep_words(found: Iterable[str]) -> None:
    words = sorted({word.rstrip(".") for text in found for word in _WORD.findall(text.lower())})
    Word.objects.bulk_create((Word(word=word) for word in words), ignore_conflicts=True, batch_size=2_000)


def _find(shape: Shape, wanted: Wanted) -> Found:
    found = _run(shape, wanted, wanted.words)
    if found.total == 0 and wanted.words:
        corrected = _correct(wanted.words)
        if corrected != wanted.words:
            better = _run(shape, wanted, corrected)
            return Found(better.hits, better.total, better.capped, better.facets, corrected)
    return found


def _run(shape: Shape, wanted: Wanted, words: str) -> Found:
    """One statement: the capped matches with a flag per filter, then the slice, the total and every facet."""
    tests, values = _flags(shape, wanted)
    sql = _statement(shape, wanted, words, tests)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {**values, "words": words, "visible": list(wanted.visibilities), "cap": CAP + 1,
             "start": wanted.start, "count": wanted.count, "now": clock.now()},
        )  # fmt: skip
        rows = cursor.fetchall()
    hits, facets, total = [], {}, 0
    for part, name, value, number in sorted(rows, key=lambda row: (row[0], row[3] if row[0] == "hit" else 0)):
        if part == "hit":
            hits.append(Hit(name, tuple(value.split(",")) if value else ()))
        elif part == "total":
            total = number
        else:
            facets.setdefault(name, {})[value] = number
    return Found(hits, min(total, CAP), total > CAP, facets)


def _flags(shape: Shape, wanted: Wanted) -> tuple[dict[str, str], dict[str, object]]:
    """SQL tests by filter name for what was chosen, and their parameters."""
    tests, values = {}, {}
    for one in shape.filters:
        if one.name not in wanted.chosen:
            continue
        chosen = wanted.chosen[one.name]
        slot = f"f_{one.name}"
        values[slot] = list(chosen) if one.compare in (Compare.ONE_OF, Compare.OVERLAPS) else chosen[0]
        tests[one.name] = {
            Compare.ONE_OF: f"{one.column} = ANY(%({slot})s)",
            Compare.OVERLAPS: f"{one.column} && %({slot})s::varchar[]",
            Compare.AT_LEAST: f"coalesce({one.column} >= %({slot})s, false)",
            Compare.AT_MOST: f"coalesce({one.column} <= %({slot})s, false)",
            Compare.SINCE: f"coalesce({one.column} >= %({slot})s, false)",
            Compare.IS_TRUE: f"{one.column} = %({slot})s",
        }[one.compare]
    return tests, values


def _statement(shape: Shape, wanted: Wanted, words: str, tests: dict[str, str]) -> str:
    counted = [one for one in shape.filters if one.counted]
    # A filter whose values are counted must not narrow its own counts; every other one narrows everything.
    loose = {one.name for one in counted} & set(tests)
    firm = [test for name, test in tests.items() if name not in loose]
    match = f"words @@ websearch_to_tsquery('{CONFIG}', %(words)s)" if words else "true"
    query = f"websearch_to_tsquery('{CONFIG}', %(words)s)"
    rank = f"ts_rank(words, {query}) * 4 + {shape.bonus}" if words else shape.bonus
    order = f"{shape.newest} DESC NULLS LAST" if wanted.order == "newest" else "rank DESC"
    flags = "".join(f", ({tests[name]}) AS ok_{name}" for name in sorted(loose))
    columns = ", ".join(sorted({one.column for one in counted}))
    all_loose = " AND ".join(f"ok_{name}" for name in sorted(loose)) or "true"
    reasons = _reasons(query) if words else "''"
    facets = "\n".join(_facet(one, loose) for one in counted)
    return f"""
        WITH near AS MATERIALIZED (
            SELECT {shape.key} AS id, {shape.newest}, words, {rank} AS rank, {columns}{flags}
            FROM {shape.table}
            WHERE {shape.always} AND visibility = ANY(%(visible)s) AND {match}
                  {"".join(f" AND {test}" for test in firm)}
            ORDER BY {shape.newest} DESC NULLS LAST LIMIT %(cap)s
        ), slice AS (
            SELECT id, {reasons} AS reasons, row_number() OVER (ORDER BY {order}, id DESC) AS place
            FROM near WHERE {all_loose} ORDER BY {order}, id DESC OFFSET %(start)s LIMIT %(count)s
        )
        (SELECT 'hit', id, reasons, place FROM slice ORDER BY place)
        UNION ALL SELECT 'total', '', '', count(*) FROM near WHERE {all_loose}
        {facets}
    """


def _reasons(query: str) -> str:
    """Names the parts of a document in which a word was found, the weightiest first."""
    parts = [("title", "{0,0,0,1}"), ("skills", "{0,0,1,0}"), ("text", "{0,1,0,0}")]
    tests = [f"CASE WHEN ts_rank('{weights}', words, {query}) > 0 THEN '{name}' END" for name, weights in parts]
    return f"concat_ws(',', {', '.join(tests)})"


def _facet(one: Filter, loose: set[str]) -> str:
    others = " AND ".join(f"ok_{name}" for name in sorted(loose) if name != one.name) or "true"
    source = f"near, unnest({one.column}) AS value" if one.compare is Compare.OVERLAPS else "near"
    value = "value" if one.compare is Compare.OVERLAPS else f"{one.column}::text"
    return f"""UNION ALL (SELECT 'facet', '{one.name}', {value}, count(*) FROM {source}
            WHERE {others} AND {value} <> '' GROUP BY 3 ORDER BY 4 DESC, 3 LIMIT {MOST_FACET_VALUES})"""


def _correct(words: str) -> str:
    """The words with each unknown one replaced by the likest known one."""
    return _WORD.sub(lambda found: _likest(found.group()), words.lower())


def _likest(word: str) -> str:
    """The known word with the fewest wrong letters; of two such, the one of like length (letters are swapped more often than lost)."""
    most_wrong = 1 if len(word) < 5 else 2
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(
            """SELECT word FROM search_word WHERE word %% %(word)s AND levenshtein(word, %(word)s) <= %(most)s
               ORDER BY 2 * levenshtein(word, %(word)s) + abs(length(word) - length(%(word)s)), similarity(word, %(word)s) DESC, word LIMIT 1""",
            {"word": word, "most": most_wrong},
        )
        row = cursor.fetchone()
    return row[0] if row else word
