"""Departments, people, posts, committees, external units."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from audit.history import history
from audit.rows import FromRow
from organization.authority import Authority
from organization.external_units import ExternalUnit
from organization.goals import Goal  # noqa: F401 - its table belongs to this app
from organization.phrases import Phrase  # noqa: F401 - its table belongs to this app
from organization.querysets import (
    CommitteeQuerySet,
    DepartmentQuerySet,
    PostChangeQuerySet,
    PostQuerySet,
    UserQuerySet,
)
from organization.states import SEPARATE_POSTS, SINGLE_POSTS, CommitteeKind, DepartmentKind, PostKind
from pages.prepared import Prepared


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people; `create_superuser` serves the first system administrator only."""

    def get(self, *args: Any, **wanted: Any) -> User:
        """Every page asks for its reader, by the key alone: that read is written once. Whoever asks among the members of
        something asks only among them."""
        pk = wanted.get("pk")
        if type(self) is not UserManager or args or len(wanted) != 1 or type(pk) is not int:
            return super().get(*args, **wanted)
        found: User | None = PERSON.get(pk)
        if found is None:
            raise User.DoesNotExist("User matching query does not exist.")
        return found

    def get_by_natural_key(self, username: str | None) -> User:
        found: User = self.get(username=username)
        return found

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = User(username=username, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(FromRow, AbstractBaseUser, PermissionsMixin):
    """A person who logs in. What they may do follows from their posts, not from the account."""

    username = models.CharField(_("login name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    title = models.CharField(_("position"), max_length=40, blank=True)
    external_unit = models.ForeignKey(
        ExternalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("external unit"),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the technical administration"), default=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Part of every session; one more ends them all.")
    )

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    history = history(excluded=("password", "last_login"))
    objects = UserManager()

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization:person", args=[self.pk])

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to go on: it changes with the password and when the account was closed."""
        proof = f"{self.password}:{self.session_epoch}"
        return salted_hmac("organization.User.session", proof, secret=secret, algorithm="sha256").hexdigest()

    @property
    def audit_key(self) -> str:
        return f"person:{self.pk}"

    @property
    def audit_name(self) -> str:
        return self.name

    @property
    def is_external(self) -> bool:
        return self.external_unit_id is not None

    @property
    def may_read_audit(self) -> bool:
        """Only auditors read the event log (domain §5, row Audit log)."""
        return self.authority.is_auditor

    _posts: list[Post] | None = None  # as the authority has read them

    @cached_property
    def authority(self) -> Authority:
        """The posts of this person, what they are in charge of and their committees, read once per object."""
        self._posts = self._current_posts()
        in_charge_of, chaired, kept = self._beside_posts(self._posts)
        return Authority.from_rows(
            posts=[
                (post.kind, department_id)
                for post in self._posts
                for department_id in (post.department_id, *post.taken_over)  # type: ignore[attr-defined]  # annotated
            ],
            in_charge_of=in_charge_of,
            committees=[
                *((pk, "secretary") for pk in kept),
                *((pk, "chair") for pk in chaired if pk not in kept),
            ],
        )

    def _beside_posts(self, posts: list[Any]) -> tuple[list[int], list[int], list[int]]:
        """Departments in charge, committees in the chair, committees as secretary: they come with the posts; whoever has
        none is asked for by themselves."""
        told = posts[0] if posts else BESIDE_POSTS_OF.get(self.pk) if self.pk else None
        return (told.in_charge_of, told.chaired, told.kept) if told else ([], [], [])

    @cached_property
    def department(self) -> Department | None:
        """The department of the main post, shown beside the name."""
        posts = self._current_posts() if self._posts is None else self._posts
        return posts[0].department if posts else None

    def _current_posts(self) -> list[Post]:
        """The main post first."""
        return POSTS_OF(self.pk) if self.pk else []

    @property
    def department_name(self) -> str:
        if self.department:
            return self.department.name
        return self.external_unit.name if self.external_unit else ""


class Department(FromRow, models.Model):
    """A department in the tree (R012). Renaming keeps old records readable: they store the name of their time."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(
        _("level"), max_length=8, choices=DepartmentKind.choices, default=DepartmentKind.OFFICE
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior department"),
    )
    leader_in_charge = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("leader in charge")
    )
    is_coordination_office = models.BooleanField(_("is the coordination office"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    # Into which it was merged: who speaks for that one speaks for this one too, and what was written keeps its name.
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("merged into"),
    )
    # When whoever speaks for the successor was told; until then the next minute does it.
    merger_told_at = models.DateTimeField(null=True, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    history = history()
    objects = DepartmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_coordination_office"],
                condition=Q(is_coordination_office=True),
                name="one_coordination_office",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="department_is_not_its_own_superior"),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(is_active=False) & ~Q(successor=F("id")),
                name="only_a_closed_department_was_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization:department", args=[self.pk])


