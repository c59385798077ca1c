"""Importing posts from CSV files: what comes in, what is turned away and why, twice, and files that are broken."""

import csv
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from hirehall.kernel.errors import Refused
from hirehall.market.jobs import sheets
from hirehall.market.jobs.columns import Reader, map_columns
from hirehall.market.jobs.models import Job
from hirehall.market.profiles import taxonomy

TEXT = "We run a small bakery and want our orders to arrive on a page instead of on paper slips."
HEADINGS = ["post_id", "title", "description", "job_type", "hourly_min", "hourly_max", "fixed_budget", "skills"]
FIXED = ["a1", "Order page for a bakery", TEXT, "fixed", "", "", "400", "Django|HTML|Baking"]
HOURLY = ["a2", "Look after our shop", TEXT + "\nEvery week.", "hourly", "20", "35.50", "", "WooCommerce|PHP"]


def write(path, *rows, headings=HEADINGS, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([headings, *rows])
    return path


def import_jobs(file, **options) -> str:
    out = StringIO()
    call_command("import_jobs", file, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def file(tmp_path):
    return write(tmp_path / "posts.csv", FIXED, HOURLY)


@pytest.mark.feature("JOB-01")
def test_posts_come_in_open_and_priced_in_connects(cast, file):
    told = import_jobs(file, client=cast.cyd.party_id)
    assert "2 imported, 0 known already, 0 rejected" in told
    page, shop = Job.objects.order_by("title").all()[::-1]
    assert (page.client_id, page.state, page.kind, page.budget_minor) == (cast.cyd.party_id, "open", "fixed", 40_000)
    assert (page.category, page.skills) == ("web-development", ["django", "html"])
    assert (shop.kind, shop.rate_low_minor, shop.rate_high_minor) == ("hourly", 2_000, 3_550)
    assert page.connects_price > 0 and shop.connects_price > 0
    assert page.price_steps


def test_the_same_file_twice_makes_no_job_twice(cast, file):
    import_jobs(file, client=cast.cyd.party_id)
    write(file, FIXED, HOURLY, ["a3", *FIXED[1:]], ["a3", *FIXED[1:]])
    assert "1 imported, 3 known already" in import_jobs(file, client=cast.cyd.party_id)
    assert Job.objects.count() == 3


def test_without_an_id_the_text_is_the_key(cast, tmp_path):
    file = write(tmp_path / "posts.csv", FIXED[1:], headings=HEADINGS[1:])
    import_jobs(file, client=cast.cyd.party_id)
    assert "0 imported, 1 known already" in import_jobs(file, client=cast.cyd.party_id)


def test_a_dry_run_says_the_same_and_writes_nothing(cast, file):
    write(file, FIXED, HOURLY, ["a3", "Too short", "Help", *FIXED[3:]])
    told = import_jobs(file, client=cast.cyd.party_id, dry_run=True)
    assert "2 would be imported, 0 known already, 1 rejected" in told
    assert not Job.objects.exists()


def test_rejected_rows_are_told_with_line_and_reason(cast, tmp_path):
    rows = [
        HOURLY,
        ["b1", "No price at all", TEXT, "", "", "", "", "PHP"],
        ["b2", "Write to me", f"{TEXT} Write to me@example.com", *FIXED[3:]],
        ["b3", "- Odd trade", TEXT, "fixed", "", "", "100", "Falconry"],
        ["b4", "A lot", TEXT, "fixed", "", "", "plenty", "PHP"],
    ]
    told = import_jobs(write(tmp_path / "posts.csv", *rows), client=cast.cyd.party_id, report=tmp_path / "out.csv")
    assert "1 imported, 0 known already, 4 rejected" in told
    reported = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert [(row["line"], row["title"]) for row in reported] == [
        ("4", "No price at all"),
        ("5", "Write to me"),
        ("6", "'- Odd trade"),
        ("7", "A lot"),
    ]
    reasons = [row["reason"] for row in reported]
    assert "neither whether it is fixed or hourly" in reasons[0]
    assert "me@example.com" in reasons[1]
    assert "--category" in reasons[2]
    assert "“plenty” is no amount." in reasons[3]


def test_other_headings_are_mapped(cast, tmp_path):
    file = write(
        tmp_path / "own.csv",
        ["Order page", TEXT, "30-250", "PHP"],
        headings=["Headline", "Details", "Money", "skills"],
    )
    import_jobs(file, client=cast.cyd.party_id, map=["Headline=title", "Details=description", "Money=budget"])
    assert Job.objects.get().budget_minor == 25_000


def test_a_category_can_be_given_for_what_fits_none(cast, tmp_path):
    file = write(tmp_path / "posts.csv", [*FIXED[:-1], "Falconry"])
    import_jobs(file, client=cast.cyd.party_id, category="admin-and-support")
    assert Job.objects.get().category == "admin-and-support"


@pytest.mark.parametrize(
    "given, said",
    [
        (["Nothing=title"], "no column “Nothing”"),
        (["title=prize"], "no field “prize”"),
        (["title"], "COLUMN=FIELD"),
    ],
)
def test_a_wrong_map_is_told(cast, file, given, said):
    with pytest.raises(CommandError, match=said):
        import_jobs(file, client=cast.cyd.party_id, map=given)


def test_the_client_is_found_by_id_name_or_mail_and_must_be_one(cast, file):
    with pytest.raises(CommandError, match="several such clients"):
        import_jobs(file)
    with pytest.raises(CommandError, match="no client Nobody"):
        import_jobs(file, client="Nobody")
    with pytest.raises(CommandError, match="no client"):
        import_jobs(file, client=cast.ada.party_id)
    import_jobs(file, client=cast.cyd.name)
    assert set(Job.objects.values_list("client_id", flat=True)) == {cast.cyd.party_id}


GOOD = ",".join(HEADINGS) + f'\na1,A page,"{TEXT}",fixed,,,400,PHP\n'
BROKEN = {
    "empty": (b"", "is empty"),
    "headings only": (GOOD.splitlines()[0].encode(), "no rows"),
    "latin-1": ((GOOD + f'a2,Café,"{TEXT}",fixed,,,400,PHP\n').encode("latin-1"), "Line 3: the byte 0xe9 is not UTF-8"),
    "utf-16": (GOOD.encode("utf-16"), "UTF-16"),
    "binary": (GOOD.encode() + b"\0\1\2", "binary"),
    "spreadsheet": (b"PK\x03\x04" + bytes(50), "spreadsheet"),
    "cut off": ((GOOD + "a2,Caf\u00e9").encode()[:-1], "cut off"),
    "missing column": (GOOD.replace("description", "words").encode(), "No column for description"),
    "no price column": (b"title,description\nA,B\n", "No column for budget or rate"),
    "twice a column": (GOOD.replace("job_type", "title").encode(), "Two columns are called “title”"),
    "too few cells": ((GOOD + "a2,B\n").encode(), "Line 3: 2 cells, but there are 8 columns"),
    "open quotation": ((GOOD + 'a2,"B,c\n').encode(), "not CSV"),
    "formula": ((GOOD + 'a2,"=HYPERLINK(""http://x.example"",""y"")",x,fixed,,,1,PHP\n').encode(), "Line 3: the column “title” holds a formula"),
    "program": ((GOOD + "a2,=cmd|'/c calc'!A0,x,fixed,,,1,PHP\n").encode(), "formula"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_and_changes_nothing(cast, tmp_path, name):
    content, said = BROKEN[name]
    file = tmp_path / "posts.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=said) as caught:
        import_jobs(file, client=cast.cyd.party_id)
    assert "Nothing was imported." in str(caught.value)
    assert not Job.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(cast, tmp_path):
    file = tmp_path / "posts.csv"
    with file.open("wb") as out:
        out.truncate(100 * 1024 * 1024)
    with pytest.raises(CommandError, match="100 MB, and 64 MB is the most"):
        import_jobs(file, client=cast.cyd.party_id)


def test_a_file_that_is_not_there_is_told(cast, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        import_jobs(tmp_path / "none.csv", client=cast.cyd.party_id)


def test_lists_and_arithmetic_are_no_formulas():
    harmless = ("- one\n- two", "+ bonus", "-5 degrees", "@home", "= sum of all parts", "--- Overview ---", "+1 for tests")
    assert not [text for text in harmless if sheets.FORMULA.match(text)]
    harmful = ("=1+SUM(A1:A2)", "@SUM(1)", "+SUM(A1)", " =A1", '=IMPORTXML("x")', "-cmd|' /c x'!A1")
    assert not [text for text in harmful if not sheets.FORMULA.match(text)]


def test_a_character_over_the_edge_of_a_chunk_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "CHUNK", 5)
    file = tmp_path / "posts.csv"
    file.write_text("a,b\n" + "€é,ß\n" * 20, encoding="utf-8")
    assert sheets.check_file(file) == ["a", "b"]


@pytest.mark.parametrize(
    "typed, code",
    [("-5", "negative"), ("−5", "negative"), ("€400", "unit"), ("400 EUR", "unit"), ("₹400", "unit"), ("plenty", "amount"), ("1e9", "amount")],
)
def test_an_amount_that_means_something_else_is_not_guessed(typed, code):
    cells = {"title": "A", "description": TEXT, "skills": "PHP", "budget": typed}
    with pytest.raises(Refused) as caught:
        Reader(map_columns(list(cells), {}), taxonomy.load(), "USD", 15).terms(cells)
    assert caught.value.code == f"import:{code}"


def test_a_rate_can_be_given_for_hourly_posts_without_one(cast, tmp_path):
    file = write(tmp_path / "posts.csv", ["a2", *HOURLY[1:4], "", "", "", "PHP"])
    assert "1 rejected" in import_jobs(file, client=cast.cyd.party_id)
    import_jobs(file, client=cast.cyd.party_id, rate="15-40")
    job = Job.objects.get()
    assert (job.kind, job.rate_low_minor, job.rate_high_minor) == ("hourly", 1_500, 4_000)
    with pytest.raises(CommandError, match=r"“cheap” is no amount. Nothing was imported."):
        import_jobs(file, client=cast.cyd.party_id, rate="cheap")


def test_unseen_characters_are_left_out(cast, tmp_path):
    write(tmp_path / "posts.csv", ["a1", "A \x1b[31mpage\u202e for\x07 a shop", TEXT + "\r\nTwo\tlines", *FIXED[3:]])
    import_jobs(tmp_path / "posts.csv", client=cast.cyd.party_id)
    job = Job.objects.get()
    assert (job.title, job.description) == ("A [31mpage for a shop", TEXT + "\nTwo\tlines")


def test_a_report_that_can_not_be_written_stops_the_import(cast, file, tmp_path):
    for report in (file / "out.csv", tmp_path, file):
        with pytest.raises(CommandError, match=r"report can't be written to .* Nothing was imported"):
            import_jobs(file, client=cast.cyd.party_id, report=report)
    assert not Job.objects.exists()


def test_a_folder_or_an_unreadable_file_is_told(cast, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="a folder, not a file"):
        import_jobs(tmp_path, client=cast.cyd.party_id)
    monkeypatch.setattr(sheets, "_check_bytes", Mock(side_effect=PermissionError(13, "Permission denied")))
    with pytest.raises(CommandError, match="can't be read: Permission denied"):
        import_jobs(write(tmp_path / "posts.csv", FIXED), client=cast.cyd.party_id)


@pytest.mark.parametrize(
    "price, kind, amounts",
    [
        ({"kind": "fixed", "budget": "$1,200"}, "fixed", (120_000, None, None)),
        ({"kind": "Hourly", "rate_low": "12"}, "hourly", (None, 1_200, 1_200)),
        ({"kind": "", "rate_low": "", "rate": "14.5"}, "hourly", (None, 1_450, 1_450)),
        ({"kind": "hourly", "rate_low": "20-35"}, "hourly", (None, 2_000, 3_500)),
    ],
)
def test_prices_are_read_as_people_write_them(price, kind, amounts):
    cells = {"title": "A", "description": TEXT, "skills": "PHP", **price}
    columns = map_columns(list(cells), {})
    terms = Reader(columns, taxonomy.load(), "USD", 15).terms(cells)
    assert terms.kind == kind
    assert (terms.budget_minor, terms.rate_low_minor, terms.rate_high_minor) == amounts
