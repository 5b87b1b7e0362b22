"""Where the embedded servers of one state folder live. Standard library only: settings and launcher both read it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

DATABASE = "coordination"
OWNER = "owner"
APP = "app"


def socket_folder(state: Path) -> Path:
    """A private folder with a short name: the path of a unix socket ends at 107 bytes."""
    tag = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:10]
    return _short_home() / f"co-{os.geteuid()}-{tag}"


def _short_home() -> Path:
    """The user's run-time folder; the common one where that is missing or still another user's (su, sudo)."""
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    return own if own.is_dir() and own.stat().st_uid == os.geteuid() else Path(tempfile.gettempdir())


def database_url(state: Path, role: str = APP, name: str = DATABASE) -> str:
    return f"postgresql://{role}@/{name}?host={socket_folder(state)}"


def broker_url(state: Path, database: int = 0) -> str:
    return f"redis+socket://{socket_folder(state)}/valkey.sock?virtual_host={database}"
