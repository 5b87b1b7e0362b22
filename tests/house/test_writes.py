"""Every write stands in a flow: pages, forms, the API, tasks and rules write nothing themselves (architecture §4)."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "audit", "pages", "organization", "notifications", "supervision", "documents", "requests", "meetings", "disputes", "archive",
    "coordination",
)  # fmt: skip
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# The first account of an empty office, made at the command line.
KNOWN = {"organization/models.py user.save"}


def outside_flows():
    """Every file of the house but the flows, the migrations and what an empty office starts with."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            inside = path.relative_to(ROOT / app)
            if inside.parts[0] in ("flows", "flows.py", "migrations") or inside.stem.endswith("seeds"):
                continue
            yield path


def writes(tree):
    """Calls that write rows, but for those in a function that is a flow itself; a book is saved into something."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and "flow" in map(ast.unparse, node.decorator_list):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changes_rows = node.func.attr == "update" and "objects" in ast.unparse(node.func.value)
            into_a_file = node.func.attr == "save" and node.args
            if changes_rows or (node.func.attr in WRITES and not into_a_file):
                yield ast.unparse(node.func)
        yield from writes(node)


def test_nothing_is_written_outside_of_a_flow():
    found = list(outside_flows())
    wrong = {
        f"{path.relative_to(ROOT)} {call}"
        for path in found
        for call in writes(ast.parse(path.read_text("utf-8")))
    }

    assert len(found) > 400
    assert wrong == KNOWN
