"""The channels through which matters are coordinated (R047)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """The six channels of coordination (R047)."""

    REGULAR = "regular", pgettext_lazy("channel", "Regular meeting")
    SPECIAL = "special", pgettext_lazy("channel", "Special meeting")
    DOCUMENTS = "documents", pgettext_lazy("channel", "Documents")
    PLATFORM = "platform", pgettext_lazy("channel", "Platform")
    ONSITE = "onsite", pgettext_lazy("channel", "On site")
    HIERARCHY = "hierarchy", pgettext_lazy("channel", "Hierarchy")
