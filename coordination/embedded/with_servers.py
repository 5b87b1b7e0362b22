"""Run one command beside embedded servers of its own: `python -m coordination.embedded.with_servers STATE -- pytest`.

A server address given in the environment (DATABASE_URL, REDIS_URL) is used instead of an embedded one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from coordination.embedded.servers import Postgres, Valkey, hold, stop, wait_until_ready


def main(state: Path, command: list[str]) -> int:
    """Start what is needed, run the command, stop everything; return the command's exit code."""
    state = state.resolve()
    lock = hold(state)
    servers: list[Postgres | Valkey] = []
    if not os.environ.get("DATABASE_URL"):
        servers.append(Postgres(state, fsync=False))
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
            return subprocess.run(command, env={**os.environ, "STATE": str(state)}, check=False).returncode
    finally:
        for server in reversed(servers):
            stop(server)
        lock.close()


if __name__ == "__main__":
    folder, _, *rest = sys.argv[1:]
    raise SystemExit(main(Path(folder), rest))
