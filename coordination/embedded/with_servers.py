"""Run one command beside embedded servers of its own: `python -m coordination.embedded.with_servers STATE -- pytest`.

A server address given in the environment (DATABASE_URL, REDIS_URL) is used instead of an embedded one. With `--in-memory`
after STATE the database lies in memory, if there is room for it, and is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from coordination.embedded import places
from coordination.embedded.servers import (
    Postgres,
    Server,
    Valkey,
    die_with_parent,
    hold,
    stop,
    tidy,
    wait_until_ready,
)


def main(state: Path, command: list[str], *, in_memory: bool = False) -> int:
    """Start what is needed, run the command, stop everything; return the command's exit code."""
    state = state.resolve()
    lock = hold(state)
    servers: list[Server] = []
    memory = places.folder_in_memory(state) if in_memory else None
    if not os.environ.get("DATABASE_URL"):
        servers.append(Postgres(state, fsync=False, data=memory))
    if not os.environ.get("REDIS_URL"):
        servers.append(Valkey(state))
    try:
        with (state / "servers.log").open("ab") as log:
            for server in servers:
                server.start(log)
            for server in servers:
                wait_until_ready(server)
                if isinstance(server, Postgres):
                    server.create_roles_and_database()
            return _run(command, {**os.environ, "STATE": str(state)})
    finally:
        for server in reversed(servers):
            stop(server)
        if memory:
            shutil.rmtree(memory, ignore_errors=True)
        tidy(state)
        lock.close()


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Wait for the command, also when we are told to stop: it hears of that and finishes in its own way."""
    process = subprocess.Popen(command, env=environment, preexec_fn=die_with_parent(signal.SIGTERM))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the command from the terminal as well
    return process.wait()


if __name__ == "__main__":
    cut = sys.argv.index("--")
    folder, *options = sys.argv[1:cut]
    raise SystemExit(main(Path(folder), sys.argv[cut + 1 :], in_memory="--in-memory" in options))
