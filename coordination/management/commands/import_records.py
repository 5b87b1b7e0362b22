"""import_records --org org.json --meetings meetings.jsonl: departments, people, meetings, items, action items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.importing.minutes import MinutesImporter, Office
from coordination.importing.organization import Importer
from coordination.importing.report import Report
from organization import people
from organization.models import User
from organization.states import PostKind


class Command(BaseCommand):
    help = "Take over an organisation (JSON) and old minutes (JSON lines) through the real flows; report what does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--org", type=Path, help="JSON with named sources, each with a list `units`")
        parser.add_argument("--meetings", type=Path, help="JSON lines, one meeting a line")
        parser.add_argument("--lang", default="zh", help="take over meetings in this language (default zh)")
        parser.add_argument("--limit", type=int, default=50, help="at most so many meetings (default 50)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        importer = Importer(self._one(PostKind.SYSTEM_ADMIN, "system administrator"), report)
        if options["org"]:
            for name, source in json.loads(options["org"].read_text("utf-8")).items():
                importer.units(name, source["units"])
        if options["meetings"]:
            self._meetings(options["meetings"], options["lang"], options["limit"], importer, report)
        for line in report.lines():
            self.stdout.write(line)

    def _meetings(self, path: Path, lang: str, limit: int, importer: Importer, report: Report) -> None:
        if people.office() is None:
            raise CommandError("Name a coordination office first; its people take the minutes over.")
        office = Office(
            self._one(PostKind.OFFICER, "coordination officer"),
            self._one(PostKind.OFFICE_HEAD, "head of the coordination office"),
            self._one(PostKind.SECRETARY, "secretary"),
        )
        taker = MinutesImporter(office, importer, report)
        taken = 0
        for number, record in _records(path, report):
            if taken == limit:
                break
            if record.get("lang") == lang:
                taken += taker.take_over(f"line {number}", record) is not None

    def _one(self, kind: str, words: str) -> User:
        person: User | None = User.objects.holding(kind).first()
        if person is None:
            raise CommandError(f"Nobody is {words} yet; fill that post first.")
        return person


def _records(path: Path, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records by line. Only a line feed ends one: minutes contain the other signs that `splitlines` takes for it."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                record = json.loads(text)
            except json.JSONDecodeError as error:
                report.remark(f"line {number}", f"not JSON ({error}); not taken over")
                continue
            if isinstance(record, dict):
                yield number, record
            else:
                report.remark(f"line {number}", "not a record; not taken over")
