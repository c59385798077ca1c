"""Reads CSV files of other systems: checks a whole file before anything is taken from it, then streams its rows.

Pure but for the file itself. A file is sound when all of it is UTF-8 text, its rows fit its headings, and no cell holds
a formula that a spreadsheet would run.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LARGEST_BYTES = 64 * 1024 * 1024
LARGEST_CELL = 200_000
CHUNK = 1 << 20
# A call or a reference to another program at the start of a cell; a list that begins with "-" or "+" is none.
FORMULA = re.compile(
    r"[\t\r ]*(?:=[-+@\d.*/ ]*[A-Za-z_.]+\s*\(|=\s*[-+]?\d+\s*[-+*/]|[-+@]\s*[A-Z][A-Z.]+\(|[=+@-][^\n]{0,200}\|[^\n]{0,200}![A-Za-z]+\d|=\s*[A-Za-z]+\d+\s*(?:$|[-+*/:]))"
)
KNOWN_BEGINNINGS = (
    (b"PK\x03\x04", "a spreadsheet or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


class BrokenFile(Exception):
    """The file can't be used as it is; the message says where and why."""


@dataclass(frozen=True)
class Row:
    """One row: the line where it begins, and its cells by heading."""

    line: int
    cells: dict[str, str]


def check_file(path: Path) -> list[str]:
    """Read all of it once; returns the headings."""
    try:
        return _check(path)
    except OSError as error:
        raise BrokenFile(f"It can't be read: {error.strerror}.") from error


def _check(path: Path) -> list[str]:
    if path.is_dir():
        raise BrokenFile("This is a folder, not a file.")
    if not path.is_file():
        raise BrokenFile(f"There is no file {path}.")
    size = path.stat().st_size
    if size == 0:
        raise BrokenFile("The file is empty.")
    if size > LARGEST_BYTES:
        raise BrokenFile(
            f"The file has {size // 1024**2} MB, and {LARGEST_BYTES // 1024**2} MB is the most. Split it into several."
        )
    _check_bytes(path)
    headings, rows = [], 0
    for row in read_rows(path):
        headings, rows = list(row.cells), rows + 1
        for heading, cell in row.cells.items():
            if FORMULA.match(cell):
                raise BrokenFile(
                    f"Line {row.line}: the column “{heading}” holds a formula, {cell[:40]!r}. "
                    "Formulas can harm whoever opens the file in a spreadsheet; take them out."
                )
    if not rows:
        raise BrokenFile("The file has headings and no rows.")
    return headings


def _check_bytes(path: Path) -> None:
    with path.open("rb") as file:
        beginning = file.read(8)
        for known, what in KNOWN_BEGINNINGS:
            if beginning.startswith(known):
                raise BrokenFile(f"This is {what}, not a CSV file. Save it as CSV in UTF-8.")
        file.seek(0)
        line, rest = 1, b""
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise BrokenFile("This file is binary, not text. Save it as CSV in UTF-8.")
            rest = _check_text(rest + chunk, line)
            line += chunk.count(b"\n")
        if rest:
            raise BrokenFile(f"Line {line}: the last character is cut off.")


def _check_text(data: bytes, line: int) -> bytes:
    """Decode; returns the bytes of a character that the next chunk goes on with."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < 4:
            return data[error.start :]
        at = line + data.count(b"\n", 0, error.start)
        raise BrokenFile(
            f"Line {at}: the byte {data[error.start]:#04x} is not UTF-8. Save the file as CSV in UTF-8."
        ) from error
    return b""


def read_rows(path: Path) -> Iterator[Row]:
    """The rows in their order; a row that does not fit the headings breaks the file."""
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            headings = [heading.strip() for heading in next(reader, [])]
            _check_headings(headings)
            begin = reader.line_num + 1
            for cells in reader:
                if cells:
                    if len(cells) != len(headings):
                        raise BrokenFile(
                            f"Line {begin}: {len(cells)} cells, but there are {len(headings)} columns. "
                            "Perhaps a quotation mark is missing."
                        )
                    yield Row(begin, dict(zip(headings, cells, strict=True)))
                begin = reader.line_num + 1
        except csv.Error as error:
            raise BrokenFile(f"Line {reader.line_num}: this is not CSV ({error}).") from error


def _check_headings(headings: list[str]) -> None:
    if len(headings) < 2:
        raise BrokenFile("The first line has no headings divided by commas.")
    twice = next((heading for heading in headings if headings.count(heading) > 1), None)
    if twice is not None:
        raise BrokenFile(f"Two columns are called “{twice}”." if twice else "A column has no heading.")


def plain_cell(text: str) -> str:
    """A cell for a file of ours, which no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
