"""How the title of an official paper is broken into lines (GB/T 9704, 7.3.1: sense kept whole, lines of like length)."""

from __future__ import annotations

# 二号 on the width of the text: twenty characters, a little air left.
WIDEST = 19
# After these a reader pauses.
PAUSES = "的、，和与及"
NEAR = 5
# 协调函 may stand alone in the last line, 函 may not.
SHORTEST = 3


def title_lines(title: str) -> list[str]:
    """One line where it fits; else as few as needed, each as long as the others, broken where a reader pauses.

    Latin words and numbers are not looked at: they are rare in titles, and the middle is never far.
    """
    count = -(-len(title) // WIDEST)
    if count <= 1:
        return [title]
    at = _break(title, round(len(title) / count))
    return [title[:at], *title_lines(title[at:])]


def _break(title: str, middle: int) -> int:
    """The pause nearest to the middle; else the last one that the line holds: a word torn apart is worse than a short line."""
    pauses = [at for at in range(2, WIDEST + 2) if title[at - 1] in PAUSES and len(title) - at >= SHORTEST]
    near = [at for at in pauses if abs(at - middle) <= NEAR]
    if near:
        return min(near, key=lambda at: abs(at - middle))
    return pauses[-1] if pauses else middle
