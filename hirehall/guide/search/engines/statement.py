"""One search as one SQL statement: the matches, a flag for each chosen filter, the slice, the total, every count.

A filter whose values are counted must not narrow its own counts; every other one narrows everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model

from hirehall.guide.search.filters import JOB_FILTERS, LISTS, TALENT_FILTERS, Compare, Filter, bound_of
from hirehall.guide.search.models import JobDocument, TalentDocument
from hirehall.guide.search.port import Wanted
from hirehall.kernel import clock

# How many of the newest matches are ranked and counted; a larger result says "more than".
CAP = 10_000
# How much one day of age takes from a job's rank: a week-old job needs a clearly better match.
FADE_A_DAY = 0.02
MOST_FACET_VALUES = 60
CONFIG = "english"
# The part of a filter's flag that all filters of pay share.
PAY = "pay"


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


@dataclass
class Statement:
    """SQL with its values, and which filter and step each counted step belongs to."""

    sql: str = ""
    values: dict[str, object] = field(default_factory=dict)
    steps: list[tuple[str, str]] = field(default_factory=list)


def put_together(shape: Shape, wanted: Wanted, words: str) -> Statement:
    """The statement of one search."""
    made = Statement(
        values={
            "words": words, "visible": list(wanted.visibilities), "cap": CAP + 1, "start": wanted.start,
            "count": wanted.count, "now": clock.now(),
        }
    )  # fmt: skip
    loose, firm = _flags(shape, wanted, made)
    query = f"websearch_to_tsquery('{CONFIG}', %(words)s)"
    rank = f"ts_rank(words, {query}) * 4 + {shape.bonus}" if words else shape.bonus
    order = f"{shape.newest} DESC NULLS LAST" if wanted.order == "newest" else "rank DESC"
    columns = sorted({one.column for one in shape.filters if one.counted or one.steps} - {shape.newest})
    flags = "".join(f", ({test}) AS ok_{name}" for name, test in sorted(loose.items()))
    others = _others(loose)
    made.sql = f"""
        WITH near AS MATERIALIZED (
            SELECT {shape.key} AS id, {shape.newest}, {rank} AS rank, {", ".join(columns)}{flags}
            FROM {shape.table}
            WHERE {shape.always} AND visibility = ANY(%(visible)s)
                  {f"AND words @@ {query}" if words else ""}{"".join(f" AND {test}" for test in firm)}
            ORDER BY {shape.newest} DESC NULLS LAST LIMIT %(cap)s
        ), slice AS (
            SELECT id, row_number() OVER (ORDER BY {order}, id DESC) AS place
            FROM near WHERE {others} ORDER BY {order}, id DESC OFFSET %(start)s LIMIT %(count)s
        ), steps AS (
            SELECT ARRAY[{", ".join(_steps(shape, wanted, made, loose)) or "0"}]::bigint[] AS numbers FROM near
        )
        (SELECT 'hit', id, {_reasons(query) if words else "''"}, place
         FROM slice JOIN {shape.table} ON {shape.key} = id ORDER BY place)
        UNION ALL SELECT 'total', '', '', count(*) FROM near WHERE {others}
        UNION ALL SELECT 'step', nr::text, '', number FROM steps, unnest(numbers) WITH ORDINALITY AS one(number, nr)
        {"".join(_facet(one, loose) for one in shape.filters if one.counted)}
    """
    return made


def _flags(shape: Shape, wanted: Wanted, made: Statement) -> tuple[dict[str, str], list[str]]:
    """SQL tests of what was chosen: those that leave out their own counts, by name, and those that narrow all."""
    loose, firm, pay = {}, [], {}
    for one in shape.filters:
        if one.name not in wanted.chosen:
            continue
        chosen = wanted.chosen[one.name]
        made.values[f"f_{one.name}"] = list(chosen) if one.compare in LISTS else chosen[0]
        test = _test(one, f"%(f_{one.name})s")
        if one.pay:
            pay.setdefault(one.pay, []).append(test)
        elif one.counted or one.steps:
            loose[one.name] = test
        else:
            firm.append(test)
    if pay:
        loose[PAY] = " OR ".join(f"(kind = '{kind}' AND {' AND '.join(tests)})" for kind, tests in pay.items())
    return loose, firm


def _test(one: Filter, value: str) -> str:
    return {
        Compare.ONE_OF: f"{one.column} = ANY({value})",
        Compare.OVERLAPS: f"{one.column} && {value}::varchar[]",
        Compare.AT_LEAST: f"coalesce({one.column} >= {value}, false)",
        Compare.AT_MOST: f"coalesce({one.column} <= {value}, false)",
        Compare.SINCE: f"coalesce({one.column} >= {value}, false)",
        Compare.BEFORE: f"coalesce({one.column} <= {value}, false)",
        Compare.IS_TRUE: f"{one.column} = {value}",
    }[one.compare]


def _others(loose: dict[str, str], own: str = "") -> str:
    return " AND ".join(f"ok_{name}" for name in sorted(loose) if name != own) or "true"


def _steps(shape: Shape, wanted: Wanted, made: Statement, loose: dict[str, str]) -> Iterator[str]:
    """A count for each step of each bound, all of them in one pass."""
    for one in shape.filters:
        for step in one.steps:
            made.steps.append((one.name, step))
            slot = f"s_{len(made.steps)}"
            made.values[slot] = bound_of(one, step, made.values["now"], wanted.digits)
            yield f"count(*) FILTER (WHERE {_others(loose, one.name)} AND {_test(one, f'%({slot})s')})"


def _reasons(query: str) -> str:
    """Names the parts of a document in which a word was found, the weightiest first."""
    parts = [("title", "{0,0,0,1}"), ("skills", "{0,0,1,0}"), ("text", "{0,1,0,0}")]
    tests = [f"CASE WHEN ts_rank('{weights}', words, {query}) > 0 THEN '{name}' END" for name, weights in parts]
    return f"concat_ws(',', {', '.join(tests)})"


def _facet(one: Filter, loose: dict[str, str]) -> str:
    others = _others(loose, PAY if one.pay else one.name)
    source = f"near, unnest({one.column}) AS value" if one.compare is Compare.OVERLAPS else "near"
    value = "value" if one.compare is Compare.OVERLAPS else f"{one.column}::text"
    return f"""UNION ALL (SELECT 'facet', '{one.name}', {value}, count(*) FROM {source}
            WHERE {others} AND {value} <> '' GROUP BY 3 ORDER BY 4 DESC, 3 LIMIT {MOST_FACET_VALUES})
        """
