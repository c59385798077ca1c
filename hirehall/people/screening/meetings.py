"""Finds links and codes of meetings held elsewhere: Zoom, Meet, Teams, Calendly and their like.

The bare product ("embed Calendly", calendly.com/integrations) is no meeting.
"""

import re
from collections.abc import Iterator

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded, mentions

REASON = "meeting outside"

NOT_A_PERSON = r"(?!(?:integrations?|blog|developers?|docs|help|pricing|features|api|about|login|signup|teams|your|username|<|\{|resources|app|event_types)\b)"
MEETING = re.compile(
    r"(?<![\w.@])(?:https?://)?(?:www\.)?(?:"
    r"(?:[\w\-]{1,40}\.)?zoom\.(?:us|com)/(?:j|my|w|wc|s|meeting)/[\w.?=&/\-]{3,120}"
    r"|meet\.google\.com/[a-z]{3}-?[a-z]{4}-?[a-z]{3}|meet\.google\.com/lookup/\w{3,40}|g\.co/meet/[\w\-]{3,40}"
    r"|teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet|l/chat)/\S{3,200}"
    rf"|(?:calendly|savvycal|tidycal|zcal|cal|lunacal|chilipiper)\.(?:com|co)/{NOT_A_PERSON}[\w.\-]{{3,60}}(?:/[\w.\-]{{1,60}})?"
    rf"|whereby\.com/{NOT_A_PERSON}[\w\-]{{3,60}}|meet\.jit\.si/[\w\-]{{3,80}}|(?:[\w\-]{{1,40}}\.)?webex\.com/(?:meet|join|[\w\-]{{1,30}}/j\.php)\S{{1,120}}"
    r"|(?:meet|global)\.goto(?:meeting)?\.com/(?:join/)?\S{3,80}|gotomeet\.me/\S{3,80}"
    r"|calendar\.app\.google/\w{5,40}|calendar\.google\.com/calendar/(?:u/\d/)?(?:appointments|selfsched)\S{1,160}"
    r"|meetings(?:-eu1)?\.hubspot\.com/[\w\-]{3,60}|app\.acuityscheduling\.com/schedule\S{3,100}|[\w\-]{1,40}\.youcanbook\.me|doodle\.com/(?:meeting|poll|bp|sign-up-sheet)/\S{3,100}"
    r")/?"
)
MEETING_CODE = re.compile(
    r"\b(?:zoom|webex|teams)\s{1,3}(?:meeting\s{1,3})?(?:id|code|room)?\s{0,3}[:=#\-]?\s{0,3}\d{3}[ \-]?\d{3,4}[ \-]?\d{3,4}\b"
    r"|\b(?:google\s{1,3})?meet\s{1,3}(?:code|id|room)?\s{0,3}[:=\-]?\s{0,3}[a-z]{3}-[a-z]{4}-[a-z]{3}\b"
)

STEMS = (
    "zoom", "meet", "teams", "calendly.", "savvycal.", "tidycal.", "zcal.", "cal.com", "lunacal.", "chilipiper.", "whereby.", "webex",
    "calendar.", "acuity", "youcanbook.me", "doodle.com",
)  # fmt: skip


def find_meetings(folded: Folded) -> Iterator[Finding]:
    if not mentions(folded.low, STEMS):
        return
    for pattern in (MEETING, MEETING_CODE):
        for found in pattern.finditer(folded.low):
            yield folded.finding("meeting", found.start(), found.end(), REASON)
