"""Kinds of posts, committees, departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostKind(models.TextChoices):
    """What a person is in a department (domain §5). A person may hold several posts."""

    STAFF = "staff", _("Staff")
    HEAD = "head", _("Department head")
    LIAISON = "liaison", _("Liaison")
    DEPUTY_LIAISON = "deputy_liaison", _("Deputy liaison")
    OFFICER = "officer", _("Coordination officer")
    OFFICE_HEAD = "office_head", _("Head of the coordination office")
    SECRETARY = "secretary", _("Secretary")
    LEADER = "leader", _("Leader in charge")
    ARBITER = "arbiter", _("Top leader")
    AUDITOR = "auditor", _("Auditor")
    RECORDS = "records", _("Records administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")


# One person at a time in a department; everybody else may share a post kind.
SINGLE_POSTS = (PostKind.HEAD, PostKind.LIAISON, PostKind.OFFICE_HEAD)

# One account holds at most one of these (separation of duties, domain §5).
SEPARATE_POSTS = (PostKind.AUDITOR, PostKind.RECORDS, PostKind.SYSTEM_ADMIN)


class CommitteeKind(models.TextChoices):
    STANDING = "standing", _("Standing committee")
    TEMPORARY = "temporary", _("Temporary coordination group")


class DepartmentKind(models.TextChoices):
    TOP = "top", _("Company")
    OFFICE = "office", _("Headquarters department")
    UNIT = "unit", _("Affiliated unit")
    SECTION = "section", _("Section")
