"""What an upload really is: judged by its bytes, never by its name, and without ever unpacking or drawing all of it.

Kinds that browsers run (HTML, SVG, scripts) are not among those that are taken. A file that is two things at once, or
whose name says something else than its content, is refused: whoever opens it would not get what they see.
"""

import io
import re
import threading
import unicodedata
import zipfile

from PIL import Image, UnidentifiedImageError

from hirehall.kernel import texts
from hirehall.kernel.errors import Refused

MEGABYTE = 1024 * 1024
PDF, ZIP, OFFICE, TEXT = "application/pdf", "application/zip", "application/vnd.openxmlformats-officedocument", "text/plain"
IMAGES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
DOCUMENTS = IMAGES | {PDF, ZIP, TEXT, OFFICE}
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# A picture of more pixels than this is a trap for the memory, whatever its file size.
LARGEST_PIXELS = 50_000_000
# The list of an archive is all that we read of it; with more entries the list alone would fill the memory.
MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 4 * 1024 * MEGABYTE
# Pictures are drawn one after the other, so that many at once need no more memory than one.
one_at_a_time = threading.Lock()

# Where these stand in a picture, or at the head of a PDF, a browser could be talked into running them.
MARKUP = re.compile(rb"<(?:(?:script|html|iframe)[\s>/]|\?php\s)", re.IGNORECASE)
HEAD_BYTES = 1_024
# The endings that promise a kind. A picture may be another sort of picture: phones and browsers mix them up all day.
# Other endings, such as .py, promise nothing.
PROMISES = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif"), IMAGES), "pdf": {PDF}, "zip": {ZIP},
    **{key: {OFFICE} for key in ("docx", "xlsx", "pptx")},
}  # fmt: skip
# What a double click runs: nothing of it is needed as it is, and a ZIP file can carry all of it.
RUN_BY_A_CLICK = frozenset({
    "apk", "app", "bat", "cmd", "com", "command", "cpl", "desktop", "docm", "dotm", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk",
    "mht", "mhtml", "msi", "ppam", "pptm", "ps1", "reg", "scr", "shtml", "svg", "swf", "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh", "xht",
    "xhtml", "xlam", "xlsm", "xltm",
})  # fmt: skip
# Our own limit has its own sentence, and is asked before a picture is drawn; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


def sniff(content: bytes) -> str | None:
    """The kind of a file by its first bytes and structure, never by its name; None when not known or not whole."""
    if content.startswith(b"%PDF-"):
        return None if MARKUP.search(content[:HEAD_BYTES]) else PDF
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if kind := _kind_of_picture(content):
        return None if MARKUP.search(content) else kind
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text or re.match(r"\s*<", text) else TEXT


def _kind_of_picture(content: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            picture.verify()
            return Image.MIME.get(picture.format or "")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None


def _kind_of_zip(content: bytes) -> str | None:
    # Each entry of the list begins with this sign, so counting it bounds what reading the list can cost.
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:
        return None
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return None
    return OFFICE if any(entry.filename == "[Content_Types].xml" for entry in entries) else ZIP


def clean_name(name: str) -> str:
    """A file name that is safe on every system and in every header, with its ending kept."""
    name = texts.mend(unicodedata.normalize("NFC", name)).replace("\\", "/").rsplit("/", 1)[-1]
    name = re.sub(r"\s+", " ", re.sub('[<>:"|?*\u200b\u200e\u200f\u2060-\u2064]', "", name)).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:20]}" if dot else name[:170] or "file"


def why_not_store(content: bytes, kinds: frozenset[str], max_bytes: int, name: str = "") -> Refused | None:
    """The reason to refuse an upload, or None."""
    if not content:
        return Refused("file:empty", "This file is empty.")
    if len(content) > max_bytes:
        return Refused("file:too_large", "This file is larger than %(most)s MB.", values={"most": max_bytes // MEGABYTE})
    kind = sniff(content)
    if kind not in kinds:
        return Refused("file:kind", "This kind of file can't be taken here; its content was checked, not its name.")
    return why_not_name(name, kind) or (why_not_draw(content) if kind in IMAGES else None)


def why_not_name(name: str, kind: str) -> Refused | None:
    """The reason against a name that lies about the content, or that makes a double click run it."""
    ending = clean_name(name).rpartition(".")[2].lower()
    if ending in RUN_BY_A_CLICK:
        return Refused(
            "file:runs", "A file that ends in .%(ending)s can run when it is opened. Put it into a ZIP file.", values={"ending": ending}
        )
    if kind not in PROMISES.get(ending, {kind}):
        return Refused(
            "file:name", "The name ends in .%(ending)s, but the content is something else. Save it again in the right format.",
            values={"ending": ending},
        )  # fmt: skip
    return None


def why_not_draw(content: bytes) -> Refused | None:
    """The reason against a picture that is too big to be drawn, or not whole."""
    with one_at_a_time, Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > LARGEST_PIXELS:
            return Refused("file:too_many_pixels", "This picture has more than 50 million pixels.")
        try:
            # JPEG can be read at an eighth of its size, which needs a sixty-fourth of the memory.
            picture.draft("RGB", (1, 1))
            picture.load()
        except (OSError, SyntaxError, ValueError):
            return Refused("file:broken", "This picture is not whole. Save it again, or choose another.")
    return None
