"""A3, A4: a department asks once to be released from an item."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pages.labels


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0015_review_of_a_refusal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="actionitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafted", "Drafted"),
                    ("issued", "Issued"),
                    ("acknowledged", "Signed for"),
                    ("in_progress", "In progress"),
                    ("releasing", "Release asked"),
                    ("submitted", "Reported done"),
                    ("closed", "Closed"),
                    ("cancelled", "Cancelled"),
                ],
                default="drafted",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="historicalactionitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafted", "Drafted"),
                    ("issued", "Issued"),
                    ("acknowledged", "Signed for"),
                    ("in_progress", "In progress"),
                    ("releasing", "Release asked"),
                    ("submitted", "Reported done"),
                    ("closed", "Closed"),
                    ("cancelled", "Cancelled"),
                ],
                default="drafted",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("department_name", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("basis", models.TextField(verbose_name="basis")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("rejected", "Not granted"),
                            ("dropped", "Fallen away"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="requests.actionitem",
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                    ),
                ),
                (
                    "right_owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department whose duty it is",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "department"), name="a_department_asks_once_to_be_released"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("item",),
                        name="one_open_release_per_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right_owner", models.F("department")), _negated=True),
                        name="a_release_names_another_department",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ruled_by", None),
                            models.Q(("ruled_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_rules_on_the_own_release",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ruled_by", None), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="a_ruled_release_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), _negated=True),
                            ("passed_to__isnull", False),
                            _connector="OR",
                        ),
                        name="a_granted_release_names_its_new_owner",
                    ),
                ],
            },
            bases=(pages.labels.Labels, models.Model),
        ),
    ]
