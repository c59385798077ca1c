"""Finds telephone numbers: written, spaced out, spelled out, in any digits.

Long numbers are mostly not telephones (prices, dates, ids, versions), so everything that has
another known shape is blanked first, and what is left must either be valid in a numbering plan
(the `phonenumbers` library knows them) or stand behind a word such as "call".
"""

import re
from collections.abc import Iterator

import phonenumbers

from hirehall.people.screening.findings import Finding
from hirehall.people.screening.obfuscation import Folded

REASON = "phone number"

# Plans tried for a number without a country code, by where freelancers and clients write from.
TRUNK_REGIONS = (
    "GB",
    "PK",
    "BD",
    "NG",
    "PH",
    "ID",
    "VN",
    "AU",
    "KE",
    "EG",
    "FR",
    "NL",
    "TR",
    "UA",
    "ZA",
    "MY",
    "IL",
    "AE",
    "MA",
    "LK",
    "DE",
    "IN",
    "JP",
    "KR",
    "BR",
)

GAP = r"[ \t\xa0().\-–—/·•_*~|,]{0,3}"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
NOT_PHONES = re.compile(
    "|".join(
        (
            r"\b(?!tel:|sms:|whatsapp:)[a-z][a-z0-9+.\-]{1,10}://\S{1,300}",  # URLs
            r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b",  # UUIDs
            r"(?<![\w.])(?:19|20)\d\d([\-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[t\s_\-]{0,3}(?:at\s)?\d\d[:.h\-]?\d\d(?:[:.\-]?\d\d(?:[.,]?\d{1,6})?)?)?(?!\d)",
            r"(?<![\w.])(?:0?[1-9]|[12]\d|3[01])([\-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?\d\d(?!\d|\2\d)",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}\s\d{{4}}\b|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b",
            r"(?<!\d)(?:19|20)\d\d\s?[\-–—/]\s?(?:19|20)\d\d(?!\d)",  # years
            r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:\s?[\-–—]\s?\d{1,2}:\d\d)?",  # times
            r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2})?(?![\d.])",  # IP addresses
            r"[$€£¥₹₽₦₱฿₫₩]\s?\d[\d\s,.]{0,20}\d?(?:\s?[\-–—]\s?[$€£¥₹₽₦₱฿₫₩]?\s?\d[\d,.]{0,20})?",  # prices
            r"\b(?:usd|eur|gbp|inr|pkr|rs|aud|cad|ngn|php)\.?\s?\d[\d\s,.]{0,20}\d?",
            r"(?<![\w,])\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d+)?(?!\d)",  # 10,000,000
            r"(?<![\w.+(])[1-9]\d{0,2}(?:[ .']000){1,5}(?![\w-])",  # 10 000 000
            r"(?<![\w+])(?<!\d[ \-.)])\d{1,7}\s?[\-–—]\s?\d{1,7}\s?(?:usd|eur|k|hrs?|hours?|words?|rows?|users?|items?|%|px|ms|people|employees|pages)\b",
            r"(?<![\w.+(])(?<!\d[ \-.)])\d{1,12}(?:[ .,]\d{3}){0,5}\s?(?:usd|eur|gbp|inr|rows?|records?|users?|words?|items?|products?|lines|bytes|kb|mb|gb|px|ms|seconds|messages|requests|entries|contacts|leads|times|people|views|followers|tokens|parameters|%)(?!\w)",
            r"\b(?:order|invoice|ticket|ref(?:erence)?|case|id|ids|isbn(?:-1[03])?|issn|ean|upc|gtin|asin|sku|tracking|model|part|serial|version|ver|build|issue|pr|port|ports|job|contract|patent|vat|tax|ein|ssn|zip|postcode|doi|rfc|cve|commit|timestamp|epoch|pin|score|seed|act|law|section|§+|page|lot|batch|case|license|licence|reg|registration|account|acct|routing|iban|budget|price|salary|range|meeting|passcode|chapter|table)"
            r"\s{0,2}(?:no\.?|nr\.?|number|num|code|id|ids|#|№)?\s{0,2}(?:is|are|of|was)?\s{0,2}[:#=]?\s{0,2}[#]?[\w\-]{0,6}\d[\d\s\-./]{2,30}",
            r"#\s?[\da-f]{3,32}\b",  # colours, issue numbers
            r"\b97[89][\- ]?(?:\d[\- ]?){9}[\dx]\b",  # ISBN
            r"(?<![\w+.])v?\d{1,5}(?:\.\d{1,6}){2,13}(?:[\-+][\w.]+)?(?=$|[\s,;:)\]}'\"!?]|\.(?!\d))",  # versions, handled by VERSION_LIKE
        )
    )
)
DOTTED_PHONE = re.compile(
    r"(?:\+?1\.)?[2-9]\d{2}\.[2-9]\d{2}\.\d{4}|0\d(?:\.\d\d){4}|\d(?:\.\d){8,13}|0\d{2,4}\.\d{3}\.\d{3,4}"
)
GROUPED_PHONE = re.compile(r"(?<![\d$€£\-])\(?[2-9]\d{2}\)?[\-. ]{1,2}[2-9]\d{2}[\-. ]\d{4}(?!\d)")

