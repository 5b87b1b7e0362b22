"""Templates that forms start from (R041), and what each form started from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0009_matters_by_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="coordinationrequest",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requests.coordinationrequest",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="copied_from",
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
        migrations.CreateModel(
            name="RequestTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("internal", "Internal affairs"),
                            ("service", "Public service"),
                            ("policy", "Joint policy"),
                            ("project", "Major project"),
                            ("safety", "Emergency, safety, environment"),
                            ("digital", "Digital collaboration"),
                        ],
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name of the template")),
                ("purpose", models.CharField(max_length=120, verbose_name="what it is for")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="title")),
                ("background", models.TextField(blank=True, verbose_name="background")),
                ("goal", models.TextField(blank=True, verbose_name="goal of the coordination")),
                ("expected_result", models.TextField(blank=True, verbose_name="expected result")),
                ("initial_scope", models.TextField(blank=True, verbose_name="initial scope")),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="usual duration"),
                ),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("internal", "Internal"),
                            ("restricted", "Restricted"),
                            ("confidential", "Confidential"),
                        ],
                        default="internal",
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "departments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="organization.department",
                        verbose_name="core departments",
                    ),
                ),
            ],
            options={
                "ordering": ["category", "order", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="coordinationrequest",
            name="template",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="requests.requesttemplate",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="template",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="requests.requesttemplate",
            ),
        ),
        migrations.AddConstraint(
            model_name="requesttemplate",
            constraint=models.UniqueConstraint(fields=("name",), name="one_template_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="requesttemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidentiality__in", ("public", "internal", "restricted"))),
                name="a_template_has_a_level_that_is_offered",
            ),
        ),
    ]
