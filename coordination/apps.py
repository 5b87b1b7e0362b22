"""The topmost app: it connects what has to run after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from audit.acting import LOGIN


class CoordinationConfig(AppConfig):
    name = "coordination"
    verbose_name = _("Coordination office")

    def ready(self) -> None:
        from django.contrib.auth.models import update_last_login

        from archive import freeze
        from archive import seeds as archive_seeds
        from audit import grants, triggers
        from coordination import checks  # noqa: F401 - registers the system checks
        from requests import approval_seeds, condition_seeds, paper_kind_seeds
        from requests import seeds as requests_seeds
        from supervision import seeds

        # The last app to migrate: by then every table is there. The empty models.py beside this file makes Django
        # send the signal for this app at all.
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="audit.triggers")
        post_migrate.connect(grants.grant, sender=self, dispatch_uid="audit.grants")
        post_migrate.connect(freeze.install, sender=self, dispatch_uid="archive.freeze")
        post_migrate.connect(archive_seeds.plant, sender=self, dispatch_uid="archive.seeds")
        post_migrate.connect(requests_seeds.plant, sender=self, dispatch_uid="requests.seeds")
        post_migrate.connect(condition_seeds.plant, sender=self, dispatch_uid="requests.conditions")
        post_migrate.connect(approval_seeds.plant, sender=self, dispatch_uid="requests.approval_rules")
        post_migrate.connect(paper_kind_seeds.plant, sender=self, dispatch_uid="requests.paper_kinds")
        post_migrate.connect(seeds.plant, sender=self, dispatch_uid="supervision.seeds")
        # A login is a change like any other: organization.flows.remember_login names its actor.
        user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
        user_logged_in.connect(_remember_login, dispatch_uid="coordination.remember_login")


def _remember_login(*, user: Any, **_: Any) -> None:
    """The one hook of Django's that we use: it has no other place for what happens at a login."""
    from organization import flows

    flows.remember_login(user_id=user.pk, by=LOGIN)
