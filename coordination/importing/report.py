"""What an import says at its end: counts, and one line for everything that did not fit. Nothing is lost silently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts of what was taken over, and the remarks by line of the source."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def took(self, what: str, number: int = 1) -> None:
        self.counts[what] += number

    def remark(self, line: str, sentence: str) -> None:
        self.remarks.append(f"{line}: {sentence}")

    def lines(self) -> list[str]:
        return [*self.remarks, *(f"{what}: {number}" for what, number in sorted(self.counts.items()))]


def cut(text: str, most: int, line: str, report: Report) -> str:
    """The text, shortened to what its field holds; a shortened one is remarked with its full wording."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    report.remark(line, f"shortened to {most} characters, in full: {text}")
    return text[: most - 1] + "…"
