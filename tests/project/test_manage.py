"""The command line: two words may name one command."""

from hirehall.project.manage import one_word


def test_import_jobs_can_be_said_in_two_words():
    assert one_word(["import", "jobs", "x.csv", "--dry-run"]) == ["import_jobs", "x.csv", "--dry-run"]


def test_check_books_can_be_said_in_two_words():
    assert one_word(["check", "books", "--gateway"]) == ["check_books", "--gateway"]


def test_other_commands_stay_what_they_are():
    assert one_word(["migrate"]) == ["migrate"]
    assert one_word([]) == []