class Post(FromRow, models.Model):
    """A person in a post of a department, from a day, until a day (exclusive) or still."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="posts", verbose_name=_("department")
    )
    kind = models.CharField(_("post"), max_length=16, choices=PostKind.choices)
    is_main = models.BooleanField(_("main post"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    history = history()
    objects = PostQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["department__order", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "department", "kind"], condition=Q(until=None), name="post_held_once"
            ),
            models.UniqueConstraint(
                fields=["department", "kind"],
                condition=Q(until=None, kind__in=[kind.value for kind in SINGLE_POSTS]),
                name="one_person_in_a_single_post",
            ),
            # No account is two of auditor, records administrator and system administrator (domain §5).
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(until=None, kind__in=[kind.value for kind in SEPARATE_POSTS]),
                name="one_of_the_separate_posts",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.department} {self.get_kind_display()}"


class PostChange(models.Model):
    """Somebody left a post. Supervision takes the row within a minute and hands the open work over (R019)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="changes")
    successor = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty: whoever speaks for the department now."),
    )
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    objects = PostChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["post"], name="a_post_ends_once")]

    def __str__(self) -> str:
        return f"{self.post} → {self.successor or '?'}"


class Committee(models.Model):
    """A standing body or a temporary group (R001, R004). An active standing body has a chair."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=CommitteeKind.choices, default=CommitteeKind.STANDING
    )
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    chair = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy chair")
    )
    secretary = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("secretary")
    )
    end_condition = models.CharField(_("ends when"), max_length=200, blank=True)
    lead_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    members = models.ManyToManyField(
        Department, through="CommitteeMember", related_name="committees", verbose_name=_("member departments")
    )
    term_from = models.DateField(_("term from"), null=True, blank=True)
    term_until = models.DateField(_("term until"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    history = history()
    objects = CommitteeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chair=None) | ~Q(chair=F("secretary")), name="chair_is_not_the_secretary"
            ),
            models.CheckConstraint(
                condition=~Q(kind=CommitteeKind.STANDING) | Q(is_active=False) | Q(chair__isnull=False),
                name="standing_committee_has_a_chair",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization:committee", args=[self.pk])


class CommitteeMember(models.Model):
    """A department that sits on a committee, with the person who speaks for it."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    department = models.ForeignKey(Department, models.PROTECT, related_name="seats")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["department__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "department"], name="one_seat_per_department")
        ]

    def __str__(self) -> str:
        return f"{self.committee}: {self.department}"


# What every page asks of its reader.
PERSON = Prepared(lambda pk: User.objects.filter(pk=pk))


def _beside_posts(user: Any) -> dict[str, ArraySubquery]:
    committees = Committee.objects.active().order_by()
    return {
        "in_charge_of": ArraySubquery(
            Department.objects.active().filter(leader_in_charge=user).order_by().values("pk")
        ),
        "chaired": ArraySubquery(committees.filter(Q(chair=user) | Q(deputy=user)).values("pk")),
        "kept": ArraySubquery(committees.filter(secretary=user).values("pk")),
    }


POSTS_OF = Prepared(
    lambda user: (
        Post.objects.current()
        .filter(user=user)
        .select_related("department")
        .annotate(
            taken_over=ArraySubquery(
                Department.objects.filter(successor=OuterRef("department")).values("pk")
            ),
            **_beside_posts(user),
        )
        .order_by("-is_main", "since", "pk")
    )
)
BESIDE_POSTS_OF = Prepared(lambda user: User.objects.filter(pk=user).annotate(**_beside_posts(user)))
