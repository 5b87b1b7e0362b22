"""The production shape names what exists, asks for every secret and holds none."""

import re

import pytest
import yaml

from coordination import locks
from tests.house.test_readme import section

COMPOSE = (locks.PROJECT / "docker-compose.yml").read_text("utf-8")
SHAPE = yaml.safe_load(COMPOSE)
EXAMPLE = dict(
    line.split("=", 1)
    for line in (locks.PROJECT / "deploy" / "env.example").read_text("utf-8").splitlines()
    if "=" in line and not line.startswith("#")
)


def test_every_required_variable_stands_in_the_example_without_a_value():
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))

    assert required
    assert {name: EXAMPLE.get(name) for name in required} == dict.fromkeys(required, "")


def test_what_web_worker_and_beat_are_told_stands_in_the_readme():
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Configuration"), re.MULTILINE))

    for name in ("web", "worker", "beat", "migrate"):
        assert set(SHAPE["services"][name]["environment"]) <= told


def test_only_migrate_connects_as_the_owner_of_the_tables():
    owners = [
        name
        for name, part in SHAPE["services"].items()
        if "DATABASE_OWNER_URL" in part.get("environment", {})
    ]

    assert owners == ["migrate"]


def test_passwords_are_variables():
    assert re.findall(r"(?:PASSWORD|SECRET_KEY): (?!\$\{)", COMPOSE) == []
    assert re.findall(r"//\w+:(?!\$\{)\w+@", COMPOSE) == []


def test_nothing_listens_to_the_world():
    ports = [port for part in SHAPE["services"].values() for port in part.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize(
    "name", ["deploy/roles.sh", "deploy/healthy.py", "package-lock.json", "requirements/base.txt"]
)
def test_what_the_image_and_the_shape_take_exists(name):
    recipe = (locks.PROJECT / "Dockerfile").read_text("utf-8")

    assert name.split("/")[-1] in COMPOSE + recipe
    assert (locks.PROJECT / name).is_file()
