"""Finds e-mail addresses, plain and disguised: `name (at) mail [dot] com`, `n a m e @ ...`.

Left alone are addresses that reach nobody: the domains reserved for documentation
(example.com, .test, .invalid), stand-ins such as name@yourdomain.com, and things that only look
like an address (a user in a database URL, git@host, icon@2x.png, a package@version).
"""

import re
from collections.abc import Iterator

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded, close_gaps, mentions

REASON = "e-mail address"

PROVIDERS = (
    r"g[\s\-]?mail|gee\s?mail|googlemail|hotmail|yahoo|ymail|outlook|live|icloud|aol|gmx|"
    r"proton(?:mail)?|yandex|rediffmail|mail\.ru|zoho(?:mail)?|tutanota|fastmail|qq|163|web\.de"
)
BOX_STEMS = (
    "mail",
    "yahoo",
    "outlook",
    "live",
    "icloud",
    "aol",
    "gmx",
    "proton",
    "yandex",
    "zoho",
    "tutanota",
    "qq.",
    "163.",
    "web.de",
)
# Endings accepted in a disguised address. A plain one may end in any letters.
ENDINGS = (
    r"com|net|org|info|biz|io|co|ai|app|dev|xyz|tech|online|site|store|pro|me|eu|uk|de|fr|es|it|"
    r"pt|br|in|pk|ru|ua|pl|nl|be|ch|at|se|no|dk|fi|us|ca|au|nz|za|ng|ke|eg|ph|id|vn|th|my|sg|hk|"
    r"cn|jp|kr|tr|il|ae|sa|mx|ar|cl|lk|bd|np|gr|ro|cz|hu|ie|edu|gov"
)
NAME = r"[\w.+%\-]{1,64}"
PLAIN = re.compile(rf"(?<![\w.+%\-/])({NAME})@((?:[\w\-]{{1,63}}\.){{1,5}}[^\W\d_]{{2,24}})(?!\w)")
LOOSE_AT = re.compile(
    rf"(?<![\w.+%\-/:@])({NAME})\s{{0,3}}@\s{{0,3}}([\w\-]{{2,63}})\s{{0,3}}(?:[.,]|\bdot\b)\s{{0,3}}"
    rf"((?:{ENDINGS}))\b(?![.@]\w)"
)
AT_SIGN = r"[\s_\-]{0,3}[(\[{<«|*]\s?(?:at|a|@|arroba|ät|et)\s?[)\]}>»|*][\s_\-]{0,3}"
AT_WORD = r"(?:\s{1,3}|_|-)(?:at|arroba|arobase|the\s+rate(?:\s+of)?|at\s+the\s+rate)(?:\s{1,3}|_|-)"
DOT = (
    r"(?:[\s_\-]{0,3}[(\[{<«|*]\s?(?:dot|\.|d0t|punto|ponto|point|punkt)\s?[)\]}>»|*][\s_\-]{0,3}"
    # "at what point in time" is no address.
    r"|(?:\s{1,3}|_|-)(?:dot|d0t|(?:punto|ponto|punkt|point)(?=\W(?:com|net|org|fr|es|de|it|pt|br|mx|ar)\b))(?:\s{1,3}|_|-))"
)
BRACKET_AT = re.compile(
    rf"(?<![\w.+%\-])({NAME}){AT_SIGN}([\w\-]{{2,63}})(?:{DOT}|\s{{0,2}}\.\s{{0,2}}|\s{{1,2}})({ENDINGS})\b"
)
SPOKEN = re.compile(
    rf"(?<![\w.+%\-])(?P<box>(?P<name>{NAME})(?:{AT_WORD}|\s{{0,3}}@\s{{0,3}})[\w\-]{{2,63}}{DOT}(?:{ENDINGS}))\b"
)
PROVIDER_AT = re.compile(
    rf"(?<![\w.+%\-])(?P<box>(?P<name>{NAME})(?:{AT_WORD}|{AT_SIGN})(?:{PROVIDERS})(?:\s{{0,2}}\.\s{{0,2}}|{DOT})(?:{ENDINGS}))\b"
)
# Without the ending it needs a word before it that makes it an address.
SHORT_AT = re.compile(
    r"\b(?:e-?mail|mail|write|reach|contact|address|correo|adresse)\b[^\n.!?@]{0,25}?\s"
    rf"(?P<box>(?P<name>{NAME})(?:{AT_WORD}|\s{{0,2}}@\s{{0,2}}|{AT_SIGN})(?:g[\s\-]?mail|hotmail|yahoo|outlook|icloud|protonmail))\b"
)
OWN_BOX = re.compile(
    rf"\b(?:my|our)\s+(?:{PROVIDERS})(?:\s+(?:id|address|account))?\s*(?:is|:|=|-)\s*([\w.+\-]{{4,64}})\b"
    rf"|\b(?:g-?mail|hotmail|yahoo)(?:\s+id)?\s*[:=]\s*(\w{{0,40}}[\d._]\w{{1,40}})\b"
    rf"|(?<![\w.])(\w{{1,40}}[\d._]\w{{0,40}})\s+(?:g-?mail|hotmail|yahoo|outlook)\s*(?:\.|dot|\s)\s*com\b"
)
ASKED = re.compile(
    r"\b(?:please|kindly|must|should|interested,?|to apply,?)\s+(?:send\s+(?:an?\s+)?)?"
    r"(?:e-?mail)\s+(?:me\s+|us\s+)?(?:your|the|a)\s+(?:updated\s+)?"
    r"(?:resume|résumé|cv|cover letter|portfolio|profile|application|rates?|samples?)\b"
)
GAPLESS = re.compile(
    rf"({NAME}?)(?:@|\(at\)|\[at\]|at)((?:gmail|yahoo|hotmail|outlook|icloud|protonmail|[\w\-]{{3,40}}(?=\.|dot)))"
    rf"(?:\.|dot|\(dot\)|\[dot\])*(?:{ENDINGS})$"
)

