"""Where the bytes lie: each content once, under its own SHA-256, read-only.

Bytes are safe on disk before their row is written. A flow that is rolled back afterwards leaves a content that no
row names: harmless, and used again when the same paper comes back.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    path: str


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def put(chunks: Iterable[bytes]) -> Stored:
    """Write a content durably and name it by its hash. A second upload of the same content mends a damaged first."""
    incoming = root() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True, mode=0o750)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fchmod(out.fileno(), 0o440)
            os.fsync(out.fileno())
        path = _path(digest.hexdigest())
        place = root() / path
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent, root()):
        _settle(folder)
    return Stored(digest.hexdigest(), size, path)


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _settle(folder: Path) -> None:
    """A rename is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_verified(path: str, sha256: str) -> IO[bytes] | None:
    """The content, read once in full and found to be what it was when it came in; None where it is not."""
    try:
        data = (root() / path).open("rb")
    except OSError:
        return None
    digest = hashlib.sha256()
    while chunk := data.read(CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != sha256:
        data.close()
        return None
    data.seek(0)
    return data
