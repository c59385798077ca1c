"""Finds messengers and social networks: links, names with a handle, and invitations to move there.

The name of a product alone is never a finding: 27 of 28 posts that say "WhatsApp" or "Telegram"
want something built for it. It takes a handle, a personal link, or "write to me on ...".
"""

import re
from collections.abc import Iterator

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded, mentions

MESSENGER = (
    r"t[e3]l[e3]gr[a@4]m|t[e3]le\s?gram|whats?[\s\-]?app?|wh[a@4]ts?[a@4]pp?|watsapp|skype|discord|wechat|we\schat|weixin|viber|zalo|"
    r"kakao\s?talk|kik|threema|imo|icq|snapchat|signal|messenger|google\schat|hangouts|"
    r"телеграмм?|телега|ватсап|вотсап|скайп|вайбер|微信|واتساب|تلغرام"
)
SHORT_MESSENGER = r"tg|wa|wapp|snap|vx|line"
SOCIAL = r"instagram|insta|facebook|twitter|tiktok|linkedin|threads|mastodon|bluesky|vkontakte"
SHORT_SOCIAL = r"ig|fb"

DOT = r"\s{0,2}(?:\.|\[\.\]|\(\.\)|\(dot\)|\[dot\]|\sdot\s)\s{0,2}"
SLASH = r"\s{0,2}(?:/|\sslash\s)\s{0,2}"
MESSENGER_LINK = re.compile(
    rf"(?<![\w.@])(?:https?://)?(?:www\.)?(?:"
    rf"(?:t|telegram){DOT}me{SLASH}(?!(?:botfather|share|setlanguage|your|username|<|\{{))[+@]?[\w\-]{{4,64}}(?:/\w+)?"
    rf"|wa{DOT}me{SLASH}(?!(?:your|<|\{{))[+\w][\w/]{{3,64}}"
    r"|(?:api|chat|web)\.whatsapp\.com/(?:send/?\?phone=(?!\{|<|your)\S{5,80}|[A-Za-z0-9]{18,30})"
    rf"|discord(?:{DOT}gg|(?:app)?{DOT}com{SLASH}(?:invite|users)){SLASH}(?!your)[\w\-]{{3,64}}"
    r"|join\.skype\.com/\S{4,80}|signal\.(?:me|group)/\S{4,120}|zalo\.me/[\w]{4,64}|line\.me/(?:ti|R/ti)/\S{3,80}"
    r"|kik\.me/\w{3,64}|m\.me/(?!your)[\w.]{3,64}|viber\.me/\S{3,64}|join\.slack\.com/\S{4,120}|snapchat\.com/add/[\w.\-]{3,64}"
    r"|chat\.google\.com/room/\S{4,80}|u\.wechat\.com/\S{4,80}"
    r")|(?<!\w)(?:skype:[\w.:\-]{4,64}\?(?:chat|call)|skype:live:[\w.:\-]{2,64}|live:\.?(?:cid\.)?[\w.\-]{5,64}|viber://\S{4,80}|tg://\S{4,80}|whatsapp://\S{4,80})"
)
SOCIAL_LINK = re.compile(
    r"(?<![\w.@])(?:https?://)?(?:(?:www|m|web|[a-z]{2})\.)?(?:"
    r"linkedin\.com/(?:in|pub)/(?!(?:your|username|<|\{))[\w\-%.]{3,100}"
    r"|instagram\.com/(?!(?:p|reel|reels|explore|tv|stories|developer|about|accounts|your\w*|username|<|\{)(?:\W|$))[\w.]{3,40}"
    r"|(?:facebook|fb)\.com/(?!(?:groups|watch|ads|business|developers|docs|marketplace|events|help|login|sharer|share|tr|legal|policies|policy|reel|photo|your\w*|username)(?:\W|$))[\w.]{3,80}(?:\?id=\d+)?"
    r"|fb\.me/[\w.]{3,64}|(?:twitter|x)\.com/(?!(?:search|home|intent|share|hashtag|i|settings|your\w*|username)(?:\W|$))\w{3,30}(?!/status)(?![\w/])"
    r"|tiktok\.com/@[\w.]{3,40}(?!/video)(?![\w/])|threads\.net/@[\w.]{3,40}|vk\.com/(?:id\d+|[a-z][\w.]{3,40})|bsky\.app/profile/\S{3,80}"
    r"|linktr\.ee/[\w.]{3,64}"
    r")/?"
)

