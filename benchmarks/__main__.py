"""`make bench`: build an office of each SIZE, measure each operation, print a table, write one JSON line each.

cpu× = (application CPU + PostgreSQL CPU per request) / CPU of the bare unit view per request; growth× = cpu× at
the size / at the smallest size. Milliseconds are printed, never judged. It is no test and never fails the build.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from coordination.embedded import places
from coordination.embedded.servers import Postgres, Server, Valkey, hold, stop, tidy, wait_until_ready

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "var" / "bench"
PORT, UNIT_PORT = 8951, 8952
REQUESTS = int(os.environ.get("REQUESTS", "120"))
OK = 200
FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


class Spent:
    """Processor seconds of two process trees, counted per process so that ended children are kept."""

    def __init__(self, *roots: int) -> None:
        self.roots = roots
        self.seen: dict[int, float] = {}

    def seconds(self) -> float:
        for root in self.roots:
            main = psutil.Process(root)
            for process in [main, *main.children(recursive=True)]:
                try:
                    times = process.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                self.seen[process.pid] = times.user + times.system
        return sum(self.seen.values())


@contextmanager
def gunicorn(module: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    with (STATE / "gunicorn.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", module, "--preload", "-w", "2", "-b", f"127.0.0.1:{port}"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(port)
            yield process.pid
        finally:
            process.terminate()
            process.wait(20)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            ask("127.0.0.1", port, "GET", "/", {})
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing answers on {port}; see {STATE / 'gunicorn.log'}")


def ask(
    host: str, port: int, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> Any:
    connection = HTTPConnection(host, port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.content = answer.read()  # type: ignore[attr-defined]  # kept beside the answer
    connection.close()
    return answer


def measure(act: Callable[[int], Any], pids: list[int], times: int) -> tuple[float, list[float]]:
    """CPU seconds per request, and the milliseconds of each. The first tenth warms up, unmeasured."""
    for index in range(max(8, times // 10)):
        act(index)
    spent = Spent(*pids)
    before, took = spent.seconds(), []
    for index in range(times):
        start = time.perf_counter()
        answer = act(index)
        took.append((time.perf_counter() - start) * 1000)
        if answer.status >= 400:
            raise SystemExit(f"answer {answer.status}: {answer.content[:400]!r}")
    return (spent.seconds() - before) / times, sorted(took)


class Person:
    """Asks the measured office in one person's name."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = {"Host": "127.0.0.1", **headers}

    @classmethod
    def with_cookies(cls, cookies: dict[str, str]) -> Person:
        return cls({"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})

    def get(self, path: str) -> Any:
        answer = ask("127.0.0.1", PORT, "GET", path, self.headers)
        if answer.status != OK:  # the way to the login is quick, but it is not the page
            raise SystemExit(f"{path}: answer {answer.status}")
        return answer

    def post(self, path: str, body: str, **headers: str) -> Any:
        return ask("127.0.0.1", PORT, "POST", path, {**self.headers, **headers}, body)


def _get(person: Person, path: str, _: int) -> Any:
    return person.get(path)


def acts(facts: dict[str, Any]) -> dict[str, Callable[[int], Any]]:
    member, officer = Person.with_cookies(facts["member"]), Person.with_cookies(facts["officer"])
    program = Person({"Authorization": f"Token {facts['token']}", "Content-Type": "application/json"})
    shown, body = facts["shown"], json.dumps(facts["form"])

    def create_by_form(_: int) -> Any:
        """Open the form, then hand it in filled: what a person's browser does."""
        fields = {**facts["form"], "csrfmiddlewaretoken": facts["csrf"]}
        wished = fields.pop("departments")
        blank = ask("127.0.0.1", PORT, "POST", "/requests/new/", {**member.headers, **FORM_HEADERS},
                    urlencode({"csrfmiddlewaretoken": facts["csrf"]}))  # fmt: skip
        place = blank.getheader("Location") or "/requests/new/"
        rows = {f"attempts-{name}": value for name, value in
                (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))}  # fmt: skip
        filled = urlencode(
            {
                **fields,
                **rows,
                "wished_departments": wished,
                "route": "office",
                "confidentiality": "internal",
                "go": "submit",
            },
            doseq=True,
        )
        answer = member.post(place, filled, **FORM_HEADERS)
        if answer.status != 302:
            raise SystemExit(f"the form was not taken: {answer.status}")
        return answer

    return {
        "list": lambda n: member.get("/requests/"),
        "list (officer)": lambda n: officer.get("/requests/"),
        "inbox": lambda n: member.get("/"),
        "show": lambda n: member.get(f"/requests/{shown[n % len(shown)]}/"),
        "search": lambda n: officer.get("/search/?q=%E5%8D%8F%E4%BD%9C"),
        "REST list": lambda n: program.get("/api/v1/matters/"),
        **{name: partial(_get, officer, path) for name, path in facts["planned"].items()},
        "create (form)": create_by_form,
        "create (API)": lambda n: program.post("/api/v1/matters/", body),
    }


def measured(size: int) -> list[dict[str, Any]]:
    shutil.rmtree(STATE, ignore_errors=True)
    lock = hold(STATE)
    environment = {**os.environ, "STATE": str(STATE)}
    postgres = Postgres(STATE)
    servers: tuple[Server, ...] = (postgres, Valkey(STATE))
    with (STATE / "servers.log").open("ab") as log:
        for server in servers:
            server.start(log)
    try:
        for server in servers:
            wait_until_ready(server)
        postgres.create_roles_and_database()
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment, check=True)
        begun = time.monotonic()
        build = [sys.executable, "-m", "benchmarks.office", str(size)]
        built = subprocess.run(
            build, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        print(f"built {size} matters in {time.monotonic() - begun:.0f} s", flush=True)
        facts = json.loads(built.stdout.splitlines()[-1])
        settle(postgres)
        return _rows(size, facts, postgres.process.pid if postgres.process else 0, environment)
    finally:
        for server in reversed(servers):
            stop(server)
        tidy(STATE)
        lock.close()


def settle(postgres: Postgres) -> None:
    """Finish what the load of the data left to the background, lest it is counted with the requests."""
    connection = postgres.connect("postgres", places.DATABASE)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FREEZE, ANALYZE)")
        cursor.execute("CHECKPOINT")
    connection.close()


