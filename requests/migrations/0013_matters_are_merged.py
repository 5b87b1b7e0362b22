"""A matter is merged into its main one: announced to both applicants, then done or called off (Q11)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0012_review_after_the_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("announced_at", models.DateTimeField()),
                ("merged_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="coordinationrequest",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absorbed",
                to="requests.coordinationrequest",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="requests.coordinationrequest",
            ),
        ),
        migrations.AlterField(
            model_name="coordinationrequest",
            name="stage",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("proposal", "Proposal"),
                    ("preparation", "Preparation"),
                    ("decision", "Decision"),
                    ("execution", "Execution"),
                    ("feedback", "Feedback"),
                    ("archived", "Archive"),
                    ("returned", "Returned for completion"),
                    ("rejected", "Refused"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged"),
                ],
                default="draft",
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcoordinationrequest",
            name="stage",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("proposal", "Proposal"),
                    ("preparation", "Preparation"),
                    ("decision", "Decision"),
                    ("execution", "Execution"),
                    ("feedback", "Feedback"),
                    ("archived", "Archive"),
                    ("returned", "Returned for completion"),
                    ("rejected", "Refused"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged"),
                ],
                default="draft",
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("merged_into__isnull", False),
                        ("stage", "merged"),
                        models.Q(("ending_reason", ""), _negated=True),
                    ),
                    models.Q(models.Q(("stage", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="a_merged_matter_points_to_its_main_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="no_matter_is_its_own_main_one",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="announced_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="main",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requests.coordinationrequest",
                verbose_name="main matter",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merges",
                to="requests.coordinationrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off_at", None), ("merged_at", None)),
                fields=("matter",),
                name="one_open_announcement_of_a_merge",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter", models.F("main")), _negated=True),
                name="nothing_is_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_at", None), ("called_off_at", None), _connector="OR"),
                name="a_merge_is_done_or_called_off",
            ),
        ),
    ]
