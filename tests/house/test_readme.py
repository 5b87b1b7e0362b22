"""README.md tells every variable that the code reads, and names only what exists."""

import ast
import re

from coordination import locks
from coordination.demo.people import PEOPLE

READERS = {"text", "required", "flag", "number", "one_of", "words", "folder", "database", "broker"}
SYSTEM_OWN = {"PATH", "XDG_RUNTIME_DIR", "DJANGO_SETTINGS_MODULE"}
README = (locks.PROJECT / "README.md").read_text("utf-8")


def section(title):
    return re.split(r"\n##+ ", README.split(f"## {title}\n", 1)[1])[0]


def read_by(path):
    """Names in env.text("NAME") and os.environ.get("NAME") of one file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, first = ast.unparse(node.func.value), node.args[0]
            ours = (owner == "env" and node.func.attr in READERS) or owner == "os.environ"
            if ours and isinstance(first, ast.Constant):
                yield first.value


def test_the_table_has_every_variable_that_the_code_reads_and_no_other():
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Configuration"), re.MULTILINE))
    read = {name for path in (locks.PROJECT / "coordination").rglob("*.py") for name in read_by(path)}

    assert told == read - SYSTEM_OWN


def test_the_demo_logins_are_people_of_the_demo_office():
    told = dict(
        re.findall(r"^\| `([a-z]+)` \| (\S+) \|", section("Who is who in the demo office"), re.MULTILINE)
    )
    known = {person.login: person.name for person in PEOPLE}

    assert told
    assert {login: known.get(login) for login in told} == told


def test_every_file_that_the_readme_names_exists():
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r"`([a-z_]+(?:/[a-z_.-]+)+)`", README)

    assert [name for name in named if not (locks.PROJECT / name).exists()] == []
