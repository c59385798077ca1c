"""Finds postal addresses: a house number with a street, and a post code or a word that says whose.

A street alone ("123 Main Street" in sample data) is not enough; post codes alone are not either.
"""

import re
from collections.abc import Iterator

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded

REASON = "postal address"

STREET = r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|parkway|pkwy|highway|hwy|terrace|place|pl|crescent|close)\b\.?"
NUMBERED = rf"(?<![\w#$.,])\d{{1,5}}[a-z]?\s{{1,2}}(?:(?:north|south|east|west|[nsew])\.?\s)?(?:[A-Z][\w'’.\-]{{0,25}}\s{{1,2}}){{1,4}}(?i:{STREET})"
UNIT = r"(?:[,\s]{1,3}(?i:apt|suite|ste|unit|floor|fl|flat|#)\.?\s?[\w\-]{1,6})?"
CITY = r"(?:[,\s]{1,3}[A-Z][\w'’.\-]{1,25}){0,4}"
POST_CODE = r"[,\s]{1,3}(?:(?:[A-Z]{2}[,\s]{1,2})?\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]{2,3}\s\d{4})(?!\w)"
ENGLISH = re.compile(NUMBERED + UNIT + CITY + POST_CODE)
ASKED = re.compile(
    r"(?:\b(?i:my|our)\s(?i:home\s|office\s|mailing\s|postal\s|street\s)?(?i:address|office)\s(?i:is)(?:\s(?i:at|on))?|\b(?i:come\sto|visit\s(?:me|us)\sat|meet\s(?:me|us)\sat|mail\sit\sto|send\sit\sto|ship\s(?:it\s)?to|stop\sby|office\sat|live\sat))[:\s]{1,3}("
    + NUMBERED + UNIT + ")"
)  # fmt: skip
GERMAN = re.compile(
    r"(?<!\w)[A-Z][\w\-.]{2,30}(?:stra(?:ss|ß)e|str\.|platz|weg|allee|gasse|ring|damm)\s\d{1,4}\s?[a-z]?[,\s]{1,3}(?:D-|A-|CH-)?\d{4,5}\s[A-Z][\w\-]{2,30}"
)
ROMANCE = re.compile(
    r"(?<!\w)\d{1,4}(?:\s?bis)?,?\s(?i:rue|avenue|boulevard|place|quai|chemin)\s(?:[\w'’.\-]{1,25}\s){0,5}[\w'’.\-]{1,25},?\s\d{5}\s[A-Z][\w\-]{2,30}"
    r"|(?<!\w)(?i:calle|avenida|av\.|paseo|rua|via|viale|corso|plaza|piazza|c/)\s(?:[\w'’.\-]{1,25}\s){0,4}[\w'’.\-]{2,25},?\s(?i:n[º°o.]?\s?)?\d{1,4}(?:\s?[a-z\d]{1,3}[ºª]?)?[,\s\-]{1,3}\d{4,5}(?:-\d{3})?\s[A-Z][\w\-]{2,30}"
)


def find_addresses(folded: Folded) -> Iterator[Finding]:
    text = folded.text
    for pattern in (ENGLISH, GERMAN, ROMANCE):
        for found in pattern.finditer(text):
            yield folded.finding("address", found.start(), found.end(), REASON)
    for found in ASKED.finditer(text):
        yield folded.finding("address", found.start(1), found.end(1), REASON)
