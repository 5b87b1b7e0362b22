"""`make run`: one command opens the office, whatever dies comes back, Ctrl-C leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from coordination.embedded import places
from coordination.embedded.servers import Postgres

pytestmark = pytest.mark.servers
PROJECT = Path(__file__).resolve().parent.parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Launcher:
    """One `make run` with a state folder of its own."""

    def __init__(self, state, **environment):
        self.state, self.port = state, free_port()
        own_servers = {
            "DATABASE_URL",
            "DATABASE_OWNER_URL",
            "REDIS_URL",
            "STATIC_ROOT",
            "SECRET_KEY",
            "HTTPS",
        }
        kept = {key: value for key, value in os.environ.items() if key not in own_servers}
        self.environment = {**kept, **environment}

    def start(self):
        options = ["--port", str(self.port), "--state", str(self.state), "--empty"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coordination.embedded.office", *options],
            cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return self

    def wait_until_open(self):
        for line in self.process.stdout:
            if "the office is open" in line:
                return self
        raise AssertionError(self.process.wait())

    def answers(self, path="livez"):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5).close()
        except OSError:  # an answer of 503 is one of them
            return False
        return True

    def part(self, word):
        """The living child whose command line holds this word."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                if word in " ".join(child.cmdline()):
                    return child
        return None

    def refusal(self):
        words, _ = self.process.communicate(timeout=30)
        return self.process.returncode, words

    def close(self):
        """Press Ctrl-C; return the exit code and what was said at the end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        words, _ = self.process.communicate(timeout=60)
        return self.process.returncode, words


def eventually(fact, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := fact():
            return found
        time.sleep(0.1)
    return False


def as_owner(office):
    return Postgres(office.state).connect("owner", "coordination")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("state"), TICK_SECONDS="1").start()
    yield launcher.wait_until_open()
    launcher.close()


def test_the_first_page_answers_and_the_clockwork_ticks(office):
    assert office.answers("login/")
    assert eventually(lambda: office.answers("healthz"))


def test_a_second_launcher_on_the_same_state_is_refused(office):
    code, words = Launcher(office.state).start().refusal()

    assert code == 1
    assert "already running" in words
    assert office.answers()


def test_a_taken_port_is_named_with_a_way_out(office, tmp_path):
    second = Launcher(tmp_path / "other")
    second.port = office.port

    code, words = second.start().refusal()

    assert code == 1
    assert f"Port {office.port} cannot be used" in words


@pytest.mark.parametrize("word", ["gunicorn", "worker", "beat", "valkey-server", "bin/postgres"])
def test_a_part_that_is_killed_comes_back(office, word):
    victim = eventually(lambda: office.part(word))
    victim.kill()

    revived = eventually(lambda: (found := office.part(word)) and found.pid != victim.pid and found)

    assert revived.is_running()
    assert eventually(Postgres(office.state).is_ready)
    assert eventually(lambda: office.answers("login/"))


def test_the_secret_key_is_random_and_private(office):
    key = office.state / "secret-key"

    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_leaves_nothing_running_and_keeps_the_data(office):
    with as_owner(office) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS one")
    family = psutil.Process(office.process.pid).children(recursive=True)

    code, words = office.close()

    assert (code, "closed" in words) == (0, True)
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert not places.socket_folder(office.state).exists()
    began = time.monotonic()
    office.start().wait_until_open()
    assert time.monotonic() - began < 30  # 3 s on an idle machine; the other tests run beside it
    with as_owner(office) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT one FROM kept")
        assert cursor.fetchall() == [(1,)]


def test_a_killed_launcher_takes_its_children_with_it(office):
    family = psutil.Process(office.process.pid).children(recursive=True)

    office.process.kill()

    assert psutil.wait_procs(family, timeout=30)[1] == []
