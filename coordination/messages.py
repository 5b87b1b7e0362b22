"""The Chinese catalogues without gettext's programs: `python -m coordination.messages gather|compile|check [app …]`.

Each app keeps its own catalogue, `<app>/locale/zh_Hans/LC_MESSAGES/django.po`. To an app belong its Python files and
the templates in `templates/<app>/`; templates of no app belong to `coordination`.

- gather: take new messages in, drop those that nobody says any more (they are printed, with their Chinese).
- compile: write the `.mo` files that Django reads; only for catalogues that changed.
- check: name every message that lacks its Chinese, and every catalogue that differs from the code.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
SHARED = "coordination"
# What each argument of a translating function is. `_lazy` and `_noop` forms take the same arguments.
ARGUMENTS = {
    "_": ("id",),
    "_n": ("id",),  # gettext_noop, where the plain name is taken by gettext
    "gettext": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
SUFFIX = re.compile(r"_(lazy|noop)$")
# Django turns a template into text in which only such calls are Python.
CALL_IN_TEMPLATE = re.compile(
    r"""\b(?:_|n?p?gettext)\((?:[^()"']|u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')*\)""", re.DOTALL
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# No dates and no names: a catalogue changes only when a message does.
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

Key = tuple[str | None, str]


class Unreadable(SystemExit):
    """A message that cannot be gathered: it is put together while the program runs."""


@dataclass(frozen=True)
class Said:
    """One message where the code says it."""

    id: str
    plural: str
    context: str | None
    path: str

    @property
    def key(self) -> Key:
        return (self.context, self.id)


def apps(project: Path = PROJECT) -> list[str]:
    return sorted(folder.parent.name for folder in project.glob("*/apps.py"))


def catalogue_file(app: str, project: Path = PROJECT) -> Path:
    return project / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def sources(app: str, project: Path = PROJECT) -> Iterator[Path]:
    """The files whose messages belong to this app's catalogue."""
    yield from sorted((project / app).rglob("*.py"))
    templates = project / "templates"
    others = set(apps(project)) - {SHARED}
    for path in sorted(p for p in templates.rglob("*") if p.suffix in {".html", ".txt"}):
        owner = path.relative_to(templates).parts[0]
        if owner == app or (app == SHARED and owner not in others):
            yield path


def said_in(path: Path, name: str) -> Iterator[Said]:
    """Every message of one Python file or template. Raises Unreadable for an f-string."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        trees: Iterable[ast.AST] = [ast.parse(text, name)]
    else:
        calls = CALL_IN_TEMPLATE.findall(templatize(text, origin=name))
        trees = (ast.parse(call, name, mode="eval") for call in calls)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _said_by(node, name)


def _said_by(call: ast.Call, path: str) -> Iterator[Said]:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    arguments = ARGUMENTS.get(SUFFIX.sub("", name))
    if not arguments or len(call.args) < len(arguments):
        return
    values: dict[str, str] = {}
    for kind, argument in zip(arguments, call.args, strict=False):
        if isinstance(argument, ast.JoinedStr):
            raise Unreadable(f"{path}:{call.lineno}: a message cannot be an f-string; use %(name)s.")
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            return  # a stored sentence, shown in the reader's language: its source is marked where it is written
        values[kind] = argument.value
    if values["id"]:
        yield Said(values["id"], values.get("plural", ""), values.get("context"), path)


def said_by(app: str, project: Path = PROJECT) -> dict[Key, list[Said]]:
    """What an app says, by message; one message said in several places keeps all of them."""
    found: dict[Key, list[Said]] = {}
    for path in sources(app, project):
        for said in said_in(path, path.relative_to(project).as_posix()):
            found.setdefault(said.key, []).append(said)
    return found


def read(app: str, project: Path = PROJECT) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    path = catalogue_file(app, project)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def chinese(message: Message) -> str:
    """The translation; Chinese has one form for any number."""
    string = message.string or ""
    return string if isinstance(string, str) else string[0]


def gather(app: str, project: Path = PROJECT) -> tuple[int, list[str]]:
    """Bring the catalogue to what the code says. Returns how many messages are new, and those dropped."""
    old, said = entries(read(app, project)), said_by(app, project)
    fresh = Catalog(locale=LOCALE)
    for key, places in said.items():
        plural = next((place.plural for place in places if place.plural), "")
        known = chinese(old[key]) if key in old else ""
        fresh.add(
            (key[1], plural) if plural else key[1],
            (known,) if plural else known,
            [(path, 0) for path in sorted({place.path for place in places})],
            flags=(),
            context=key[0],
        )
    path = catalogue_file(app, project)
    if said or path.exists():
        _write(path, fresh)
    dropped = [f"{key[1]} = {chinese(old[key])}" for key in old if key not in said]
    return len(said.keys() - old.keys()), dropped


def _write(path: Path, catalogue: Catalog) -> None:
    for message in catalogue:
        message.flags.discard("python-format")  # the check below compares placeholders itself
        message.flags.discard("python-brace-format")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)


def compile_changed(app: str, project: Path = PROJECT) -> bool:
    """Write the `.mo` beside the catalogue unless it is newer already."""
    path = catalogue_file(app, project)
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns):
        return False
    part = target.with_suffix(".mo-part")
    with part.open("wb") as file:
        write_mo(file, read(app, project))
    part.replace(target)
    return True


def faults(app: str, project: Path = PROJECT) -> Iterator[str]:
    """One sentence for each message that is not in order."""
    held, said = entries(read(app, project)), said_by(app, project)
    for key, places in said.items():
        if key not in held:
            yield f"{app}: not in the catalogue (run `make messages`): {key[1]!r} ({places[0].path})"
    for key, message in held.items():
        if key not in said:
            yield f"{app}: in the catalogue, but nobody says it: {key[1]!r}"
        elif not chinese(message):
            yield f"{app}: no Chinese yet: {key[1]!r} ({said[key][0].path})"
        elif message.fuzzy:
            yield f"{app}: marked as doubtful: {key[1]!r}"
        elif not _same_placeholders(message):
            yield f"{app}: other placeholders in the Chinese: {key[1]!r} = {chinese(message)!r}"


def _same_placeholders(message: Message) -> bool:
    source = message.id if isinstance(message.id, str) else message.id[-1]
    return set(PLACEHOLDER.findall(source)) == set(PLACEHOLDER.findall(chinese(message)))


def contradictions(names: Iterable[str], project: Path = PROJECT) -> Iterator[str]:
    """The same message with two translations: Django would show one of them everywhere."""
    seen: dict[Key, tuple[str, str]] = {}
    for app in names:
        for key, message in entries(read(app, project)).items():
            other, word = seen.setdefault(key, (app, chinese(message)))
            if word and chinese(message) and word != chinese(message):
                yield (
                    f"{app}: {key[1]!r} is {chinese(message)!r} here and {word!r} in {other}: "
                    "use one word, or tell them apart with pgettext."
                )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m coordination.messages")
    parser.add_argument("verb", choices=["gather", "compile", "check"])
    parser.add_argument("apps", nargs="*", metavar="app", help="all apps when none is named")
    options = parser.parse_args(arguments)
    known = apps()
    if unknown := set(options.apps) - set(known):
        parser.error(f"no such app: {', '.join(sorted(unknown))}")
    chosen = options.apps or known
    say = sys.stdout.write
    if options.verb == "gather":
        for app in chosen:
            new, dropped = gather(app)
            if new or dropped:
                say(f"{app}: {new} new, {len(dropped)} dropped\n")
            sys.stdout.writelines(f"  dropped: {line}\n" for line in dropped)
        return 0
    if options.verb == "compile":
        for app in chosen:
            compile_changed(app)
        return 0
    found = [fault for app in chosen for fault in faults(app)] + list(contradictions(known))
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