def _rows(
    size: int, facts: dict[str, Any], database: int, environment: dict[str, str]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def unit(pid: int) -> float:
        return measure(lambda n: ask("127.0.0.1", UNIT_PORT, "GET", "/", {"Host": "x"}), [pid], REQUESTS * 5)[
            0
        ]

    with gunicorn("benchmarks.bare:application", UNIT_PORT, environment) as bare:
        before = unit(bare)
        with gunicorn("coordination.wsgi", PORT, environment) as web:
            for op, act in acts(facts).items():
                cost, took = measure(
                    act, [web, database], REQUESTS // 2 if op.startswith("create") else REQUESTS
                )
                rows.append(
                    {"op": op, "size": size, "cpu_s": cost, "queries": facts["queries"].get(op),
                     "p50_ms": round(statistics.median(took), 1), "p95_ms": round(took[int(len(took) * 0.95)], 1)}
                )  # fmt: skip
            tree = [psutil.Process(web), *psutil.Process(web).children(recursive=True)]
            memory = round(sum(process.memory_full_info().pss for process in tree) / 1e6)
        cost_of_unit = (before + unit(bare)) / 2
    for row in rows:
        row["cpu_x"] = round(row.pop("cpu_s") / cost_of_unit, 1)
    return [*rows, {"op": "memory", "size": size, "pss_mb": memory}]


def show(rows: list[dict[str, Any]]) -> None:
    smallest = min(row["size"] for row in rows)
    base = {row["op"]: row.get("cpu_x") for row in rows if row["size"] == smallest}
    print(f"{'operation':18}{'size':>9}{'cpu×':>8}{'growth×':>9}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}")
    for row in rows:
        if row["op"] == "memory":
            print(f"{'memory, PSS':18}{row['size']:>9}{row['pss_mb']:>8} MB")
            continue
        growth = f"{row['cpu_x'] / base[row['op']]:.2f}" if base.get(row["op"]) else ""
        print(f"{row['op']:18}{row['size']:>9}{row['cpu_x']:>8}{growth:>9}{row['queries'] or '':>9}"
              f"{row['p50_ms']:>9}{row['p95_ms']:>9}")  # fmt: skip


if __name__ == "__main__":
    sizes = [int(part) for part in os.environ.get("SIZE", "1000|100000").split("|")]
    found = [row for wanted in sizes for row in measured(wanted)]
    out = ROOT / "var" / "bench.jsonl"
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), "utf-8")
    show(found)
    print(f"one JSON line each: {out.relative_to(ROOT)}")
