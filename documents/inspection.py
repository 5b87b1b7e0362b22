"""Is an upload what its name says? Decided by its content, never by what the browser claims."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from audit.refusals import Invalid

HEAD = 2048
MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
MARKUP = re.compile(
    r"\s*<\s*(?:!doctype|!--|\?xml|html|svg|script|head|body|iframe|math|\w+:)", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Unlike(Exception):
    """The content is not of the kind that the name says."""


def _signed(data: IO[bytes], *extensions: str) -> bytes:
    head = data.read(HEAD)
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & set(extensions):
        raise Unlike
    return head


def _tail(data: IO[bytes]) -> bytes:
    data.seek(0, io.SEEK_END)
    data.seek(max(0, data.tell() - HEAD))
    return data.read()


def _is_pdf(data: IO[bytes]) -> None:
    # The header stands at the very start: what comes before it would be read by something else.
    if not _signed(data, ".pdf").startswith(b"%PDF-") or b"%%EOF" not in _tail(data):
        raise Unlike


def _is_png(data: IO[bytes]) -> None:
    if _signed(data, ".png")[12:16] != b"IHDR" or b"IEND" not in _tail(data):
        raise Unlike


def _is_jpeg(data: IO[bytes]) -> None:
    if not _signed(data, ".jpg", ".jpeg", ".jfif").startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in _tail(
        data
    ):
        raise Unlike


def _part_is_harmless(part: zipfile.ZipInfo) -> bool:
    steps = part.filename.replace("\\", "/").split("/")
    inside = not part.filename.startswith("/") and ".." not in steps and ":" not in steps[0]
    encrypted = part.flag_bits & 0x1
    bomb = part.file_size > MOST_RATIO * max(part.compress_size, 1024)
    macro = steps[-1].lower().startswith("vbaproject")
    return inside and not (encrypted or bomb or macro)


def _office(main_part: str) -> Callable[[IO[bytes]], None]:
    """A Word or Excel file: a zip with its table of contents and its main part, no macros, no tricks with paths."""

    def check(data: IO[bytes]) -> None:
        if data.read(4) != b"PK\x03\x04":
            raise Unlike
        try:
            with zipfile.ZipFile(data) as package:
                parts = package.infolist()
                names = {part.filename for part in parts}
                fits = (
                    len(names) == len(parts) <= MOST_PARTS
                    and sum(part.file_size for part in parts) <= MOST_UNPACKED
                    and {"[Content_Types].xml", main_part} <= names
                    and all(map(_part_is_harmless, parts))
                )
                if not fits or b"macroEnabled" in package.read("[Content_Types].xml"):
                    raise Unlike
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
            EOFError,
        ) as broken:
            raise Unlike from broken

    return check


def read_text(raw: bytes) -> str:
    """Text as Chinese offices write it: UTF-8, UTF-16 with a mark, or GB18030. Raises Unlike for anything else."""
    encodings = [BYTE_ORDER_MARKS[raw[:2]]] if raw[:2] in BYTE_ORDER_MARKS else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise Unlike


def _is_text(data: IO[bytes]) -> None:
    text = read_text(data.read())
    if MARKUP.match(text) or text.startswith("%PDF-"):
        raise Unlike


def _is_table(data: IO[bytes]) -> None:
    _is_text(data)
    data.seek(0)
    try:
        rows = sum(1 for row in csv.reader(io.StringIO(read_text(data.read()), newline="")) if row)
    except csv.Error as broken:
        raise Unlike from broken
    if not rows:
        raise Unlike


@dataclass(frozen=True)
class Kind:
    media_type: str
    check: Callable[[IO[bytes]], None]


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind("application/pdf", _is_pdf),
    "docx": Kind(f"{_OFFICE}wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml")),
    "csv": Kind("text/csv", _is_table),
    "png": Kind("image/png", _is_png),
    "jpg": Kind("image/jpeg", _is_jpeg),
    "jpeg": Kind("image/jpeg", _is_jpeg),
    "txt": Kind("text/plain", _is_text),
}


def inspect(data: IO[bytes], extension: str) -> Kind:
    """The kind of this content; raises Invalid where the kind is not taken or the content is something else."""
    kind = KINDS.get(extension)
    if kind is None:
        raise refusal(
            _("This kind of file is not taken. Choose one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)}
        )
    data.seek(0)
    try:
        kind.check(data)
    except Unlike:
        raise refusal(
            _("The content of this file is not %(kind)s. Save it again in that format and choose it anew.")
            % {"kind": extension.upper()}
        ) from None
    finally:
        data.seek(0)
    return kind


def refusal(sentence: str) -> Invalid:
    """The one shape in which an upload is refused: the sentence stands beside the file field."""
    return Invalid(sentence, fields={"upload": [sentence]})
