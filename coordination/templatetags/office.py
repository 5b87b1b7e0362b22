"""The office's own template tags and filters, built into every template (docs/pages.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.template import Library
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from audit.acting import now, today
from coordination.titles import titles
from pages.escaping import escaped, filled
from pages.loader import fixed
from requests.states import MAIN_LINE, Confidentiality, Stage
from supervision import clock as supervision_clock

register = Library()

# 协〔2026〕41号, 督单〔2026〕23号: kept in one piece, whatever the width.
NUMBER = re.compile(r"(?:督单|[\u4e00-\u9fff])?〔\d{4}〕\d+号")
WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)

TINTS: dict[str, str] = {stage: f"x-stage s{number}" for number, stage in enumerate(MAIN_LINE, start=1)}


@register.filter
def no(number: object) -> str:
    """A number in one unbreakable piece: `{{ matter.number|no }}`."""
    return filled('<span class="x-no">{}</span>', number) if number else ""


@register.filter
def numbers(text: Any) -> str:
    """A sentence whose numbers do not break: `{{ sentence|numbers }}`."""
    safe = escaped(text)
    if "〔" not in safe:
        return safe
    return mark_safe(NUMBER.sub(lambda hit: f'<span class="x-no">{hit[0]}</span>', safe))  # noqa: S308 - escaped above


@register.inclusion_tag("includes/closed.html", takes_context=True)
def closed_mark(context: Any) -> dict[str, Any]:
    """Name and time of the reader, where the page shows a confidential matter or what hangs on it (domain §5)."""
    found = (_closed(context.get(name)) for name in BEAR_A_MARK)
    return {"is_closed": any(found), "person": context.get("user"), "now": now()}


# What a page is about, by its name in the template.
BEAR_A_MARK = (
    "matter",
    "item",
    "letter",
    "paper",
    "dispute",
    "dossier",
    "minutes",
    "meeting",
    "loan",
    "improvement",
)


def _closed(thing: Any) -> bool:
    if getattr(thing, "confidentiality", None) == Confidentiality.CONFIDENTIAL:
        return True
    about = getattr(thing, "matter", None)
    return bool(getattr(about, "is_closed", False) or getattr(thing, "shows_closed", False))


@register.simple_tag
@fixed
def icon(name: str, size: str = "") -> str:
    """One icon of the sprite: `{% icon "check" %}`, small with `{% icon "check" "s" %}`."""
    return _drawing(f"i-{name}", "x-ico x-ico-s" if size == "s" else "x-ico")


@register.simple_block_tag
def light(content: str, shape: str) -> str:
    """A traffic light with its words: `{% light "bad" %}逾期1个工作日{% endlight %}`; shapes ok, warn, bad, hold."""
    return lamp(shape, mark_safe(content.strip()))  # noqa: S308 - rendered by the template, which escapes


@register.simple_tag
def obligation_light(obligation: Any) -> str:
    """The light of a duty, with its words: `{% obligation_light duty %}`; nothing where there is no duty."""
    if not obligation:
        return ""
    shown = supervision_clock.light(obligation, now())
    return lamp(shown.shape, shown.words)


def lamp(shape: str, words: str) -> SafeString:
    return _lamp(shape, words, type(words) is SafeString)


@lru_cache(512)  # the same words stand in many rows; what is safe and what is not are equal to a cache
def _lamp(shape: str, words: str, _safe: bool) -> SafeString:  # noqa: FBT001 - a part of the key
    return filled('<span class="x-light {}">{}{}</span>', shape, _drawing(f"l-{shape}"), words)


@cache
def _drawing(symbol: str, style: str = "") -> SafeString:
    """One of some hundred drawings; a page shows the same ones again and again."""
    style = filled(' class="{}"', style) if style else ""
    return filled(
        '<svg{} aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        style,
        static("office/sprite.svg"),
        symbol,
    )


@register.simple_tag
def stage(value: str) -> str:
    """The stage of a matter as a word in its tinted box: `{% stage matter.stage %}`."""
    return _stage(value, get_language())


@cache
def _stage(value: str, _language: str) -> str:
    words = Stage(value).label if value in Stage.values else value
    return filled('<span class="{}">{}</span>', TINTS.get(value, "x-tag"), words)


@register.filter
def when(moment: datetime | None) -> str:
    """A moment in full: 2026-09-18 10:40."""
    return _time(moment, "%Y-%m-%d %H:%M")


@register.filter
def short(moment: datetime | date | None) -> str:
    """A moment or day where the year is plain: 09-18 10:40, 09-18."""
    return _time(moment, "%m-%d %H:%M" if isinstance(moment, datetime) else "%m-%d")


@register.filter
def clock(moment: datetime | None) -> str:
    """Only the time of day: 10:40."""
    return _time(moment, "%H:%M")


@register.filter
def day(value: datetime | date | None) -> str:
    """A day in full: 2026-09-18."""
    return _time(value, "%Y-%m-%d")


@register.filter
def weekday(value: datetime | date | None) -> str:
    """The day of the week: 周五."""
    return _weekday(_local(value).weekday(), get_language()) if value else ""


@cache
def _weekday(number: int, _language: str) -> str:
    return _(WEEKDAYS[number])


@register.filter
def lately(moment: datetime | None) -> str:
    """A moment as people say it: 今天 16:00, 昨天 16:40, else 09-16 09:00 (with the year when it is another one)."""
    if moment is None:
        return ""
    local, this_day = _local(moment), today()
    that_day, time = local.date(), f"{local:%H:%M}"
    if that_day == this_day:
        words = _("today %(time)s") % {"time": time}
    elif that_day == this_day - timedelta(days=1):
        words = _("yesterday %(time)s") % {"time": time}
    else:
        return _time(moment, "%m-%d %H:%M" if that_day.year == this_day.year else "%Y-%m-%d %H:%M")
    return filled('<time datetime="{}">{}</time>', _machine(local), words)


def due(moment: datetime | None) -> str:
    """A due date as the desk says it: 今天 17:30, 09-20 周日, with the year when it is another one."""
    if moment is None:
        return ""
    local, this_day = _local(moment), today()
    that_day = local.date()
    if that_day == this_day:
        return lately(moment)
    pattern = "%m-%d" if that_day.year == this_day.year else "%Y-%m-%d"
    words = f"{that_day:{pattern}} {weekday(that_day)}"
    return filled('<time datetime="{}">{}</time>', _machine(local), words)


def _local(value: datetime | date) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _machine(local: datetime | date) -> str:
    return str(local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat())


def _time(value: datetime | date | None, pattern: str) -> str:
    if value is None or value == "":
        return ""
    local = _local(value)
    return mark_safe(f'<time datetime="{_machine(local)}">{local:{pattern}}</time>')  # noqa: S308 - figures only


@register.simple_tag
def sentence(entry: Any) -> str:
    """The sentence of a history line or a notice, in the reader's language, numbers unbroken."""
    try:
        told = _(entry.sentence) % entry.values
    except (KeyError, ValueError):  # an old line whose sentence has changed since: show it as it is
        told = str(entry.sentence)
    return numbers(told)


@register.simple_tag(takes_context=True)
def entitle(context: Any, notices: Iterable[Any]) -> str:
    """Give each notice the title of its thing, as far as its reader may see it now; a notice itself holds none."""
    told = list(notices)
    found = titles(context["request"].user, {notice.number for notice in told if notice.number})
    for notice in told:
        notice.title = found.get(notice.number, "")
    return ""


@register.simple_block_tag
def crumbs(content: str) -> str:
    """The trail above the title, or nothing when a page has none."""
    if not content.strip():
        return ""
    return filled(
        '<nav class="x-crumb" aria-label="{}"><ol>{}</ol></nav>',
        _("You are here"),
        mark_safe(content.strip()),  # noqa: S308 - rendered by the template, which escapes
    )


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """This page's address with some filters changed and the rest kept: `<a href="{% query status="open" %}">`.

    An empty value takes the filter out. The page number falls away unless it is the change.
    """
    params = context["request"].GET.copy()
    params.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"
