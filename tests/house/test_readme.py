"""README.md tells every variable that the code reads, and names only what exists."""

import ast
import re

import pytest

from coordination import locks
from coordination.demo.people import EXTERNAL_PERSON, PEOPLE, SHOWN

READERS = {"text", "required", "flag", "number", "one_of", "words", "folder", "database", "broker"}
SYSTEM_OWN = {"PATH", "XDG_RUNTIME_DIR", "DJANGO_SETTINGS_MODULE"}
BUILT = "static-built"
PAGES = sorted((locks.PROJECT / "docs").glob("*.md"))
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


def test_the_demo_logins_are_exactly_those_with_a_password():
    told = dict(
        re.findall(r"^\| `([a-z]+)` \| (\S+) \|", section("Who is who in the demo office"), re.MULTILINE)
    )
    names = {person.login: person.name for person in PEOPLE} | {EXTERNAL_PERSON[0]: EXTERNAL_PERSON[1]}

    assert told == {login: names[login] for login, _role in SHOWN}


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in PAGES)])
def test_every_file_that_a_page_names_exists(page):
    text = (locks.PROJECT / page).read_text("utf-8")
    linked = [(locks.PROJECT / page).parent / name for name in re.findall(r"\]\(([^)#:]+)\)", text)]
    named = [
        locks.PROJECT / name for name in re.findall(r"`([a-z_]+(?:/[a-z_.-]+)*/[a-z_-]+\.[a-z]+)`", text)
    ]

    assert [path.name for path in linked + named if not path.exists() and BUILT not in path.parts] == []


def test_the_worked_example_shows_the_code_as_it_stands():
    """Each Python line of the page, the test of step 1 aside, is a line of the app."""
    app = "".join(path.read_text("utf-8") for path in sorted((locks.PROJECT / "requests").rglob("*.py")))
    page = (locks.PROJECT / "docs" / "add-a-transition.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[1:]

    lines = [
        line.strip() for block in blocks for line in block.splitlines() if line.strip() not in {"", "..."}
    ]

    assert [line for line in lines if line not in app] == []