IS_MINE = r"(?:\s{0,3}(?:id|handle|username|user\s?name|user|nick(?:name)?|account|contact|name|number|no\.?|acc|profile|page))?"
LINK_SIGN = r"\s{0,3}(?:is|:|=|-|–|—|->|→|at|on|\()\s{0,3}"
# `Telegram @ben`, `IG at @ben`: a handle sign right behind the name.
AT_HANDLE = re.compile(
    rf"(?<![\w./@])({MESSENGER}|{SHORT_MESSENGER}|{SOCIAL}|{SHORT_SOCIAL}){IS_MINE}(?:{LINK_SIGN}|\s{{0,3}}){{1,2}}@\s?(?!media|import|angular|types)[a-z0-9_][\w.]{{2,40}}(?!/)\b"
)
# `my Telegram is ben`, `Skype ID: ben.c`: a name behind what belongs to somebody.
OWN_NAME = re.compile(
    rf"\b(?:my|our|mine|mi|meu|mon|mein|мой)\s+(?:\w+\s)?({MESSENGER}|{SHORT_MESSENGER}|{SOCIAL}|{SHORT_SOCIAL}){IS_MINE}\s{{0,3}}(?:is|:|=|-|–|es|ist|est)\s{{0,3}}@?([\w.:#\-]{{3,64}})"
    rf"|(?<![\w./])({MESSENGER}|{SHORT_MESSENGER}|{SOCIAL}|{SHORT_SOCIAL})\s{{0,3}}(?:id|handle|username|nick(?:name)?)\s{{0,3}}(?:is|:|=|-|–)?\s{{0,3}}@?([\w.:#\-]{{3,64}})"
)
# `Skype: ben.c_92`: only what looks like a made-up name, since `Telegram: bot` is a heading.
NAME_AFTER = re.compile(
    rf"(?<![\w./])({MESSENGER}|tg|{SOCIAL}|{SHORT_SOCIAL})\s{{0,3}}(?::|=|-|–|—|->|→)\s{{0,3}}@?(?=[\w.\-]{{0,40}}[\d_#])([a-z][\w.#\-]{{3,40}})(?![\w/])"
)
DISCORD_NAME = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\w)")
FOLLOW = re.compile(
    r"\b(?:find|reach|dm|message|contact|follow|add|ping|text|tag|hit)\s+(?:me|us)(?:\s+up)?(?:\s+(?:at|on|via|here|under|as|:))?[\s:]{1,3}@(?!media|import)[a-z]\w{2,40}(?![\w/])"
    r"|\b(?:my|our)\s+(?:handle|username|user\s?name|nick)\s+(?:is|:)\s*@\w{3,40}"
)

