"""R099: where an item got stuck, from when to when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0016_release_from_an_item"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=60, verbose_name="step of the work")),
                ("department_name", models.CharField(max_length=60)),
                ("text", models.TextField(verbose_name="what stands in the way")),
                ("since", models.DateTimeField(verbose_name="waiting since")),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("how_ended", models.TextField(blank=True, verbose_name="how it was overcome")),
                ("recorded_at", models.DateTimeField()),
                ("is_early", models.BooleanField(default=False)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.department",
                        verbose_name="department waited for",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obstacles",
                        to="requests.actionitem",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="an_obstacle_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), models.Q(("how_ended", ""), _negated=True), _connector="OR"
                        ),
                        name="an_ended_obstacle_says_how",
                    ),
                ],
            },
        ),
    ]
