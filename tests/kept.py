"""Worlds with which many tests begin: built once by the real flows, then kept, each as a database of its own.

A test runs in a transaction that is rolled back. As long as that transaction has written nothing, it makes no difference
whether a world is built in it or it begins anew in a database in which that world stands already: `@kept` takes the
second way from the second time on that a process is asked for the same world, with the same words, at the same moment.
Whatever is not exactly that (something written before, a flow around it, threads, an argument that is not plain) is built
on the spot as if nothing were kept.

    @kept
    def filed(cast, **fields): ...
"""

from __future__ import annotations

import copy
import datetime
import enum
import functools
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.utils import timezone, translation

from audit import acting
from tests import database

WORTH_KEEPING = 2  # asked for once, a world may never be asked for again
MOST = 40  # then the one that nobody has asked for longest makes room
AS_NEW = 150  # so many tests leave so many dead rows behind that a copy is cheaper than going on among them


class NotPlain(Exception):
    """A world asked for with this cannot be told from another one."""


class Place:
    """A database with a world in it, our one connection to it, and what the builder gave back."""

    def __init__(self, name: str, parent: Place | None = None, key: Any = None) -> None:
        self.name, self.parent, self.key = name, parent, key
        self.source = name
        self.used_at = self.visits = 0
        self.raw: Any = None
        self.cast: SimpleNamespace | None = None
        self.result: Any = None
        self.files: Path | None = None
        self.asked: Counter[Any] = Counter()
        self.children: dict[Any, Place] = {}

    def enter(self) -> None:
        """The test's transaction, in which nothing is written yet, goes on here."""
        if self.raw is None or self.raw.closed:
            self.raw = connection.get_new_connection(
                {**connection.get_connection_params(), "dbname": self.name}
            )
            connection._configure_timezone(self.raw)
            self.raw.commit()
        if not connection.connection.closed:
            connection.connection.rollback()
        connection.connection = self.raw
        self.raw.rollback()
        self.raw.autocommit = False
        _open_savepoints_again()
        cache.clear()  # the people of another world may have the same keys

    def leave_alone(self) -> None:
        """A database can be copied only while nobody is connected to it."""
        if self.raw is not None:
            self.raw.close()