ON = r"(?:on|via|at|through|thru|over|in|by|using|to|with|from)"
NAMES_ON = rf"(?:my\s+|our\s+|the\s+)?(?:{MESSENGER}|tg\b|wapp)"
# "connect the wallet to my Discord server" is work, not an invitation.
NOT_A_PLACE = r"(?!\s+(?:servers?|bots?|accounts?|channels?|api|apps?|business|integration|community|webhooks?))"
INVITE = re.compile(
    rf"\b(?:contact|message|messag|msg|text|ping|add|reach|reach\s+out(?:\s+to)?|hit|write(?:\s+to)?|dm|pm|call|find|buzz|join|invite|talk\s+to|chat\s+with|speak\s+(?:to|with)|connect\s+with|get\s+back\s+to|get\s+in\s+touch\s+with)\s+(?:me|us)(?:\s+up)?(?:\s+(?:directly|privately|there|anytime|first|now|please))?\s+{ON}\s+{NAMES_ON}\b{NOT_A_PLACE}"
    rf"|\b(?:let\s?['’]?s|let\s+us|lets|can\s+we|could\s+we|shall\s+we|we\s+can|we\s+could|i\s+can|you\s+can|i\s+prefer\s+to|prefer\s+to|want\s+to|happy\s+to|would\s+like\s+to|i['’]ll)\s+(?:also\s+|then\s+|please\s+)?(?:talk|chat|speak|discuss|move|continue|connect|meet|switch|go|take|communicate|have\s+a\s+(?:call|chat))\s+(?:\w+\s){{0,3}}{ON}\s+{NAMES_ON}\b{NOT_A_PLACE}"
    rf"|\b(?:what\s+is|what['’]?s|send\s+(?:me|us)|give\s+(?:me|us)|share|drop)\s+your\s+(?:{MESSENGER}|phone\s+number|whats?app\s+number|mobile\s+number)\b(?!\s+(?:bot|api|integration|project|experience|portfolio|profile))"
    rf"|\b(?:i\s+am|i['’]m|we\s+are|we['’]re)\s+(?:also\s+)?(?:available|reachable|active|online)\s+on\s+{NAMES_ON}"
    rf"|\b(?:пиши|пишите|напишите)\s+(?:мне\s+)?в\s+(?:{MESSENGER}|тг)"
)
# Who does it in a text about a product: "customers can message us on WhatsApp".
PRODUCT_SUBJECT = re.compile(
    r"\b(?:users?|customers?|clients?|visitors?|buyers?|patients?|guests?|students?|people|leads?|prospects?|members?|agents?|bot|chatbot|app|system|button|widget|icon|form|feature|allow\w*|enable\w*|integrat\w+)\b[^.!?\n]{0,60}$"
)
# After a name these are words of the text, not handles.
NOT_HANDLES = frozenset(
    """
    the a an and or not for with from that this which your our my their his her its on in at to of is are was be
    as by string integer number text field required optional yes no none null true false available preferred fine
    ok good best bot bots api apis integration integrations channel channels group groups chat app apps account
    accounts page pages marketing ads automation scraper login support messages message messaging notifications
    server servers community only open also down up here below above attached same very full empty active verified
    private public linked connected working broken blocked banned used needed mandatory where what who how when if
    column format url link links has have had can could should will would must may generation processing growing
    getting doing not more about profile handle username name id content posts post store business shop website
    site based focused driven related
    """.split()  # noqa: SIM905 - a list of words reads better as words.
)


LINK_STEMS = (
    "me/", "/ ", " slash", "whatsapp", "discord", "skype", "live:", "signal", "viber", "tg:", "slack", "snapchat", "google.com", "wechat.com",
    "linkedin", "instagram.com", "facebook.com", "fb.com", "twitter.com", "x.com", "tiktok", "threads.net", "vk.com", "bsky", "linktr",
)  # fmt: skip
NAME_SIGNS = (":", "=", "-", "–", "—", "→")


def kind_of(name: str) -> str:
    return "social" if re.fullmatch(rf"{SOCIAL}|{SHORT_SOCIAL}", name) else "messenger"


REASONS = {"messenger": "messenger contact", "social": "social media contact"}


def find_handles(folded: Folded) -> Iterator[Finding]:
    text = folded.low
    if mentions(text, LINK_STEMS):
        for found in MESSENGER_LINK.finditer(text):
            yield folded.finding("messenger", found.start(), found.end(), REASONS["messenger"])
        for found in SOCIAL_LINK.finditer(text):
            yield folded.finding("social", found.start(), found.end(), REASONS["social"])
    for sign, pattern in ((("@",), AT_HANDLE), (NAME_SIGNS, NAME_AFTER)):
        for found in pattern.finditer(text) if mentions(text, sign) else ():
            kind = kind_of(found[1])
            yield folded.finding(kind, found.start(), found.end(), REASONS[kind])
    for found in OWN_NAME.finditer(text):
        handle = (found[2] or found[4]).strip(".:-#")
        if len(handle) >= 3 and handle not in NOT_HANDLES:
            kind = kind_of(found[1] or found[3])
            yield folded.finding(kind, found.start(), found.end(), REASONS[kind])
    if "discord" in text:
        for found in DISCORD_NAME.finditer(text):
            yield folded.finding("messenger", found.start(), found.end(), REASONS["messenger"])
    for found in FOLLOW.finditer(text) if "@" in text else ():
        yield folded.finding("social", found.start(), found.end(), REASONS["social"])
    for found in INVITE.finditer(text):
        if not PRODUCT_SUBJECT.search(text[max(0, found.start() - 90) : found.start()]):
            yield folded.finding("messenger", found.start(), found.end(), "invitation to another messenger")
