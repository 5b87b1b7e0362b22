"""Where the embedded servers of one state folder live. Standard library only: settings and launcher both read it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

DATABASE = "coordination"
OWNER = "owner"
APP = "app"
# In memory there must be room for the copies that a whole run of the tests keeps at once (4 GB), and for the run itself.
ROOM = 8 * 2**30
MEMORY = Path("/dev/shm")  # noqa: S108 - the name that Linux gives it
CONTAINER = Path("/sys/fs/cgroup")
LIMITS = ("memory.max", "memory/memory.limit_in_bytes")  # of a container, new and old


def socket_folder(state: Path) -> Path:
    """A private folder with a short name: the path of a unix socket ends at 107 bytes."""
    return _short_home() / _name(state)


def folder_in_memory(state: Path) -> Path | None:
    """For data that nobody needs afterwards; None where the system has no such folder or too little room.

    The tests copy databases all the time, two thousand small files each. A disk that has just given up as many
    searches for free places ever longer: a copy takes a tenth of a second at first, most of one later.
    """
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM or _memory() < ROOM:
        return None
    return MEMORY / f"{_name(state)}-data"


def _memory() -> int:
    """How many bytes are still to be had, or how many this container may have if those are fewer."""
    found = [0]
    with contextlib.suppress(OSError):
        facts = dict(line.split(":") for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        found = [int(facts["MemAvailable"].split()[0]) * 1024]
    for limit in LIMITS:
        with contextlib.suppress(OSError, ValueError):  # a container without a limit says "max"
            found.append(int((CONTAINER / limit).read_text("ascii")))
    return min(found)


def _name(state: Path) -> str:
    tag = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:10]
    return f"co-{os.geteuid()}-{tag}"


def _short_home() -> Path:
    """The user's run-time folder; the common one where that is missing or still another user's (su, sudo)."""
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    return own if own.is_dir() and own.stat().st_uid == os.geteuid() else Path(tempfile.gettempdir())


def database_url(state: Path, role: str = APP, name: str = DATABASE) -> str:
    return f"postgresql://{role}@/{name}?host={socket_folder(state)}"


def broker_url(state: Path, database: int = 0) -> str:
    return f"redis+socket://{socket_folder(state)}/valkey.sock?virtual_host={database}"
