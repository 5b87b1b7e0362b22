"""Web, worker and beat as children of the launcher, and the watch over them and the servers."""

from __future__ import annotations

import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coordination.embedded.servers import Server, die_with_parent, kill_session

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 30.0
LOG_BYTES = 10 * 1024 * 1024


@dataclass
class Child:
    """One process of ours, in a session of its own so that Ctrl-C reaches only the launcher."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str]
    url: str = ""
    process: subprocess.Popen[bytes] | None = None
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        return self.process

    def is_ready(self) -> bool:
        """Whether it answers; a child without an address is ready as soon as it lives."""
        if not self.url:
            return self.process is not None and self.process.poll() is None
        try:
            urllib.request.urlopen(self.url, timeout=2).close()  # noqa: S310 - our own http address
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            return False
        return True


@dataclass
class Watched:
    """A server or child, when it was started, and when it comes back after it died."""

    part: Server
    logs: Path
    since: float = 0.0
    pause: float = FIRST_PAUSE
    due: float | None = None

    @property
    def log(self) -> Path:
        return self.logs / f"{self.part.name}.log"

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.part.start(log)
        self.since, self.due = time.monotonic(), None

    def look(self) -> str:
        """Restart the part when it has died and its pause is over; return what happened, in words."""
        process, now = self.part.process, time.monotonic()
        if process is None or process.poll() is None:
            return ""
        if self.due is None:
            kill_session(process)
            self.pause = (
                FIRST_PAUSE if now - self.since > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
            )
            self.due = now + self.pause
            return f"{self.part.name} ended ({process.returncode}); see {self.log}"
        if now < self.due:
            return ""
        self.start()
        return f"{self.part.name} is back"
