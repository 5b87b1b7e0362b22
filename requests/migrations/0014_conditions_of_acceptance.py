"""R028: the conditions of acceptance, and what was found on a matter; a gap of talks that were not held."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pages.labels


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0013_matters_are_merged"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptanceCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=60, verbose_name="condition")),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="how it is checked")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("goal", "Goal unclear"),
                            ("reason", "Reason of a refusal missing"),
                            ("scope", "Scope unclear"),
                            ("departments", "Departments not right"),
                            ("material", "Material missing"),
                            ("talks", "Departments not asked first"),
                            ("other", "Other"),
                            ("not_cross_department", "Concerns one department only"),
                            ("no_basis", "No basis in law or rules"),
                            ("out_of_power", "Beyond this institution's power"),
                            ("settled", "Already settled"),
                        ],
                        max_length=24,
                        verbose_name="usual reason",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("is_used", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["order", "pk"],
                "default_permissions": (),
            },
            bases=(pages.labels.Labels, models.Model),
        ),
        migrations.AlterField(
            model_name="gap",
            name="code",
            field=models.CharField(
                choices=[
                    ("goal", "Goal unclear"),
                    ("reason", "Reason of a refusal missing"),
                    ("scope", "Scope unclear"),
                    ("departments", "Departments not right"),
                    ("material", "Material missing"),
                    ("talks", "Departments not asked first"),
                    ("other", "Other"),
                ],
                max_length=12,
                verbose_name="what is missing",
            ),
        ),
        migrations.CreateModel(
            name="ConditionCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=60)),
                ("is_met", models.BooleanField(null=True)),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goal", "Goal unclear"),
                            ("reason", "Reason of a refusal missing"),
                            ("scope", "Scope unclear"),
                            ("departments", "Departments not right"),
                            ("material", "Material missing"),
                            ("talks", "Departments not asked first"),
                            ("other", "Other"),
                            ("not_cross_department", "Concerns one department only"),
                            ("no_basis", "No basis in law or rules"),
                            ("out_of_power", "Beyond this institution's power"),
                            ("settled", "Already settled"),
                        ],
                        max_length=24,
                        verbose_name="what is wrong",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("checked_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.acceptancecondition",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="requests.coordinationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["condition__order", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matter", "condition"), name="a_condition_is_checked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_met", False), _negated=True),
                            models.Q(
                                models.Q(("code", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_unmet_condition_has_its_reason",
                    ),
                ],
            },
            bases=(pages.labels.Labels, models.Model),
        ),
    ]
