"""A notice says that something waits and where it stands; what was typed of a matter stays with the matter (architecture §4).

Every sentence that a flow hands to a function that tells people is read: its placeholders are facts of the house. A new
placeholder is looked at by whoever adds it to the list: never a reason, an answer, a title or another text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
APPS = (
    "organization",
    "notifications",
    "supervision",
    "documents",
    "requests",
    "meetings",
    "disputes",
    "archive",
)
TELLING = {"tell_people", "tell_about", "announce", "take_back", "_tell_owner", "_tell_both", "_tell_item"}
# Numbers, names of people and departments, days, counts, and words of the house's own lists.
FACTS = {
    "number", "matter", "document", "other", "project", "kind", "version", "order", "actor", "name", "person", "owner", "lead",
    "keeper", "chair", "recorder", "department", "from", "to", "waits_for", "due", "day", "days", "expected", "wished", "until",
    "count", "level", "object", "before", "after", "powers", "reply", "result", "opinion", "lender", "borrower",
    "why",  # the sentence of a guard
}  # fmt: skip


def calls(tree: ast.AST) -> Iterator[ast.AST]:
    """What tells people: those calls, and the tables of sentences that such a call takes its own from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING:
            yield node
        if isinstance(node, ast.keyword) and node.arg == "notice":
            yield node.value
        if isinstance(node, ast.Assign | ast.AnnAssign) and "NOTICE" in ast.unparse(node).split("=")[0]:
            yield node


def sentences(part: ast.AST) -> Iterator[str]:
    for node in ast.walk(part):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_n", "gettext_noop"):
            yield str(ast.literal_eval(node.args[0]))


def told() -> Iterator[tuple[str, str]]:
    for app in APPS:
        for file in (PROJECT / app).rglob("*.py"):
            for part in calls(ast.parse(file.read_text(encoding="utf-8"))):
                yield from ((file.relative_to(PROJECT).as_posix(), sentence) for sentence in sentences(part))


def test_notices_bear_no_typed_text():
    found = list(told())

    strange = {
        (file, name)
        for file, sentence in found
        for name in re.findall(r"%\((\w+)\)s", sentence)
        if name not in FACTS
    }
    assert strange == set()
    assert len(found) > 100  # else nothing was read


# What these ask for they ask of the doer, or of nobody by name; those whom they tell have nothing to do.
TELL_OTHERS = {
    ("requests/flows/intake.py", "accept"),
    ("requests/flows/pause.py", "suspend"),
    ("requests/flows/prepare.py", "start_decision"),
    ("requests/flows/public_notices.py", "publish_notice"),
}


def names_called(function: ast.AST) -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            found.setdefault(getattr(node.func, "id", getattr(node.func, "attr", "")), []).append(node)
    return found


def without_saying_so() -> Iterator[tuple[str, str]]:
    """The flows that let somebody owe something and tell people, and say of none of it that it has to be done."""
    for file in PROJECT.glob("*/flows/*.py"):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            called = names_called(function)
            telling = [
                call
                for name in ("tell_people", "tell_about", "tell_change", "announce")
                for call in called.get(name, ())
            ]
            said = any(word.arg in ("to_do", "kind") for call in telling for word in call.keywords)
            if telling and not said and ("owe" in called or "hand_over" in called):
                yield file.relative_to(PROJECT).as_posix(), function.name


def test_r069_who_has_to_do_something_is_told_at_once_by_the_flow_that_asks_for_it():
    assert set(without_saying_so()) == TELL_OTHERS