LONG_NUMBER = re.compile(r"[\doli](?:(?:[^\w\n]|_){0,4}[\doli]){6}")
INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+{GAP}|00(?=[1-9])|011[ \-.]?(?=[1-9]))\(?\d(?:{GAP}\d){{6,14}}(?!\d)")
# Each shape with the plans it belongs to: a shape of one plan is not looked up in another.
NATIONAL = tuple(
    (re.compile(rf"(?<![\w.,#+$\-/=&@])(?:{shape})(?![\w]|[.,\-/]\d)"), regions)
    for shape, regions in (
        (r"(?:1[\-. ]?)?\(?[2-9]\d{2}\)?[\-–. ·*_~/]{0,3}[2-9]\d{2}[\-–. ·*_~]{0,3}\d{4}", ("US",)),
        (r"\(?0[1-9]\d?(?:[\s().\-–/·*_]{0,3}\d){7,9}", TRUNK_REGIONS),
        (r"[6-9]\d{4} ?\d{5}", ("IN",)),
        (r"1[3-9]\d[\- ]?\d{4}[\- ]?\d{4}", ("CN",)),
        (r"\(?[1-9]\d\)?[\- ]9\d{4}[\- ]\d{4}", ("BR",)),
        (r"8[\- ]?\(?9\d{2}\)?[\- ]?\d{3}[\- ]?\d{2}[\- ]?\d{2}", ("RU",)),
        (r"[67]\d{2}[ .\-]\d{2}[ .\-]\d{2}[ .\-]\d{2}", ("ES",)),
        (r"\d(?:[^\w]{1,3}\d){8,13}", ("US", "IN", *TRUNK_REGIONS)),
    )
)
ASKED_FOR = re.compile(
    r"(?:\b(?:phone|mobile|mob|cell|cellphone|tel|telephone|call|text|whats?\s?app|wa|sms|dial|ring|viber|signal|zalo|imo|"
    r"handy|telefon|telefono|celular|movil|numero|my number|our number|number is|contact number|contact no|тел|телефон|звоните|номер|"
    r"llamame|appelez|rufen|hubungi|ligue)\b\.?|电话|手机|微信|هاتف|جوال|واتساب|फोन|📞|☎|📱|📲)"
    rf"(?:[^\d\n.!?;$€£]{{0,24}}?|\W{{1,4}}\w{{0,3}}\W{{0,3}})(?<![\d$€£#])(\+?\(?\d(?:{GAP}\d){{6,14}})(?![\d%])"
)
# Zero written as O and one as l or I: 9l7 555 O123.
LETTER_DIGITS = re.compile(r"(?<![\w.])\(?[2-9][\doli]{2}\)?[\-. ]{0,2}[\doli]{3}[\-. ]{0,2}[\doli]{4}(?!\w)")
AS_DIGITS = str.maketrans("oli", "011")

WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
    "null": "0", "eins": "1", "zwei": "2", "drei": "3", "vier": "4", "funf": "5", "fuenf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9",
    "un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "sept": "7", "huit": "8", "neuf": "9",
    "um": "1", "dois": "2", "quatro": "4", "sete": "7", "oito": "8", "nove": "9",
    "ноль": "0", "один": "1", "два": "2", "три": "3", "четыре": "4", "пять": "5", "шесть": "6", "семь": "7", "восемь": "8", "девять": "9",
    "ek": "1", "do": "2", "teen": "3", "char": "4", "paanch": "5", "panch": "5", "chhe": "6", "saat": "7", "aath": "8", "nau": "9", "shunya": "0",
}  # fmt: skip
# Words of three letters and more may be glued together; shorter ones ("o", "do") stand alone.
WORD = "|".join(
    word if len(word) > 2 else rf"(?<![^\W\d_]){word}(?![^\W\d_])" for word in sorted(WORDS, key=len, reverse=True)
)
SPELLED = re.compile(
    rf"(?<!\w)(?=[\d+{''.join(sorted({w[0] for w in WORDS} | set('dtp')))}])(?:(?:double|triple|plus|\+)?[\s\-]?(?:{WORD}|\d)[\s,.\-_/]{{0,3}}){{7,18}}(?!\w)"
)
SPELLED_PART = re.compile(rf"(double|triple)?[\s\-]?({WORD}|\d)")


