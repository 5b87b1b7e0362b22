"""File names that are safe to show, to store and to hand back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

LONGEST = 120
UNSAFE = re.compile(r'[<>:"|?*]')
# Control and format characters (among them the right-to-left override), surrogates, line and paragraph separators.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(name: str) -> str:
    """The last part of a name in NFC, without a path, control or direction characters; never empty.

    `报\\u202etxt.exe` comes out as `报txt.exe`: what is shown is what the system goes by.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in INVISIBLE)
    plain = " ".join(UNSAFE.sub("_", seen).split()).strip(". ")
    stem, suffix = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    return f"{stem[: LONGEST - len(suffix)].rstrip()}{suffix}"[:LONGEST] or "_"


def numbered(name: str, taken: Collection[str]) -> str:
    """The cleaned name, or the next free `name (2).jpg`: for things that are no versions of each other."""
    plain, count = clean(name), 1
    free = plain
    while free in taken:
        count += 1
        tail = f" ({count}){PurePosixPath(plain).suffix}"
        free = f"{PurePosixPath(plain).stem[: LONGEST - len(tail)]}{tail}"
    return free


def extension(name: str) -> str:
    """The extension in small letters without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")