# Files and code that carry an @: icon@2x.png, Foo@1a2b.class.
NOT_ENDINGS = frozenset(
    """
    png jpg jpeg gif svg webp css scss less js mjs ts tsx jsx json py php rb java class html xml yml yaml md txt
    pdf zip mp4 mp3 local internal lan localhost so dll exe
    """.split()  # noqa: SIM905 - a list of words reads better as words.
)
STAND_INS = frozenset(
    """
    domain.com yourdomain.com mydomain.com your-domain.com yourcompany.com mycompany.com company.com acme.com
    ourdomain.com email.tld domain.tld
    """.split()  # noqa: SIM905 - a list of words reads better as words.
)
RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.[a-z]{2,3}){0,2}|test|invalid|localhost)$")
# Words before "at" that make "at site dot com" a place on the web, not a person's box.
NOT_NAMES = frozenset(
    """
    me us look is are be available found find hosted live here visit visiting see it us them site website page
    check out work worked working works based read more video videos post posted shop buy sell listed engineer
    developer manager designer now online this that you data store stored
    """.split()  # noqa: SIM905 - a list of words reads better as words.
)
# A password or user in front of a host: postgres://user:word@db.host.com
IN_ADDRESS = re.compile(r"://\S{0,70}$")
# At the end of a text: alone on its line, or after a greeting and a name.
SIGNS_BEFORE = re.compile(r"\n[ \t]*$|\b(?:best|regards|thanks|thank you|cheers|sincerely|yours)\b[^.!?\n]{0,30}$")
# `write to x@example.com` uses a reserved domain as if somebody read there: treat it as meant.
ASKS_BEFORE = re.compile(
    r"(?:\b(?:e-?mail|write|reach|contact|message|send|mail|address)\b[^\n.!?]{0,40}(?:\bat|\bto|\bon|:|\bis|\bme|\bus)|\bat)\s*$"
)


def find_mails(folded: Folded) -> Iterator[Finding]:
    text = folded.low
    if "@" in text:
        for found in PLAIN.finditer(text):
            if is_reachable(text, found):
                kind, start = ("social", 1) if text[max(0, found.start() - 1)] == "@" else ("email", 0)
                yield folded.finding(kind, found.start() - start, found.end(), REASON)
        for found in LOOSE_AT.finditer(text):
            if not stands_for_nobody(f"{found[2]}.{found[3]}") and found[1] not in NOT_NAMES | {"git"}:
                yield folded.finding("email", found.start(), found.end(), REASON)
    for found in BRACKET_AT.finditer(text):
        yield folded.finding("email", found.start(), found.end(), REASON)
    if mentions(text, ("dot", "d0t", "[.]", "(.)", "{.}", "punto", "ponto", "punkt", "point")):
        yield from find_named(folded, SPOKEN)
    if mentions(text, BOX_STEMS):
        yield from find_named(folded, PROVIDER_AT)
        yield from find_named(folded, SHORT_AT)
        for found in OWN_BOX.finditer(text):
            yield folded.finding("email", found.start(), found.end(), REASON)
    for found in ASKED.finditer(text):
        yield folded.finding("email", found.start(), found.end(), "request to write by e-mail")
    for reading in close_gaps(folded):
        if GAPLESS.fullmatch(reading.low):
            yield reading.finding("email", 0, len(reading.text), REASON)


def find_named(folded: Folded, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Matches of a spoken form with `box`, the address, and `name`, what stands in front of "at"."""
    for found in pattern.finditer(folded.low):
        if found["name"] not in NOT_NAMES:
            yield folded.finding("email", found.start("box"), found.end("box"), REASON)


def stands_for_nobody(domain: str) -> bool:
    """RFC 2606 reserves these names so that nobody can own or read mail at them."""
    return domain in STAND_INS or RESERVED.search(domain) is not None


def is_reachable(text: str, found: re.Match[str]) -> bool:
    name, domain = found[1], found[2]
    if domain.rsplit(".", 1)[1] in NOT_ENDINGS or name == "git":
        return False
    start = found.start()
    if IN_ADDRESS.search(text[max(0, start - 80) : start]):
        return False
    if not stands_for_nobody(domain):
        return True
    signature = not text[found.end() :].strip() and SIGNS_BEFORE.search(text[max(0, start - 60) : start]) is not None
    return ASKS_BEFORE.search(text[max(0, start - 60) : start]) is not None or signature
