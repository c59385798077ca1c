"""Files that mean harm, and files that mean none: each with the name it comes under."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image

SCRIPT = b"<script>alert(document.cookie)</script>"


@dataclass(frozen=True)
class Upload:
    """A file as it is sent: the name is kept to the byte."""

    name: bytes
    content: bytes


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 300), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def noise(kind: str) -> bytes:
    """A picture whose bytes are spread over the whole file, so that half of it is half a picture."""
    out = io.BytesIO()
    Image.effect_noise((400, 400), 80).convert("RGB").save(out, kind)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 1_000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb(claimed: int = 0xFFFF_FFF0) -> bytes:
    """A small archive whose two entries say that they unpack to gigabytes, as those do that are meant to fill a disk."""
    small = bytearray(packed({"a": bytes(100_000), "b": bytes(100_000)}))
    place = small.find(b"PK\x01\x02")
    while place >= 0:
        small[place + 24 : place + 28] = struct.pack("<I", claimed)
        place = small.find(b"PK\x01\x02", place + 4)
    return bytes(small)


def endless_list(entries: int = 20_000) -> bytes:
    """An archive that is hardly more than a list of empty entries."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"x"
    listed = entry * entries
    return b"PK\x03\x04" + bytes(26) + listed + b"PK\x05\x06" + bytes(4) + struct.pack(
        "<HHIIH", entries & 0xFFFF, entries & 0xFFFF, len(listed), 30, 0
    )


def gif_and_script() -> bytes:
    """A GIF whose first bytes are also the beginning of a comment of JavaScript."""
    whole = picture("GIF", (0x2A2F, 2), "P")
    return whole + b"*/=1;alert(1)//"


# What it is -> the file, and a piece of the sentence with which a door for documents refuses it.
REFUSED: dict[str, tuple[Upload, str]] = {
    "an SVG with a script": (Upload(b"a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"), "its content was checked"),
    "an SVG that begins with a mark": (Upload(b"a.txt", b"\xef\xbb\xbf<svg onload='alert(1)'/>"), "its content was checked"),
    "HTML named .png": (Upload(b"a.png", b"<!doctype html>" + SCRIPT), "its content was checked"),
    "HTML behind words, named .html": (Upload(b"a.html", b"Hello " + SCRIPT), "Put it into a ZIP file"),
    "a PNG with HTML in it": (Upload(b"a.png", picture() + b"<html>" + SCRIPT), "its content was checked"),
    "a GIF with HTML in it": (Upload(b"a.gif", picture("GIF", mode="P") + SCRIPT), "its content was checked"),
    "a PDF that is HTML too": (Upload(b"a.pdf", b"%PDF-1.7\n" + SCRIPT + b"\n%%EOF"), "its content was checked"),
    "a program": (Upload(b"a.zip", b"MZ\x90\x00" + bytes(200)), "its content was checked"),
    "words named .exe": (Upload(b"plan.exe", b"Just words."), "Put it into a ZIP file"),
    "a name turned round": (Upload("photo\u202egnp.exe".encode(), picture()), "Put it into a ZIP file"),
    "words named .pdf": (Upload(b"a.pdf", b"Just words."), "the content is something else"),
    "a PDF named .png": (Upload(b"a.png", b"%PDF-1.7\n1 0 obj"), "the content is something else"),
    "an archive named .docx": (Upload(b"a.docx", packed({"a.txt": b"x"})), "the content is something else"),
    "a zip bomb": (Upload(b"a.zip", bomb()), "its content was checked"),
    "an endless list": (Upload(b"a.zip", endless_list()), "its content was checked"),
    "a damaged archive": (Upload(b"a.zip", b"PK\x03\x04" + b"broken" * 20), "its content was checked"),
    "a picture of 400 million pixels": (Upload(b"a.png", png_claiming(20_000, 20_000)), "more than 50 million pixels"),
    "a picture of four milliard pixels": (Upload(b"a.png", png_claiming(65_500, 65_500)), "more than 50 million pixels"),
    "half a PNG": (Upload(b"a.png", noise("PNG")[:60_000]), "its content was checked"),
    "half a JPEG": (Upload(b"a.jpg", noise("JPEG")[:10_000]), "not whole"),
    "half a WebP": (Upload(b"a.webp", noise("WEBP")[:10_000]), "its content was checked"),
    "an empty file": (Upload(b"a.txt", b""), "empty"),
    "zero bytes in words": (Upload(b"a.txt", b"a\x00b"), "its content was checked"),
}  # fmt: skip
# Names that are cleaned -> what is left of them.
NAMES = {
    b"../../etc/passwd.txt": "passwd.txt", b"..\\..\\boot.txt": "boot.txt", b"/etc/cron.d/job.txt": "job.txt",
    b"a\x07b\x1bc.txt": "abc.txt", b"bill\xe2\x80\xaefdp.txt": "billfdp.txt", b"a\xe2\x80\x8bb.txt": "ab.txt",
    b"<img src=x onerror=alert(1)>.txt": "img src=x onerror=alert(1).txt",
    b"n" * 800 + b".txt": "n" * 150 + ".txt", b"no ending": "no ending", "नमस्ते.txt".encode(): "नमस्ते.txt",
}  # fmt: skip
