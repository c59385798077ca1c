"""Finds payment past the house: links, account numbers, wallets, and offers to pay elsewhere.

This is refused at any time. A product that takes PayPal, Stripe or crypto is no offer; an offer
has an "I", "we" or "me" who pays or is paid.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded, mentions

LINK_REASON = "payment link"
ACCOUNT_REASON = "payment account"
OFFER_REASON = "payment outside"

NO_DOCS = r"(?!(?:your|username|<|\{)\b)"
LINK = re.compile(
    r"(?<![\w.@])(?:https?://)?(?:www\.)?(?:"
    rf"paypal\.me/{NO_DOCS}[\w.\-]{{2,64}}(?:/\d+)?|paypal\.com/(?:paypalme|invoice/p|donate|pools/c|ncp/payment)[/?]\S{{2,120}}|py\.pl/\w{{3,20}}"
    rf"|venmo\.com/(?!(?:docs|developers|business|about|legal)\b)(?:u/|code\?)?{NO_DOCS}[\w.\-=&]{{3,64}}|cash\.app/\$?[\w]{{2,64}}|wise\.com/(?:pay|share|invite)/\S{{2,100}}"
    r"|revolut\.me/[\w.]{2,64}|monzo\.me/[\w.]{2,64}|skrill\.me/\S{2,64}|(?:buy|donate|invoice)\.stripe\.com/[\w/]{4,100}|buymeacoffee\.com/[\w.]{2,64}|ko-fi\.com/[\w.]{2,64}"
    r"|payoneer\.com/(?:pay|request|prq)\S{2,100}|link\.payoneer\.com/\S{2,100}|razorpay\.me/\S{2,64}|rzp\.io/\S{2,64}|paystack\.(?:com/pay|shop/pay)/\S{2,64}|square\.link/\S{2,64}|zelle(?:pay)?\.com/\S{3,64}"
    r")/?|(?<!\w)(?:bitcoin|ethereum|litecoin|upi):(?://)?[\w?=@.&]{10,120}"
)
SERVICE = r"pay\s?pal|venmo|cash\s?app|zelle|wise|transferwise|payoneer|skrill|revolut|western\s+union|moneygram|g[\s\-]?pay|google\s?pay|apple\s?pay|upi|paytm|gcash|m-?pesa|bkash|jazz\s?cash|easy\s?paisa|pix|bank\s+transfer|wire\s+transfer|direct\s+bank|crypto(?:currency)?|bitcoin|btc|usdt|usdc|eth|ethereum|gift\s?cards?|neteller|perfect\s+money"
TAG = re.compile(
    r"\b(?:cash\s?app|cashtag|venmo|zelle|wise|wise\s?tag|paypal|revtag|revolut)(?:\s+(?:me|tag|handle|id|account|is|at|to|user(?:name)?)){0,3}\s{0,3}[:=\-]?\s{0,3}(?:is\s)?(?:\$[a-z]\w{2,24}|@[a-z][\w\-.]{2,40})\b"
    r"|\bpay\s?pal(?:\s+(?:me|id|account|address|e-?mail|is|at|to)){0,3}\s{0,3}[:=\-]?\s{0,3}[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w\-]{2,40}\.\w{2,10}"
    r"|(?<![\w.])[\w.\-]{3,40}@(?:ok(?:axis|hdfcbank|icici|sbi)|ybl|ibl|axl|apl|paytm|upi)(?![\w.])"
)
BANK = re.compile(
    r"\b(?:account|acct|a/c)\s?(?:no\.?|number|#)\s{0,3}(?:is|:|=|-)?\s{0,3}\d[\d \-]{6,22}\d\b[^\n]{0,60}?\b(?:routing|sort\s?code|ifsc|swift|bic|aba)\b[^\n]{0,24}\w{2,}"
    r"|\b(?:routing|sort\s?code|ifsc|aba)\s?(?:no\.?|number|code|#)?\s{0,3}(?:is|:|=|-)?\s{0,3}[a-z]{0,4}\d[\w\-]{4,14}[^\n]{0,40}?\b(?:account|acct|a/c)\s?(?:no\.?|number|#)?\s{0,3}(?:is|:|=|-)?\s{0,3}\d[\d \-]{6,22}\d"
)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
WALLET = re.compile(
    r"(?<![\w/])(?:(bc1[ac-hj-np-z02-9]{25,59}|ltc1[ac-hj-np-z02-9]{25,59})|([13LTDX][1-9A-HJ-NP-Za-km-z]{25,34})|(0x[0-9a-fA-F]{40}))(?!\w)"
)
WALLET_ASKED = re.compile(
    r"\b(?:send|pay|paid|payment|tip|donat\w+|transfer|deposit)\b[^.!?\n]{0,60}$|\b(?:my|our)\s(?:\w+\s){0,2}(?:wallet|address)\b[^.!?\n]{0,20}$"
)

PERSON = r"(?:you|me|us)"
DIRECT = r"(?:directly|direct|privately|personally|outside|off[\s\-]?(?:the[\s\-]?)?(?:platform|site|app)|off[\s\-]?(?:upwork|hirehall|fiverr)|under\s+the\s+table)"
PLACE = r"(?:the\s+|this\s+|of\s+|of\s+the\s+|of\s+this\s+)?(?:platform|site|website|upwork|hirehall|fiverr|freelancer|marketplace|system|here|escrow)"
OFFER = re.compile(
    rf"\bpay(?:ing|ment|ments)?\s+(?:to\s+)?(?:{PERSON}\s+)?(?:\w+\s+){{0,2}}(?:outside|off)\s+{PLACE}"
    rf"|\bpay(?:ing)?\s+{PERSON}\s+(?:all\s+|the\s+(?:rest|balance|money)\s+)?{DIRECT}\b"
    rf"|\b(?:avoid|skip|save(?:\s+on)?|bypass|escape|dodge|get\s+around|without(?:\s+(?:paying|having\s+to\s+pay))?)\s+(?:all\s+)?(?:the\s+|their\s+|these\s+|its\s+)?(?:(?:high|huge|platform(?:['’]s)?|upwork(?:['’]s)?|hirehall(?:['’]s)?|fiverr(?:['’]s)?|service|marketplace|website(?:['’]s)?|site(?:['’]s)?)\s+){{1,3}}(?:\d+\s?%\s+)?(?:fees?|commissions?|cuts?|charges)\b"
    rf"|\b(?:i|we)(?:\s*['’]?(?:ll|d)|\s+(?:will|can|could|would|may|shall|usually|normally|always|also|only|prefer(?:\s+to)?|want\s+to|like\s+to)){{0,3}}\s+(?:pay|send|transfer|wire|deposit)(?:ing)?\s+(?:you\s+|money\s+|it\s+|the\s+\w+\s+|your\s+\w+\s+|weekly\s+|monthly\s+|only\s+){{0,3}}(?:via|by|through|with|in|using|over|on|to)\s+(?:your\s+|my\s+)?(?:{SERVICE})\b"
    rf"|\b(?:pay|send|transfer|wire|paid)\s+(?:me|us|(?:it|the\s+(?:money|payment|rest|deposit|amount))\s+to\s+(?:me|us|my))\s+(?:\w+\s+){{0,2}}?(?:(?:via|by|through|with|in|using|over|on|to)\s+)?(?:my\s+)?(?:{SERVICE})\b"
    rf"|\b(?:i|we)\s+(?:also\s+|only\s+|can\s+|do\s+)?(?:accept|take|prefer|receive|get\s+paid)\s+(?:direct\s+)?(?:payments?\s+|money\s+)?(?:(?:via|by|through|with|in|using)\s+|directly\s+(?:via|by|to)\s+)(?:{SERVICE})\b"
    rf"|\b(?:i['’]?d|i\s+would|we['’]?d|we\s+would|i|we)\s+(?:rather|prefer(?:\s+to)?|like\s+to|want\s+to|wish\s+to)\s+(?:be|get)\s+paid\s+(?:\w+\s+)?(?:via|by|through|in|with|using|outside)\s+(?:{SERVICE}|{PLACE})"
    rf"|\byou(?:\s*['’]?(?:ll)|\s+(?:will|can|could|may))\s+(?:be\s+paid|pay\s+me|get\s+paid|receive\s+(?:the\s+|your\s+)?payment)\s+(?:\w+\s+){{0,2}}?(?:(?:via|by|through|in|with|using|over)\s+(?:{SERVICE})|{DIRECT})\b"
    rf"|\b(?:our|my|the|your|all)\s+payments?\s+(?:(?:will|can|would|could|should)\s+(?:then\s+)?be|is|are)\s+(?:made|done|sent|paid|released)?\s*(?:via|through|by|in|over|outside|with|using)\s+(?:{SERVICE}|{PLACE})\b"
    rf"|\b(?:close|end|cancel)\s+the\s+contract\s+and\s+(?:pay|work|continue|go)\b[^.!?\n]{{0,30}}?(?:{DIRECT}|(?:{SERVICE}))"
    rf"|\b(?:work|deal|hire|contract|continue|go|move|take\s+(?:it|this))\s+(?:together\s+|with\s+(?:me|us|you)\s+|you\s+|this\s+|it\s+)?(?:directly\s+)?(?:outside\s+(?:of\s+)?(?:the\s+|this\s+)?(?:platform|site|upwork|hirehall|fiverr)|off[\s\-]?(?:the[\s\-]?)?platform|off[\s\-]?(?:upwork|hirehall))"
)
# "Never pay outside the platform" is the house's own advice.
NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nobody|refuse\w*|decline\w*|avoid|against|forbid\w*|prohibit\w*|report|without|if (?:any\w+|some\w+|they))\b|n['’]t\b)[^.!?\n]{0,45}$"
)
PRODUCT = re.compile(
    r"\b(?:users?|customers?|clients?|visitors?|buyers?|sellers?|drivers?|students?|members?|app|system|site\s+where|bot|so\s+that|button|feature|allow\w*|enable\w*|integrat\w+|checkout)\b[^.!?\n]{0,50}$"
)
IBAN_LENGTHS = range(15, 35)
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

LINK_STEMS = (
    "paypal", "py.pl", "venmo.com", "cash.app", "wise.com", "revolut.me", "monzo.me", "skrill.me", "stripe.com", "buymeacoffee.com", "ko-fi.com",
    "payoneer.com", "razorpay.me", "rzp.io", "paystack", "square.link", "zelle", "bitcoin:", "ethereum:", "litecoin:", "upi:",
)  # fmt: skip
ACCOUNTS = (
    (LINK_STEMS, LINK, LINK_REASON),
    (("@", "$", "(at)", "[at]"), TAG, ACCOUNT_REASON),
    (("routing", "sort", "ifsc", "swift", "bic", "aba"), BANK, ACCOUNT_REASON),
)


def find_payments(folded: Folded) -> Iterator[Finding]:
    text, low = folded.text, folded.low
    for stems, pattern, reason in ACCOUNTS:
        for found in pattern.finditer(low) if mentions(low, stems) else ():
            yield folded.finding("payment_link", found.start(), found.end(), reason)
    for found in IBAN.finditer(text):
        length = iban_length(found.group())
        if length:
            yield folded.finding("payment_link", found.start(), found.start() + length, ACCOUNT_REASON)
    for found in WALLET.finditer(text):
        if is_wallet(found, low):
            yield folded.finding("payment_link", found.start(), found.end(), "wallet address")
    for found in OFFER.finditer(low):
        before = low[max(0, found.start() - 60) : found.start()]
        if not NEGATED.search(before) and not PRODUCT.search(before):
            yield folded.finding("outside_payment", found.start(), found.end(), OFFER_REASON)


def iban_length(span: str) -> int:
    """How much of the span is an account number by its own check digits (ISO 13616)."""
    for end in [m.end() for m in re.finditer(r"[A-Z0-9]+", span)][::-1]:
        plain = re.sub(r"[ \-]", "", span[:end])
        if len(plain) in IBAN_LENGTHS and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1:
            return end
    return 0


def is_wallet(found: re.Match[str], low: str) -> bool:
    """Check sums tell wallets from other long words; contract addresses of a chain have none."""
    if found[1]:
        return True
    if found[2]:
        return has_check_sum(found[2])
    return WALLET_ASKED.search(low[max(0, found.start() - 80) : found.start()]) is not None


def has_check_sum(word: str) -> bool:
    number = 0
    for sign in word:
        number = number * 58 + BASE58.index(sign)
    body = number.to_bytes(26, "big")[-25:]
    return sha256(sha256(body[:21]).digest()).digest()[:4] == body[21:]