def find_phones(folded: Folded) -> Iterator[Finding]:
    text = folded.low
    for found in SPELLED.finditer(text):
        if reads_as_number(found.group()):
            end = found.start() + len(found.group().rstrip(" ,.-_/\n\t\r"))
            yield folded.finding("phone", found.start(), end, REASON)
    if not LONG_NUMBER.search(text):
        return
    masked = NOT_PHONES.sub(blank, text)
    for found in INTERNATIONAL.finditer(masked):
        length = valid_length(found.group())
        if length:
            yield folded.finding("phone", found.start(), found.start() + length, REASON)
    for pattern, regions in NATIONAL:
        for found in pattern.finditer(masked):
            if is_national(found.group(), regions):
                yield folded.finding("phone", found.start(), found.end(), REASON)
    for found in LETTER_DIGITS.finditer(masked):
        if has_digits_and_letters(found.group()) and is_national(found.group().translate(AS_DIGITS), ("US",)):
            yield folded.finding("phone", found.start(), found.end(), REASON)
    for found in ASKED_FOR.finditer(masked):
        if not is_counting(only_digits(found[1])):
            yield folded.finding("phone", found.start(1), found.end(1), REASON)


def blank(found: re.Match[str]) -> str:
    """Blank what has another shape; 917.555.0123 is no version, and "ID 917 555 0123" no id."""
    span = found.group()
    return span if DOTTED_PHONE.fullmatch(span.strip()) or GROUPED_PHONE.search(span) else "x" * len(span)


def only_digits(span: str) -> str:
    return "".join(sign for sign in span if sign in "0123456789")


def is_counting(digits: str) -> bool:
    """1234567, 0000000 and 1010101 are placeholders and examples, not numbers to call."""
    return digits in "01234567890" or len(set(digits)) < 3


def is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def valid_length(span: str) -> int:
    """How much of a span behind + or 00 is a number; what follows may be another number."""
    ends = [i for i in range(len(span), 6, -1) if i == len(span) or not span[i].isdigit()]
    for end in ends:
        if not span[end - 1].isdigit():
            continue
        digits = only_digits(span[:end])
        bare = re.sub(r"^(?:00|011)", "", digits) if span[0] != "+" else digits
        if len(bare) >= 7 and is_valid("+" + bare, None):
            return end
    # An unknown plan is still a number to call when it is written like one.
    written_as_one = span[0] == "+" and 9 <= len(only_digits(span)) <= 15
    return len(span) if written_as_one and not is_counting(only_digits(span)) else 0


def is_national(span: str, regions: tuple[str, ...]) -> bool:
    digits = only_digits(span)
    return not is_counting(digits) and any(is_valid(digits, region) for region in regions)


def has_digits_and_letters(span: str) -> bool:
    return sum(sign.isdigit() for sign in span) >= 7 and any(sign.isalpha() for sign in span)


def reads_as_number(span: str) -> bool:
    """Enough digits, most of them in words, and not somebody counting."""
    parts = SPELLED_PART.findall(span)
    times = {"": 1, "double": 2, "triple": 3}
    digits = "".join(WORDS.get(part, part) * times[how] for how, part in parts)
    spelled = sum(part in WORDS for _, part in parts)
    return 7 <= len(digits) <= 16 and spelled >= 3 and not is_counting(digits)
