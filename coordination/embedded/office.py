"""The whole office on one machine: `python -m coordination.embedded.office --port 8000 --state var`, or `make run`.

It starts PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name servers of one's own), migrates, collects the
static files, plays the demo office into an empty embedded database, then runs web, worker and beat until Ctrl-C. A
part that dies comes back. Everything it keeps lies in the state folder; two offices with two folders and two ports
do not meet.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from django.core.management import find_commands

from coordination.embedded.children import Child, Watched
from coordination.embedded.servers import (
    DidNotStart,
    Postgres,
    Server,
    Valkey,
    die_with_parent,
    hold,
    stop,
    tidy,
)

PROJECT = Path(__file__).resolve().parent.parent.parent
STATIC_SOURCES = (
    "static",
    "coordination/finders.py",
    "coordination/sprite.py",
    "package-lock.json",
    "requirements/base.txt",
)
STARTED = time.monotonic()


class Stopped(Exception):
    """Somebody asked us to stop before everything was open."""


class Office:
    """The parts of one running office, in the order in which they start."""

    def __init__(self, state: Path, port: int, *, demo: bool = True) -> None:
        self.state = state.resolve()
        self.port = port
        self.demo = demo
        self.address = f"http://127.0.0.1:{port}/"
        self.asked_to_stop = False
        self.lock = hold(self.state)
        self.logs = self.state / "log"
        self.logs.mkdir(exist_ok=True)
        self.parts: list[Watched] = []
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        """What the children are told; a variable that the caller set stands."""
        ours = {
            "STATE": str(self.state),
            "STATIC_ROOT": str(self.state / "static"),
            "SECRET_KEY": self._secret_key(),
            "SESSION_COOKIE_NAME": f"office_{self.port}",  # cookies do not tell two ports apart
            "HTTPS": "0",
        }
        return {**ours, **os.environ, "STATE": str(self.state), "PYTHONUNBUFFERED": "1"}

    def _secret_key(self) -> str:
        path = self.state / "secret-key"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
        return path.read_text("ascii").strip()

    # --- opening ---

    def open(self) -> None:
        refuse_a_taken_port(self.port)
        database = None if os.environ.get("DATABASE_URL") else Postgres(self.state)
        servers: list[Server] = [database] if database else []
        if not os.environ.get("REDIS_URL"):
            servers.append(Valkey(self.state))
        self._start(*servers)
        if database:
            self._throw_away_half_a_demo(database)
            database.create_roles_and_database()
        self._manage("migrate", "--no-input", "-v0")
        self._collect_static_files()
        if self.demo and database and not database.has_people():
            self._play_demo()
        web, worker, beat = self._children()
        self._start(web)  # alone: a reader waits for the first page, nobody waits for the worker
        self._start(worker, beat)

    def _start(self, *parts: Server) -> None:
        watched = [Watched(part, self.logs) for part in parts]
        for one in watched:
            self.parts.append(one)
            one.start()
        for one in watched:
            self._wait(one)

    def _wait(self, watched: Watched, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not watched.part.is_ready():
            if self.asked_to_stop:
                raise Stopped
            process = watched.part.process
            if process is None or process.poll() is not None or time.monotonic() > end:
                raise DidNotStart(f"{watched.part.name} did not start.\n{tail(watched.log)}")
            time.sleep(0.02)

    def _manage(self, *arguments: str) -> None:
        """Run one management command to its end; its words are in the log, and shown when it fails."""
        log = self.logs / "setup.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip
            while process.poll() is None:
                if self.asked_to_stop:
                    process.terminate()
                    process.wait()
                    raise Stopped
                time.sleep(0.02)
        if process.returncode:
            raise DidNotStart(f"manage.py {arguments[0]} did not work.\n{tail(log)}")

    def _collect_static_files(self) -> None:
        """Copy, compress and fingerprint the static files when a source has changed since the last time."""
        mark = self.state / "static-sources"
        sources = fingerprint(PROJECT / name for name in STATIC_SOURCES)
        if mark.exists() and mark.read_text("ascii") == sources:
            return
        self._say("collecting the static files")
        self._manage("collectstatic", "--no-input", "--clear", "-v0")
        mark.write_text(sources, "ascii")

    def _play_demo(self) -> None:
        if "demo_office" not in find_commands(str(PROJECT / "coordination" / "management")):
            return
        self._say("playing the demo office into the empty database (once)")
        self._half_a_demo.touch()
        self._manage("demo_office")
        self._half_a_demo.unlink()

    @property
    def _half_a_demo(self) -> Path:
        return self.state / "demo-unfinished"

    def _throw_away_half_a_demo(self, database: Postgres) -> None:
        """Nobody can have worked in it: the web starts after the demo."""
        if self._half_a_demo.exists():
            database.drop_database()
            self._half_a_demo.unlink()

    def _children(self) -> tuple[Child, Child, Child]:
        celery = [sys.executable, "-m", "celery", "--app", "coordination.celery"]
        commands = {
            "web": [
                sys.executable, "-m", "gunicorn", "coordination.wsgi", "--bind", f"127.0.0.1:{self.port}",
                "--workers", "2", "--threads", "4", "--preload", "--access-logfile", "-", "--no-control-socket",
            ],
            "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(self.state / "beat-schedule"), "--pidfile="],
        }  # fmt: skip
        web, worker, beat = (
            Child(name, command, PROJECT, self.environment) for name, command in commands.items()
        )
        web.url = f"{self.address}livez"
        return web, worker, beat

    # --- open ---

    def welcome(self) -> None:
        logins = self.state / "demo-logins.txt"
        self._say(f"the office is open: {self.address}")
        if logins.exists():
            write(f"\n{logins.read_text('utf-8').rstrip()}\n")
        write(f"Logs: {self.logs}\nCtrl-C closes the office and keeps its data in {self.state}.")

    def watch(self) -> None:
        while not self.asked_to_stop:
            for watched in self.parts:
                if news := watched.look():
                    self._say(news)
            time.sleep(0.1)

    # --- closing ---

    def ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def close(self) -> None:
        """Beat first, servers last, so that nobody loses the ground he stands on."""
        for watched in reversed(self.parts):
            stop(watched.part)
        tidy(self.state)
        self._say("closed")
        self.lock.close()

    @staticmethod
    def _say(words: str) -> None:
        write(f"{time.monotonic() - STARTED:6.1f} s  {words}")


def write(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise DidNotStart(
                f"Port {port} cannot be used ({fault.strerror}). Another one: make run PORT={port + 10} STATE=var/other"
            ) from None


def fingerprint(sources: Iterable[Path]) -> str:
    """Changes when a file comes, goes, grows or is written."""
    digest = hashlib.sha256()
    for source in sources:
        for path in sorted([source, *source.rglob("*")]):
            if path.is_file():
                facts = path.stat()
                digest.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:])


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--state", type=Path, default=Path("var"))
    parser.add_argument("--empty", action="store_true", help="leave an empty database empty: no demo office")
    options = parser.parse_args()
    office = Office(options.state, options.port, demo=not options.empty)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, office.ask_to_stop)
    try:
        office.open()
        office.welcome()
        office.watch()
    except Stopped:
        pass
    finally:
        office.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
