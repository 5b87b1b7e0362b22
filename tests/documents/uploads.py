"""Honest and hostile uploads, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from openpyxl import Workbook

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 64 + b"\xff\xd9"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)

WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
EXCEL = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return out.getvalue()


def workbook(*rows: Sequence[object], name: str = "表.xlsx") -> ContentFile[bytes]:
    """A real workbook with these rows on its first sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return upload(name, out.getvalue())


def upload(name: str, content: bytes) -> ContentFile[bytes]:
    """An upload with its name as it was sent: also one that the framework would have tidied."""
    return ContentFile(content, name=name)


HONEST = {
    "合同.pdf": (PDF, "application/pdf"),
    "照片.png": (PNG, "image/png"),
    "现场.jpg": (JPEG, "image/jpeg"),
    "现场.JPEG": (JPEG, "image/jpeg"),
    "报告.docx": (package(WORD), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "台账.xlsx": (package(EXCEL), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "清单.csv": ("序号,名称\n1,工作服\n".encode(), "text/csv"),
    "清单旧.csv": ("序号,名称\n1,工作服\n".encode("gb18030"), "text/csv"),
    "说明.txt": ("先说清楚要什么。\n".encode(), "text/plain"),
    "说明旧.txt": ("先说清楚要什么。\n".encode("gb18030"), "text/plain"),
    "说明宽.txt": ("先说清楚要什么。\n".encode("utf-16"), "text/plain"),
}

EXTENSIONS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "csv", "txt")
# What is not the thing that the extension says, whatever the extension.
FOREIGN = {
    "nothing": b"",
    "html": HTML,
    "html after blanks": b"\n\t  " + HTML,
    "html with a byte order mark": b"\xef\xbb\xbf" + HTML,
    "svg": SVG,
    "svg without a head": SVG.split(b"?>")[1],
    "svg with a prefix": b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "a comment that hides html": b"<!-- --><script>alert(1)</script>",
    "elf": b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
    "exe": b"MZ\x90\x00\x03" + b"\x00" * 128,
    "gif": b"GIF89a" + b"\x00" * 32,
    "zip": package({"a.txt": "a"}),
    "jar": package({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"}),
    "rar": b"Rar!\x1a\x07\x01\x00" + b"\x00" * 32,
    "gzip": b"\x1f\x8b\x08" + b"\x00" * 32,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    "nul bytes": b"a\x00b\x00" * 40,
    "escape codes": b"\x1b[2Jhello",
    "broken utf-16": b"\xff\xfe\x00\xd8\x41\x00",
    "html before a pdf": HTML + PDF,
    "pdf without an end": PDF.replace(b"%%EOF", b"") + b"\x00",
    "png cut short": PNG[:20],
    "jpeg cut short": JPEG[:20],
    "zip with html before it": HTML + package(WORD),
    "zip cut short": package(WORD)[:-30],
}

# Office files that carry something that they must not.
TAINTED: dict[str, Mapping[str, str | bytes]] = {
    "no table of contents": {"word/document.xml": "<a/>", "xl/workbook.xml": "<a/>"},
    "no main part": {"[Content_Types].xml": "<Types/>"},
    "path upwards": {**WORD, **EXCEL, "../../etc/cron.d/x": "* * * * *"},
    "path upwards with backslashes": {**WORD, **EXCEL, "..\\..\\x.dll": "MZ"},
    "absolute path": {**WORD, **EXCEL, "/etc/passwd": "root"},
    "drive": {**WORD, **EXCEL, "C:/x.dll": "MZ"},
    "macro": {**WORD, **EXCEL, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
    "macro in excel": {**WORD, **EXCEL, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
    "macro type": {
        **WORD,
        **EXCEL,
        "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
    },
    "bomb": {**WORD, **EXCEL, "word/media/image1.png": b"\x00" * (8 * 1024 * 1024)},
    "crowd": {**WORD, **EXCEL, **{f"customXml/{n}": "" for n in range(5_001)}},
}

# Names whose extension is not taken, however they are dressed up.
BAD_NAMES = [
    "a", "a.", ".pdf", "a.svg", "a.html", "a.htm", "a.xhtml", "a.exe", "a.bat", "a.js", "a.docm", "a.xlsm", "a.doc",
    "a.xls", "a.zip", "a.pdf.exe", "a.pdf ", "a\u202efdp.exe", "a.pdf\x00.exe", "a.pdf/", "a.pdf%00.html", "a.pdf;.html",
    "a.pdf::$DATA", "a.pd\u200bf.html", "a.pptx", "a.rtf", "a.mht", "a.shtml", "a.php", "a.lnk", "a.url", "a.ttf", "a.xml",
]  # fmt: skip
BAD_NAMES = [
    name for name in BAD_NAMES if name != "a.pdf "
]  # a blank at the end is taken off: an honest name


def hostile():
    """(what it is, name, content) of everything that must be refused."""
    for extension in EXTENSIONS:
        for what, content in FOREIGN.items():
            yield f"{what} as {extension}", f"a.{extension}", content
    for what, parts in TAINTED.items():
        for extension in ("docx", "xlsx"):
            yield f"{extension}: {what}", f"a.{extension}", package(parts)
    for name in BAD_NAMES:
        yield f"name {name!r}", name, PDF
    yield "docx as xlsx", "a.xlsx", package(WORD)
    yield "xlsx as docx", "a.docx", package(EXCEL)
    for extension, others in {
        "pdf": (PNG, JPEG),
        "png": (PDF, JPEG),
        "jpg": (PDF, PNG),
        "txt": (PDF, PNG, JPEG),
    }.items():
        for number, content in enumerate(others):
            yield f"another kind {number} as {extension}", f"a.{extension}", content