class Keeper:
    """The places of this process, and the one in which the running test stands."""

    def __init__(self) -> None:
        self.home: Any = None
        self.here: Place | None = None
        self.cast: SimpleNamespace | None = None
        self.places: list[Place] = []
        self.root = Place("")
        self.building = False
        self.clock = self.named = 0

    def go_home(self) -> None:
        """After a test: the connection to the database in which nothing stands."""
        if self.here is None:
            return
        if connection.connection is self.here.raw:
            connection.connection = self.home
            self.home.autocommit = True
        else:  # the test closed its connection: a new one will open at home
            self.home.close()
        self.home = self.here = self.cast = None

    def the_cast(self, build: Any) -> SimpleNamespace:
        """The cast, in its own place when this test may stand there."""
        if self.here is not None or not _nothing_is_written():
            return build()
        self.home = connection.connection
        place = self.root.children.get("cast")
        if place is None:
            self._keep(self.root, "cast", build)
            self._set_aside(self.here)
            place = self.here
        else:
            self._as_new(place)
        self._go_to(place)
        self.cast = copy.deepcopy(place.result)
        return self.cast

    def _set_aside(self, place: Place) -> None:
        """Nobody works in this copy: what begins with the place begins here, without what tests have left in it."""
        place.leave_alone()
        place.source = f"{place.name}_clean"
        database.copy(place.name, place.source)

    def _as_new(self, place: Place) -> None:
        place.visits += 1
        if place.visits % AS_NEW == 0:
            place.leave_alone()
            database.copy(place.source, place.name)

    def _go_to(self, place: Place) -> None:
        place.enter()
        self.clock += 1
        self.here, place.used_at = place, self.clock

    def world(self, build: Any, key: Any, *, files: bool) -> Any:
        """What `build` gives back, in a place where it has been built already if that is worth it."""
        parent = self.here
        place = parent.children.get(key)
        if place is None:
            parent.asked[key] += 1
            if parent.asked[key] < WORTH_KEEPING:
                return build()
            self._make_room()
            result = self._keep(parent, key, build)
            if files:
                self.here.files = Path(tempfile.mkdtemp(prefix="kept-"))
                shutil.copytree(settings.MEDIA_ROOT, self.here.files, dirs_exist_ok=True)
            return result
        self._go_to(place)
        if place.files:
            shutil.copytree(place.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return _again(place, self.cast)

    def _keep(self, parent: Place, key: Any, build: Any) -> Any:
        """Build in a copy of the database in which we stand, and commit it there."""
        connection.connection.rollback()
        if parent.source == parent.name:
            parent.leave_alone()
        place = Place(f"{connection.settings_dict['NAME']}_{self.named}", parent, key)
        self.named += 1
        self.places.append(place)
        database.copy(parent.source or database.template(), place.name)
        self._go_to(place)
        self.building = True
        try:
            result = build()
            place.raw.commit()
        except Exception:
            parent.asked[key] = -1_000_000  # refused: this copy is as good as the original, but no world
            raise
        finally:
            self.building = False
        _open_savepoints_again()
        place.cast, place.result = copy.deepcopy((self.cast, result))
        parent.children[key] = place
        return result

    def _make_room(self) -> None:
        """Of the places on which no other stands, the one that nobody has asked for longest."""
        if len(self.places) >= MOST:
            ends = [place for place in self.places if not place.children and place is not self.here]
            self._give_up(min(ends, key=lambda place: place.used_at))

    def _give_up(self, place: Place) -> None:
        self.places.remove(place)
        if place.parent is not None:
            place.parent.children.pop(place.key, None)
            place.parent.asked[place.key] = 0
        place.leave_alone()
        for name in {place.name, place.source}:
            database.drop(name)
        if place.files:
            shutil.rmtree(place.files)

    def forget(self) -> None:
        """At the end: nothing stays on the server or in the folder of temporary files."""
        self.go_home()
        for place in list(self.places):
            self._give_up(place)


keeper = Keeper()


def kept(build: Any = None, *, files: bool = False) -> Any:
    """Mark a builder `world(cast, …)` whose world may be kept. `files`: it also leaves files in MEDIA_ROOT."""
    if build is None:
        return functools.partial(kept, files=files)

    @functools.wraps(build)
    def found(cast: Any, *args: Any, **kwargs: Any) -> Any:
        plainly = functools.partial(build, cast, *args, **kwargs)
        if keeper.building or keeper.here is None or cast is not keeper.cast:
            return plainly()
        if acting.current() is not None or not _nothing_is_written() or (files and _has_files()):
            return plainly()
        try:
            words = _plain([args, kwargs], cast)
        except NotPlain:
            return plainly()
        key = (build.__module__, build.__qualname__, words, *_moment(), translation.get_language())
        return keeper.world(plainly, key, files=files)

    return found


def _nothing_is_written() -> bool:
    """Whether we are inside a transaction that PostgreSQL has not even had to number."""
    if not connection.in_atomic_block or connection.needs_rollback:
        return False
    with connection.connection.cursor() as cursor:  # not one of the queries that a test counts
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return bool(cursor.fetchone()[0])


def _has_files() -> bool:
    return Path(settings.MEDIA_ROOT).exists() and any(Path(settings.MEDIA_ROOT).iterdir())


def _moment() -> tuple[Any, Any]:
    """The moment handed down and the clock, where a test has set them."""
    stands_still = time_machine.escape_hatch.is_travelling()
    return acting._moment.get(), timezone.now() if stands_still else None  # noqa: TID251


def _open_savepoints_again() -> None:
    with connection.connection.cursor() as cursor:
        for name in connection.savepoint_ids:
            if name:
                cursor.execute(f"SAVEPOINT {connection.ops.quote_name(name)}")


def _plain(value: Any, cast: SimpleNamespace) -> Any:
    """A value as part of a key: words, numbers, days, people and departments of the cast."""
    if isinstance(value, models.Model):
        for name, member in vars(cast).items():
            if member is value:
                return ("cast", name)
        raise NotPlain
    if isinstance(value, dict):
        return tuple((name, _plain(one, cast)) for name, one in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(_plain(one, cast) for one in value)
    if value is None or isinstance(value, str | int | float | enum.Enum | datetime.date | datetime.timedelta):
        return (type(value).__name__, value)
    raise NotPlain


def _members(cast: SimpleNamespace) -> dict[str, models.Model]:
    return {name: one for name, one in vars(cast).items() if isinstance(one, models.Model)}


def _again(place: Place, cast: SimpleNamespace) -> Any:
    """A copy of the result, in which the people are those of this cast; they know what they knew when it was built."""
    then, now = _members(place.cast), _members(cast)
    memo: dict[int, Any] = {id(one): now[name] for name, one in then.items()}
    for name, one in then.items():
        vars(now[name]).update(copy.deepcopy(vars(one), memo))
    return copy.deepcopy(place.result, memo)
