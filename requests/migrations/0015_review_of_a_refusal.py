"""R048: a refusal can be reviewed once, by somebody who did not refuse."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pages.labels


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0014_conditions_of_acceptance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coordinationrequest",
            name="rejected_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="rejected_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="RefusalReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("refused_at", models.DateTimeField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("not_cross_department", "Concerns one department only"),
                            ("no_basis", "No basis in law or rules"),
                            ("out_of_power", "Beyond this institution's power"),
                            ("settled", "Already settled"),
                        ],
                        max_length=24,
                    ),
                ),
                ("refusal", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("reason", models.TextField(verbose_name="why it should be looked at again")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("office_head", "Head of the coordination office"),
                            ("leader", "Leader in charge"),
                            ("chair", "Committee chair"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("overturned", "Overturned")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="reason of the outcome")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusal_review",
                        to="requests.coordinationrequest",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            ("refused_by", None),
                            models.Q(("answered_by", models.F("refused_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="who_refused_does_not_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_reviews_the_own_refusal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_review_has_its_reason",
                    ),
                ],
            },
            bases=(pages.labels.Labels, models.Model),
        ),
    ]
