"""What the locks may never hold: `python -m coordination.locks` names each line and ends with 1.

An address would tie the locks to one machine's mirror. The HTTP library called `requests` would hide our app of that
name; a constraint alone is no proof, because an old release of a dependant can satisfy it (docs/the-name-requests.md).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==")
ADDRESS = re.compile(r"[a-z+]+://|^\s*-|^/|@ ", re.IGNORECASE)
HASH = re.compile(r"^\s+--hash=sha256:[0-9a-f]{64}( \\)?$")


def faults(project: Path = PROJECT) -> Iterator[str]:
    """One sentence for each line of a lock that may not stand there."""
    for lock in sorted((project / "requirements").glob("*.txt")):
        if lock.name != "constraints.txt":
            yield from _python_faults(lock)
    yield from _front_end_faults(project / "package-lock.json")


def _python_faults(lock: Path) -> Iterator[str]:
    packages: list[str] = []
    hashed: set[str] = set()
    for number, line in enumerate(lock.read_text("utf-8").splitlines(), start=1):
        package = PACKAGE.match(line)
        if package:
            packages.append(package["name"].lower())
        elif HASH.match(line):
            hashed.update(packages[-1:])
        elif ADDRESS.search(line):
            yield f"{lock.name}:{number}: an address or an option: {line.strip()}"
    for name in packages:
        if name in {"requests", "types-requests"}:
            yield f"{lock.name}: {name} hides our app of that name; replace the package that asks for it."
        if name not in hashed:
            yield f"{lock.name}: {name} has no hash."


def _front_end_faults(lock: Path) -> Iterator[str]:
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    for name, package in packages.items():
        if "resolved" in package:
            yield f"{lock.name}: {name} has an address; install with --omit-lockfile-registry-resolved."
        if name and "integrity" not in package:
            yield f"{lock.name}: {name} has no hash."


if __name__ == "__main__":
    found = list(faults())
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    raise SystemExit(bool(found))
